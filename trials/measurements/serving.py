"""Serves a trained pipeline and measures how soon, how fast and how large it is."""

import dataclasses
import statistics
from collections.abc import Sequence
from pathlib import Path

from trials.errors import TrialError
from trials.measurements.options import CLIENTS
from trials.measurements.resources import processor_seconds, resident_bytes
from trials.measurements.traffic import latencies, load, read_conversations, turns
from trials.pipelines import Pipeline, served, stopped

_WARM_UP = 8


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
        TrialError: It does not start, or stops answering.
    """
    conversations = read_conversations()
    with served(pipeline, log) as (processes, url, start):
        try:
            latencies(url, turns(conversations, _WARM_UP))
            used = sum(map(processor_seconds, processes))
            alone, answered = latencies(url, turns(conversations, messages))
            used = sum(map(processor_seconds, processes)) - used
            together = load(url, conversations, messages, CLIENTS)
        except TrialError as error:
            raise stopped(pipeline, error, log) from error
        return Round(
            start=start,
            latencies=alone,
            processor=used,
            rate=together.rate,
            answered=(answered + together.answered) / (messages + together.sent),
            resident=[resident_bytes(process) for process in processes],
        )
