"""Runs the evaluation: `python -m trials.questions`, called by `make evaluate`."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.knowledge import load_knowledge
from bot.training import trained
from trials.circumstances import Clock, circumstances
from trials.commands import run
from trials.errors import TrialError
from trials.pipelines import RASAS_ENVIRONMENT, python_of
from trials.questions.costs import choices, threshold_in_force
from trials.questions.grader import FACTS_FILE, load_grader
from trials.questions.grading import ask_all, case_files, read_cases, unknown_facts
from trials.questions.intents import cross_validate
from trials.questions.options import DEFAULT, Options, read_options
from trials.questions.plot import draw_confidence, draw_costs, draw_intents, draw_kinds
from trials.questions.report import Report, as_json, page
from trials.questions.sections import Asked
from trials.questions.shares import kinds, right_turns
from trials.questions.systems import System, systems

_NAME = "evaluation"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, judge and write the report.

    Returns:
        The exit status, as of all trials.
    """
    options = read_options(arguments)

    def work() -> None:
        files = _files(options)
        with tempfile.TemporaryDirectory(prefix=f"{_NAME}-") as scratch:
            _evaluate(options, files, Path(scratch))

    return run(
        work,
        "Stopped before the end: no report was written, and no process of the "
        "evaluation is left.",
    )


def _files(options: Options) -> list[Path]:
    """Return the files of cases; what is amiss is told before anything is trained."""
    files = list(options.cases) or case_files()
    cases = [case for file in files for case in read_cases(file)]
    if not cases:
        where = ", ".join(map(str, options.cases)) or "tests/questions/"
        raise TrialError(f"there are no cases in {where}; name others by --cases")
    for case, fact in sorted(unknown_facts(cases, load_grader())):
        raise TrialError(
            f"the case {case} names the fact '{fact}', which "
            f"tests/questions/{FACTS_FILE} lacks"
        )
    if DEFAULT in options.baselines:
        python_of(RASAS_ENVIRONMENT)
    try:
        options.reports.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror
        raise TrialError(f"cannot write to {options.reports} ({why})") from error
    return files


def _evaluate(options: Options, files: Sequence[Path], scratch: Path) -> None:
    clock = Clock(sys.stderr)
    before = os.getloadavg()[2]
    base = load_knowledge()
    threshold = threshold_in_force()
    model = trained(clock.say)
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
    draw_intents(intents, options.reports / f"{_NAME}-intents.png")
    costs = options.reports / f"{_NAME}-cost.png"
    draw_costs(choices(assistant), threshold, costs)
    written = Report(asked, intents, base, where, threshold)
    report.with_suffix(".json").write_text(as_json(written), encoding="utf-8")
    report.write_text(page(written), encoding="utf-8")
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
