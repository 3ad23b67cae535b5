"""The figures of cases in a time: how many, how they ended, and how long people waited.

What is too small is hidden, as in the other figures.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

import sqlalchemy as sa

from bot.cases import REASONS, counted
from bot.languages import LANGUAGES
from bot.staff.figures.hiding import LEAST, cells, is_small
from bot.staff.figures.quantiles import median, quantile

WAYS = ("live", "message", "neither")
"""How a case went on: in the chat, as a message, or not at all, yet or ever."""
CLOSERS = ("citizen", "staff", "time", "nobody")
"""Who has closed a case; nobody, where it is open."""
_P90 = 0.9

Number: TypeAlias = int | None
"""A number, or None where it is hidden."""


@dataclasses.dataclass(frozen=True)
class CaseNumbers:
    """The figures of cases. A number that is hidden is None.

    Attributes:
        opened: How many were opened.
        median_wait: Seconds until the one in the middle was taken in the chat.
        p90_wait: Seconds until 90 of 100 were, at most.
        ways: How many went on in which way.
        closed_by: How many were closed by whom.
        reasons: How many were opened for which reason.
        languages: How many are in which language.
        about: How many are about which topic or gap; "" for none.
    """

    opened: Number
    median_wait: float | None
    p90_wait: float | None
    ways: dict[str, Number]
    closed_by: dict[str, Number]
    reasons: dict[str, Number]
    languages: dict[str, Number]
    about: dict[str, Number]


def case_numbers(engine: sa.engine.Engine, since: float, until: float) -> CaseNumbers:
    """Return the figures of the cases that were opened in a time."""
    counts = counted(engine, since, until)
    # Where there are so few, all numbers would be about those few.
    hides = is_small(counts.opened)

    def table(*names: str, numbers: Mapping[str, int]) -> dict[str, Number]:
        all_of_it = {**dict.fromkeys(names, 0), **numbers}
        return dict.fromkeys(all_of_it) if hides else cells(all_of_it)

    closed = sum(counts.closed_by.values())
    ended = counts.opened - counts.live - counts.messages
    ways = {"live": counts.live, "message": counts.messages, "neither": ended}
    waits = Counter(round(it) for it in counts.waited)
    tells_waits = not hides and len(counts.waited) >= LEAST
    return CaseNumbers(
        opened=None if hides else counts.opened,
        median_wait=median(waits) if tells_waits else None,
        p90_wait=quantile(waits, _P90) if tells_waits else None,
        ways=table(*WAYS, numbers=ways),
        closed_by=table(
            *CLOSERS,
            numbers={**counts.closed_by, "nobody": counts.opened - closed},
        ),
        reasons=table(*REASONS, numbers=counts.by_reason),
        languages=table(*LANGUAGES, numbers=counts.by_language),
        about={} if hides else cells(counts.by_topic),
    )
