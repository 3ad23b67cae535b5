"""Serves a trained pipeline and measures how soon, how fast and how large it is."""

import contextlib
import dataclasses
import http.client
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark.client import Client, latencies, load, read_conversations, turns
from benchmark.errors import BenchmarkError, last_lines
from benchmark.options import CLIENTS, Options
from benchmark.pipelines import Pipeline
from benchmark.processes import free_port, resident_bytes, running

_LONGEST_START = 240
_PAUSE = 0.05
_WARM_UP = 8
Processes = list["subprocess.Popen[bytes]"]


@dataclasses.dataclass(frozen=True)
class Serving:
    """What was measured of a served pipeline.

    Attributes:
        starts: Seconds from the start of its processes to the first answer.
        resident: Bytes in memory of each process, after all messages.
        latencies: Seconds that each message took, sent one at a time.
        rate: Messages answered per second with all clients at once.
        answered: Share of all messages that an action answered (0-1).
    """

    starts: Sequence[float]
    resident: Sequence[int]
    latencies: Sequence[float]
    rate: float
    answered: float

    @property
    def start(self) -> float:
        """The median start in seconds."""
        return statistics.median(self.starts)

    def latency(self, percentile: int) -> float:
        """Return a percentile of the latencies in seconds."""
        cuts = statistics.quantiles(self.latencies, n=100, method="inclusive")
        return cuts[percentile - 1]


def measure_serving(pipeline: Pipeline, options: Options, log: Path) -> Serving:
    """Start a pipeline's server some times, and use the last one.

    Raises:
        BenchmarkError: It does not start, or does not answer.
    """
    conversations = read_conversations()
    starts = []
    for _ in range(options.starts - 1):
        with _served(pipeline, log) as (_, _, seconds):
            starts.append(seconds)
    with _served(pipeline, log) as (processes, port, seconds):
        starts.append(seconds)
        try:
            latencies(port, turns(conversations, _WARM_UP))
            alone, answered = latencies(port, turns(conversations, options.messages))
            together = load(port, conversations, options.messages, CLIENTS)
        except (OSError, http.client.HTTPException) as error:
            raise BenchmarkError(
                f"{pipeline.name} stopped answering ({error!r}); its server wrote\n"
                f"{last_lines(log)}"
            ) from error
        resident = [resident_bytes(process) for process in processes]
    return Serving(
        starts=starts,
        resident=resident,
        latencies=alone,
        rate=together.rate,
        answered=(answered + together.answered) / (len(alone) + together.sent),
    )


@contextlib.contextmanager
def _served(pipeline: Pipeline, log: Path) -> Iterator[tuple[Processes, int, float]]:
    """Serve a pipeline; yield its processes, its port and the seconds to an answer."""
    port, actions_port = free_port(), free_port()
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                running(command.arguments, pipeline.folder, command.environment, log)
            )
            for command in pipeline.serving(port, actions_port)
        ]
        _await_answer(processes, port, log)
        yield processes, port, time.monotonic() - began


def _await_answer(processes: Processes, port: int, log: Path) -> None:
    question = read_conversations()[0][0]
    deadline = time.monotonic() + _LONGEST_START
    tries = 0
    with Client(port) as client:
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in processes):
                break
            tries += 1
            with contextlib.suppress(OSError, http.client.HTTPException):
                if client.ask((f"first-{tries}", question)):
                    return
            time.sleep(_PAUSE)
    raise BenchmarkError(f"a server did not start; it wrote\n{last_lines(log)}")
