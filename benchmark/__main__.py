"""Runs the benchmark: `python -m benchmark`, called by `make benchmark`."""

import dataclasses
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psutil  # type: ignore[import-untyped]  # no stubs

from benchmark.accuracy import fold_accuracy
from benchmark.figures import Figures, Training, rows
from benchmark.options import Options, read_options
from benchmark.pipelines import (
    DIET,
    Pipeline,
    Project,
    RasaDefault,
    seconds_of_component,
)
from benchmark.plot import draw
from benchmark.processes import run_to_end
from benchmark.report import Circumstances, page, text_table
from benchmark.serving import Round, Serving, measure_round
from bot.errors import BotError
from bot.quiet import silence_third_parties
from bot.settings import PROJECT_DIR

REPORT = PROJECT_DIR / "reports" / "benchmark.md"
PLOT = REPORT.with_suffix(".png")
_GIGABYTE = 1024**3


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


class _Clock:
    """Tells what is being done, and how far into the run."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def minutes(self) -> float:
        """Since the run began."""
        return (time.monotonic() - self._began) / 60

    def say(self, line: str) -> None:
        whole = int(self.minutes * 60)
        print(f"[{whole // 60:02}:{whole % 60:02}] {line}", flush=True)


def _benchmark(options: Options, scratch: Path) -> None:
    clock = _Clock()
    before = os.getloadavg()[2]
    clock.say(f"Begins: {_describe(options)}")
    pipelines = Project(scratch), RasaDefault(scratch, options.diet_epochs)
    project, default = _measure(pipelines, options, clock)
    table = rows(project, default, options)
    where = Circumstances(
        date=date.today().isoformat(),
        machine=_machine(),
        versions=_versions(),
        load=(before, os.getloadavg()[2]),
        minutes=clock.minutes,
    )
    draw(table, PLOT)
    REPORT.write_text(page(table, project, default, options, where), encoding="utf-8")
    print(f"\n{text_table(table)}\n")
    clock.say(f"Wrote {REPORT.relative_to(PROJECT_DIR)} and {PLOT.name}.")


def _measure(
    pipelines: Sequence[Pipeline], options: Options, clock: _Clock
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


def _train(pipeline: Pipeline, options: Options, clock: _Clock) -> Training:
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


def _machine() -> str:
    memory = psutil.virtual_memory().total / _GIGABYTE
    return f"{os.cpu_count()} processors, {memory:.0f} GB memory, {platform.system()}"


def _versions() -> str:
    packages = ("rasa", "tensorflow", "spacy")
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"Python {platform.python_version()}, {named}"


if __name__ == "__main__":
    sys.exit(main())
