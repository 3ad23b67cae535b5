"""What a run of the benchmark may be told."""

import argparse
import dataclasses
from collections.abc import Sequence

from trials.commands import whole_number

CLIENTS = 8


@dataclasses.dataclass(frozen=True)
class Options:
    """How much is measured. The numbers here are those of `make benchmark`.

    Attributes:
        diet_epochs: Epochs that DIET trains. Rasa's default is 100, which takes hours
            on the project's data with two cores.
        messages: Messages sent one at a time, and again by all clients at once.
        rounds: Times each server is started and sent these messages, in turn.
        step_minutes: A training that takes longer is stopped, and the run with it.
        quick: This run is to try the benchmark, not for its figures.
    """

    diet_epochs: int = 8
    messages: int = 200
    rounds: int = 3
    step_minutes: float = 30.0
    quick: bool = False


FULL = Options()
QUICK = Options(diet_epochs=1, messages=24, rounds=1, quick=True)


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Return what the command line says; the parser exits on what cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m trials.measurements",
        description="Measures the project's pipeline beside Rasa's default, and writes "
        "reports/benchmark.md and .png.",
    )
    parser.add_argument(
        "--quick", action="store_true", help="try it: small numbers, rough figures"
    )
    for option, what in {
        "--diet-epochs": f"epochs of DIET ({FULL.diet_epochs}; Rasa's default is 100)",
        "--messages": f"messages of a measurement ({FULL.messages})",
        "--rounds": f"times that each server is measured ({FULL.rounds})",
    }.items():
        parser.add_argument(option, type=whole_number(1), metavar="N", help=what)
    parser.add_argument(
        "--step-minutes",
        type=float,
        metavar="MINUTES",
        help=f"the longest one training may take ({FULL.step_minutes:g})",
    )
    given = vars(parser.parse_args(arguments))
    base = QUICK if given.pop("quick") else FULL
    changes = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(base, **changes)
