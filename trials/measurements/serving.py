"""Serves a trained pipeline and measures how soon, how fast and how large it is."""

import contextlib
import dataclasses
import http.client
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from trials.measurements.client import (
    Client,
    latencies,
    load,
    read_conversations,
    turns,
)
from trials.measurements.errors import BenchmarkError, last_lines
from trials.measurements.options import CLIENTS
from trials.measurements.pipelines import Pipeline
from trials.measurements.processes import (
    free_port,
    processor_seconds,
    resident_bytes,
    running,
)

_LONGEST_START = 240
_PAUSE = 0.05
_WARM_UP = 8
Processes = list["subprocess.Popen[bytes]"]


@dataclasses.dataclass(frozen=True)
class Round:
    """What was measured from one start of a served pipeline to its end.

    Attributes:
        start: Seconds from the start of its processes to the first answer.
        latencies: Seconds that each message took, sent one at a time.
        processor: Seconds of processor time that all processes used for those.
        rate: Messages answered per second with all clients at once.
        answered: Share of all messages that an action answered (0-1).
        resident: Bytes in memory of each process, after all messages.
    """

    start: float
    latencies: Sequence[float]
    processor: float
    rate: float
    answered: float
    resident: Sequence[int]


@dataclasses.dataclass(frozen=True)
class Serving:
    """Some rounds, of which the medians count."""

    rounds: Sequence[Round]

    @property
    def start(self) -> float:
        """Seconds to the first answer."""
        return statistics.median(each.start for each in self.rounds)

    @property
    def processor(self) -> float:
        """Seconds of processor time that a message takes."""
        return statistics.median(
            each.processor / len(each.latencies) for each in self.rounds
        )

    @property
    def rate(self) -> float:
        """Messages answered per second with all clients at once."""
        return statistics.median(each.rate for each in self.rounds)

    @property
    def memory(self) -> float:
        """Bytes in memory of all processes."""
        return statistics.median(sum(each.resident) for each in self.rounds)

    @property
    def answered(self) -> float:
        """Share of all messages that an action answered (0-1)."""
        return statistics.mean(each.answered for each in self.rounds)

    def latency(self, percentile: int) -> float:
        """Return a percentile of the latencies in seconds."""
        return statistics.median(
            statistics.quantiles(each.latencies, n=100, method="inclusive")[
                percentile - 1
            ]
            for each in self.rounds
        )


def measure_round(pipeline: Pipeline, messages: int, log: Path) -> Round:
    """Start a pipeline's server, send it messages and stop it.

    Args:
        pipeline: Trained already.
        messages: How many are sent one at a time, and again by all clients at once.
        log: Gets what the server prints.

    Raises:
        BenchmarkError: It does not start, or stops answering.
    """
    conversations = read_conversations()
    with served(pipeline, log) as (processes, port, start):
        try:
            latencies(port, turns(conversations, _WARM_UP))
            used = sum(map(processor_seconds, processes))
            alone, answered = latencies(port, turns(conversations, messages))
            used = sum(map(processor_seconds, processes)) - used
            together = load(port, conversations, messages, CLIENTS)
        except (OSError, http.client.HTTPException) as error:
            raise BenchmarkError(
                f"{pipeline.name} stopped answering ({error!r}); its server wrote\n"
                f"{last_lines(log)}"
            ) from error
        return Round(
            start=start,
            latencies=alone,
            processor=used,
            rate=together.rate,
            answered=(answered + together.answered) / (messages + together.sent),
            resident=[resident_bytes(process) for process in processes],
        )


@contextlib.contextmanager
def served(pipeline: Pipeline, log: Path) -> Iterator[tuple[Processes, int, float]]:
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
