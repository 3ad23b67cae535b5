"""Runs the benchmark: `python -m trials.measurements`, called by `make benchmark`."""

import dataclasses
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from bot.errors import BotError
from bot.quiet import silence_third_parties
from bot.settings import PROJECT_DIR
from trials.circumstances import Clock, circumstances
from trials.measurements.accuracy import fold_accuracy
from trials.measurements.figures import Figures, Training, rows
from trials.measurements.options import Options, read_options
from trials.measurements.pipelines import (
    DIET,
    Pipeline,
    Project,
    RasaDefault,
    seconds_of_component,
)
from trials.measurements.plot import draw
from trials.measurements.processes import run_to_end
from trials.measurements.report import page, text_table
from trials.measurements.serving import Round, Serving, measure_round

REPORT = PROJECT_DIR / "reports" / "benchmark.md"
PLOT = REPORT.with_suffix(".png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the report.

    Returns:
        The exit status: 0 done, 1 a fault that the message explains.
    """
    options = read_options(arguments)
    # A polite end of this process, too, ends what it has started.
    signal.signal(signal.SIGTERM, _end)
    os.chdir(PROJECT_DIR)
    silence_third_parties()
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            _benchmark(options, Path(scratch))
    except BotError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped before the end: no report was written.", file=sys.stderr)
        return 130
    return 0


def _end(*_: int | FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


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
    print(f"\n{text_table(table)}\n")
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
    accuracies: list[list[float]] = [[] for _ in pipelines]
    wanted = options.folds, options.default_folds
    for fold in range(options.folds):
        for pipeline, found, folds in zip(pipelines, accuracies, wanted, strict=True):
            if fold < folds:
                clock.say(f"{pipeline.name}: fold {fold + 1} of {options.folds}")
                log = pipeline.folder / f"fold-{fold}.log"
                found.append(fold_accuracy(pipeline, fold, options, log))
    return [
        Figures(training, Serving(measured), found)
        for training, measured, found in zip(trainings, rounds, accuracies, strict=True)
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
    )
    clock.say(f"{pipeline.name}: trained in {seconds:.0f} s")
    written = log.read_text(encoding="utf-8", errors="replace")
    return Training(seconds, seconds_of_component(written, DIET))


def _describe(options: Options) -> str:
    changed = dataclasses.asdict(options)
    return ", ".join(f"{name.replace('_', ' ')} {it}" for name, it in changed.items())


if __name__ == "__main__":
    sys.exit(main())
