"""Runs the evaluation: `python -m trials.questions`, called by `make evaluate`."""

import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from bot.errors import BotError
from bot.knowledge import load_knowledge
from bot.quiet import silence_third_parties
from bot.settings import PROJECT_DIR
from bot.training import train
from trials.circumstances import Clock, circumstances
from trials.questions.costs import choices, threshold_in_force
from trials.questions.errors import EvaluationError
from trials.questions.figures import kinds, right_turns
from trials.questions.grader import FACTS_FILE, load_grader
from trials.questions.grading import ask_all, case_files, read_cases, unknown_facts
from trials.questions.intents import cross_validate, topic_folders
from trials.questions.options import Options, read_options
from trials.questions.plot import draw_confidence, draw_costs, draw_intents, draw_kinds
from trials.questions.report import as_json, page
from trials.questions.sections import Asked
from trials.questions.systems import System, systems

_NAME = "evaluation"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, judge and write the report.

    Returns:
        The exit status: 0 done, 1 a fault that the message explains or a run that was
        stopped.
    """
    # A polite end of this process, too, ends what it has started.
    signal.signal(signal.SIGTERM, _end)
    try:
        options = read_options(arguments)
        os.chdir(PROJECT_DIR)
        files = _files(options)
        silence_third_parties()
        with tempfile.TemporaryDirectory(prefix=f"{_NAME}-") as scratch:
            _evaluate(options, files, Path(scratch))
    except BotError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "Stopped before the end: no report was written, and no process of the "
            "evaluation is left.",
            file=sys.stderr,
        )
        return 1
    return 0


def _end(*_: int | FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _files(options: Options) -> list[Path]:
    """Return the files of cases; what is amiss is told before anything is trained."""
    files = list(options.cases) or case_files()
    cases = [case for file in files for case in read_cases(file)]
    if not cases:
        where = ", ".join(map(str, options.cases)) or "tests/questions/"
        raise EvaluationError(f"there are no cases in {where}; name others by --cases")
    for case, fact in sorted(unknown_facts(cases, load_grader())):
        raise EvaluationError(
            f"the case {case} names the fact '{fact}', which "
            f"tests/questions/{FACTS_FILE} lacks"
        )
    try:
        options.reports.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror
        raise EvaluationError(f"cannot write to {options.reports} ({why})") from error
    return files


def _evaluate(options: Options, files: Sequence[Path], scratch: Path) -> None:
    clock = Clock(sys.stderr)
    before = os.getloadavg()[2]
    base = load_knowledge()
    threshold = threshold_in_force()
    model = train(clock.say)
    asked = [
        _ask(system, files, clock) for system in systems(model, options, scratch, clock)
    ]
    clock.say("Cross-validating the intents")
    intents = cross_validate()
    where = circumstances(before, clock)
    report = options.reports / f"{_NAME}.md"
    assistant = asked[0].verdicts
    draw_kinds(kinds(assistant), options.reports / f"{_NAME}-kinds.png")
    draw_confidence(assistant, options.reports / f"{_NAME}-confidence.png")
    folders = topic_folders()
    draw_intents(intents, folders, options.reports / f"{_NAME}-intents.png")
    costs = options.reports / f"{_NAME}-cost.png"
    draw_costs(choices(assistant), threshold, costs)
    written = (asked, intents, base, where, threshold)
    report.with_suffix(".json").write_text(as_json(*written), encoding="utf-8")
    report.write_text(page(*written), encoding="utf-8")
    clock.say(f"Wrote {report}, its pictures and {_NAME}.json.")


def _ask(system: System, files: Sequence[Path], clock: Clock) -> Asked:
    clock.say(f"{system.name}: starting")
    with system.start() as say:
        verdicts = []
        for file in files:
            verdicts += ask_all(say, [file])
            clock.say(f"{system.name}: asked {file.stem}")
    clock.say(f"{system.name}: {right_turns(verdicts)} turns right")
    return Asked(system.key, system.name, system.note, verdicts)


if __name__ == "__main__":
    sys.exit(main())
