"""What a run of the benchmark may be told."""

import argparse
import dataclasses
from collections.abc import Sequence

from trials.commands import whole_number

CLIENTS = (1, 8, 32)
"""How many clients ask at once."""


@dataclasses.dataclass(frozen=True)
class Options:
    """How much is measured. The numbers here are those of `make benchmark`.

    Attributes:
        rounds: Times each server is started and sent messages, in turn.
        messages: Messages sent one at a time in each round, before memory is measured.
        load: Messages sent by all clients together, for each number of clients.
        talks: Conversations of 200 turns, held at once.
        stored: Conversations that are stored for the last measurement.
        examples: Examples that Rasa's default learns from, by lot in each intent.
        quick: This run is to try the benchmark, not for its figures.
        compare: Hold the figures to the committed ones and write no report.
    """

    rounds: int = 3
    messages: int = 1000
    load: int = 400
    talks: int = 4
    stored: int = 20_000
    examples: int = 1500
    quick: bool = False
    compare: bool = False


FULL = Options()
QUICK = Options(
    rounds=1, messages=200, load=96, talks=1, stored=2000, examples=600, quick=True
)


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Return what the command line says; the parser exits on what cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m trials.measurements",
        description="Measures the project beside Rasa's floor and Rasa's default, and "
        "writes reports/benchmark.md, .json and .png.",
    )
    parser.add_argument(
        "--quick", action="store_true", help="try it: small numbers, rough figures"
    )
    parser.add_argument(
        "--compare",
        action="store_true",
        help="tell what got worse since the committed figures, and write nothing",
    )
    for name, what in {
        "rounds": "times that each server is measured",
        "messages": "messages sent one at a time in each round",
    }.items():
        parser.add_argument(
            f"--{name}",
            type=whole_number(1),
            metavar="N",
            help=f"{what} ({getattr(FULL, name)})",
        )
    given = vars(parser.parse_args(arguments))
    base = QUICK if given.pop("quick") else FULL
    changes = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(base, **changes)
