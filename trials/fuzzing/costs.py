"""How much longer odd messages take than ordinary ones, on a busy machine too."""

from __future__ import annotations

import gc
import itertools
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from trials.fuzzing.in_process import InProcess
from trials.fuzzing.messages import Odd

# Odd messages between two looks at what ordinary ones take, and ordinary ones for each.
_BETWEEN = 5
_ORDINARY = 11
# The dearest are measured again, as often, after other messages have been read.
_AGAIN = 6
_TIMES = 4
_READ_BETWEEN = 25


class Cost(NamedTuple):
    """What a message costs.

    Attributes:
        times: How many times as long it takes as an ordinary message.
        milliseconds: The processor time that it takes.
        message: The message.
    """

    times: float
    milliseconds: float
    message: Odd


def dearest(
    assistant: InProcess, messages: Sequence[Odd], ordinary: Sequence[str]
) -> list[Cost]:
    """Return the costliest of some messages, the dearest first.

    Each is held against the median of ordinary messages that are answered just before,
    as what else the machine does slows both; the median of several tries counts.

    Args:
        assistant: Who answers.
        messages: The messages.
        ordinary: What people write.
    """
    texts = itertools.cycle(ordinary)
    with _without_collection():
        _usual(assistant, texts, len(ordinary))
        costs = []
        for number, message in enumerate(messages):
            if number % _BETWEEN == 0:
                usual = _usual(assistant, texts, _ORDINARY)
            costs.append(_cost(assistant, message, usual))
        costs = sorted(costs, reverse=True)[:_AGAIN]
        tries = [
            sorted((cost, *(_anew(assistant, cost, texts) for _ in range(_TIMES))))
            for cost in costs
        ]
    return sorted((each[_TIMES // 2] for each in tries), reverse=True)


def _anew(assistant: InProcess, cost: Cost, texts: Iterator[str]) -> Cost:
    """Return what a message costs once what was read of it is forgotten."""
    assistant.forget()
    _usual(assistant, texts, _READ_BETWEEN)
    return _cost(assistant, cost.message, _usual(assistant, texts, _ORDINARY))


def _cost(assistant: InProcess, message: Odd, usual: float) -> Cost:
    seconds = assistant.cost(message.text)
    return Cost(seconds / usual, 1000 * seconds, message)


def _usual(assistant: InProcess, texts: Iterator[str], count: int) -> float:
    """Return the median of what so many ordinary messages take, in seconds."""
    return statistics.median(
        assistant.cost(text) for text in itertools.islice(texts, count)
    )


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the collection of garbage from falling on one message or another."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
