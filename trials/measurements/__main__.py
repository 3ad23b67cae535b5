"""Runs the benchmark: `python -m trials.measurements`, called by `make benchmark`."""

import dataclasses
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.settings import PROJECT_DIR
from trials.circumstances import Clock, circumstances
from trials.commands import run
from trials.measurements.figures import Figures, Training, rows
from trials.measurements.options import Options, read_options
from trials.measurements.plot import draw
from trials.measurements.report import markdown_table, page
from trials.measurements.serving import Round, Serving, measure_round
from trials.pipelines import (
    DIET,
    Pipeline,
    Project,
    RasaDefault,
    seconds_of_component,
)
from trials.processes import run_to_end

REPORT = PROJECT_DIR / "reports" / "benchmark.md"
PLOT = REPORT.with_suffix(".png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the report.

    Returns:
        The exit status, as of all trials.
    """
    options = read_options(arguments)

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            _benchmark(options, Path(scratch))

    return run(work, "Stopped before the end: no report was written.")


def _benchmark(options: Options, scratch: Path) -> None:
    clock = Clock(sys.stdout)
    before = os.getloadavg()[2]
    clock.say(f"Begins: {_describe(options)}")
    pipelines = Project(scratch), RasaDefault(scratch, options.diet_epochs)
    project, default = _measure(pipelines, options, clock)
    table = rows(project, default, options)
    where = circumstances(before, clock)
    draw(table, PLOT)
    REPORT.write_text(page(table, project, default, options, where), encoding="utf-8")
    print(f"\n{markdown_table(table)}\n")
    clock.say(f"Wrote {REPORT.relative_to(PROJECT_DIR)} and {PLOT.name}.")


def _measure(
    pipelines: Sequence[Pipeline], options: Options, clock: Clock
) -> list[Figures]:
    """Measure pipelines in turn: what else the machine does meets them alike."""
    trainings = [_train(pipeline, options, clock) for pipeline in pipelines]
    rounds: list[list[Round]] = [[] for _ in pipelines]
    for number in range(options.rounds):
        for pipeline, measured in zip(pipelines, rounds, strict=True):
            clock.say(f"{pipeline.name}: serving, {number + 1} of {options.rounds}")
            log = pipeline.folder / f"serving-{number}.log"
            measured.append(measure_round(pipeline, options.messages, log))
    return [
        Figures(training, Serving(measured))
        for training, measured in zip(trainings, rounds, strict=True)
    ]


def _train(pipeline: Pipeline, options: Options, clock: Clock) -> Training:
    clock.say(f"{pipeline.name}: training")
    log = pipeline.folder / "training.log"
    command = pipeline.training()
    seconds = run_to_end(
        command.arguments,
        pipeline.folder,
        command.environment,
        log,
        options.step_minutes,
        advice="measure less (--diet-epochs) or allow more (--step-minutes)",
    )
    clock.say(f"{pipeline.name}: trained in {seconds:.0f} s")
    written = log.read_text(encoding="utf-8", errors="replace")
    return Training(seconds, seconds_of_component(written, DIET))


def _describe(options: Options) -> str:
    changed = dataclasses.asdict(options)
    return ", ".join(f"{name.replace('_', ' ')} {it}" for name, it in changed.items())


if __name__ == "__main__":
    sys.exit(main())
