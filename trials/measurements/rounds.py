"""Trains and serves pipelines, and measures how soon, fast and large they are."""

import contextlib
import re
import statistics
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.settings import PROJECT_DIR
from trials.circumstances import Clock
from trials.client import Client
from trials.errors import TrialError
from trials.measurements.options import CLIENTS, Options
from trials.measurements.resources import (
    bytes_of_packages,
    bytes_on_disk,
    processor_seconds,
    resident_bytes,
)
from trials.measurements.storage import fill
from trials.measurements.traffic import (
    latencies,
    load,
    read_conversations,
    turn_costs,
    turns,
)
from trials.pipelines import Pipeline, Project
from trials.processes import Command, Process, run_to_end
from trials.serving import served, stopped

Values = dict[str, list[float]]
"""What was measured of a pipeline: the value of each round, by measure."""
_WARM_UP = 60
_LONGEST_TRAINING = 15.0
_FEW = 20


def measure(
    pipelines: Sequence[Pipeline], options: Options, clock: Clock
) -> list[Values]:
    """Measure pipelines in turn: what else the machine does meets them alike.

    Raises:
        TrialError: One cannot be trained, does not start or stops answering.
    """
    every: list[Values] = [defaultdict(list) for _ in pipelines]
    for pipeline, values in zip(pipelines, every, strict=True):
        clock.say(f"{pipeline.name}: training")
        seconds = _run(pipeline, pipeline.training(), "training.log")
        _add(values, training=seconds, **_sizes(pipeline))
    for number in range(options.rounds):
        for pipeline, values in zip(pipelines, every, strict=True):
            clock.say(f"{pipeline.name}: serving, {number + 1} of {options.rounds}")
            _round(pipeline, values, options)
    for pipeline, values in zip(pipelines, every, strict=True):
        clock.say(f"{pipeline.name}: long conversations")
        with _up(pipeline) as (processes, url, _):
            said = [text for talk in read_conversations() for text in talk]
            costs = turn_costs(url, processes, said, options.talks)
            _add(values, **{f"turn{turn}": cost for turn, cost in costs.items()})
        _add(values, growth=costs[200] / costs[5])
    for pipeline, values in zip(pipelines, every, strict=True):
        if isinstance(pipeline, Project):
            clock.say(f"{pipeline.name}: {options.stored} stored conversations")
            values["stored"] = _stored(pipeline, options)
            _add(values, footprint=_footprint(pipeline))
    return every


def _add(values: Values, **measured: float) -> None:
    for name, value in measured.items():
        values[name].append(value)


def _run(pipeline: Pipeline, command: Command, log: str) -> float:
    file = pipeline.folder / log
    advice = "run the benchmark on an idle machine"
    return run_to_end(command, pipeline.folder, file, _LONGEST_TRAINING, advice)


def _sizes(pipeline: Pipeline) -> dict[str, float]:
    models = (pipeline.folder / "models").glob("*.tar.gz")
    return {
        "model": float(sum(model.stat().st_size for model in models)),
        "environment": float(_environment(pipeline)),
    }


def _environment(pipeline: Pipeline) -> int:
    """Return the bytes of what serving takes, without what tests take beside."""
    if not isinstance(pipeline, Project):
        return bytes_on_disk(pipeline.environment)
    lock = (PROJECT_DIR / "requirements.lock").read_text("utf-8")
    names = set(re.findall(r"(?m)^([\w.-]+)==", lock)) | {"nb-core-news-sm"}
    return bytes_of_packages(pipeline.environment, names)


@contextlib.contextmanager
def _up(pipeline: Pipeline) -> Iterator[tuple[list[Process], str, float]]:
    log = pipeline.folder / f"serving-{uuid.uuid4().hex}.log"
    with served(pipeline, log) as (processes, url, start):
        try:
            latencies(url, turns(read_conversations(), _WARM_UP))
            yield processes, url, start
        except TrialError as error:
            raise stopped(pipeline, error, log) from error


def _round(pipeline: Pipeline, values: Values, options: Options) -> None:
    said = read_conversations()
    with _up(pipeline) as (processes, url, start):
        times = latencies(url, turns(said, options.messages))
        cuts = statistics.quantiles(times, n=100, method="inclusive")
        _add(
            values,
            start=start,
            memory=float(sum(map(resident_bytes, processes))),
            p50=cuts[49],
            p95=cuts[94],
            p99=cuts[98],
            tail=cuts[94] / cuts[49],
        )
        for clients in CLIENTS:
            result = load(url, processes, said, options.load, clients)
            _add(
                values,
                **{f"rate{clients}": result.rate, f"cpu{clients}": result.processor},
            )


def _stored(project: Project, options: Options) -> list[float]:
    """Return, for each round, what many stored conversations make of the cost."""
    few, many = (project.folder / name for name in ("few.db", "many.db"))
    for store, copies in ((few, _FEW), (many, options.stored)):
        project.settings = {"HELSE_STORE": str(store)}
        sender = uuid.uuid4().hex
        with _up(project) as (_, url, _):
            for text in read_conversations()[0]:
                Client(url).say(sender, text)
        fill(store, sender, copies)
    ratios = []
    for _ in range(options.rounds):
        costs = []
        for store in (few, many):
            project.settings = {"HELSE_STORE": str(store)}
            with _up(project) as (processes, url, _):
                used = sum(map(processor_seconds, processes))
                latencies(url, turns(read_conversations(), options.load))
                costs.append(sum(map(processor_seconds, processes)) - used)
        ratios.append(costs[1] / costs[0])
    project.settings = {}
    return ratios


def _footprint(project: Project) -> float:
    command = Command(["-m", "trials.measurements.footprint"], {"HELSE_CONTENT": ""})
    _run(project, command, "footprint.log")
    return float((project.folder / "footprint.log").read_text("utf-8").split()[-1])
