"""What a run of the evaluation may be told."""

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path

from bot.settings import PROJECT_DIR
from trials.commands import a_path, whole_number

KEYWORDS = "keywords"
DEFAULT = "default"
BASELINES = (KEYWORDS, DEFAULT)
_NONE = "none"


@dataclasses.dataclass(frozen=True)
class Options:
    """What is asked, and beside what. The values here are those of `make evaluate`.

    Attributes:
        baselines: What is asked the same questions as the assistant.
        diet_epochs: Epochs that DIET trains in the baseline `default`.
        examples: Examples that this baseline learns from, by lot within each intent; 0
            takes all.
        cases: Files of questions; all of `tests/questions/` when there are none.
        reports: The folder that the report is written to.
    """

    baselines: tuple[str, ...] = BASELINES
    diet_epochs: int = 15
    examples: int = 3000
    cases: tuple[Path, ...] = ()
    reports: Path = PROJECT_DIR / "reports"


def read_options(arguments: Sequence[str] | None = None) -> Options:
    """Return what the command line says; the parser exits on what cannot be used."""
    usual = Options()
    parser = argparse.ArgumentParser(
        prog="python -m trials.questions",
        description="Asks the questions of the assistant and of baselines, "
        "judges the replies and writes reports/evaluation.md, .json and pictures.",
    )
    parser.add_argument(
        "--baselines",
        type=_baselines,
        metavar="NAMES",
        help=f"{', '.join(BASELINES)}, parted by commas, or {_NONE} "
        f"({','.join(usual.baselines)}); {DEFAULT} takes some minutes more",
    )
    parser.add_argument(
        "--diet-epochs",
        type=whole_number(1),
        metavar="N",
        help=f"epochs of DIET in the baseline {DEFAULT} ({usual.diet_epochs}; Rasa's "
        "default is 100)",
    )
    parser.add_argument(
        "--examples",
        type=whole_number(0),
        metavar="N",
        help=f"examples that the baseline {DEFAULT} learns from ({usual.examples}; 0 "
        "takes all)",
    )
    parser.add_argument(
        "--cases",
        nargs="+",
        type=a_path,
        metavar="FILE",
        help="files of questions (all of tests/questions/)",
    )
    parser.add_argument(
        "--reports", type=a_path, metavar="DIR", help="where to write (reports/)"
    )
    given = vars(parser.parse_args(arguments))
    changes = {name: value for name, value in given.items() if value is not None}
    if "cases" in changes:
        changes["cases"] = tuple(changes["cases"])
    return dataclasses.replace(usual, **changes)


def _baselines(written: str) -> tuple[str, ...]:
    names = [name.strip() for name in written.split(",")]
    if names == [_NONE]:
        return ()
    for name in names:
        if name not in BASELINES:
            raise argparse.ArgumentTypeError(
                f"'{name}' is no baseline; choose among "
                f"{', '.join(BASELINES)}, or {_NONE}"
            )
    return tuple(dict.fromkeys(names))
