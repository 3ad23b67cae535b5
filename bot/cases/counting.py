"""Counts cases: how many, why, of what, how they ended, and how long people waited."""

import dataclasses
from collections import Counter

import sqlalchemy as sa

from bot.store.case_tables import CASES


@dataclasses.dataclass(frozen=True)
class CaseFigures:
    """The cases that were opened in a time; hidden from nobody yet.

    Attributes:
        opened: How many there are.
        live: How many of them somebody of the staff has taken in the chat.
        messages: How many are, or were in the end, messages.
        by_reason: How many for each reason.
        by_topic: How many for each topic or gap that was told last; "" for none.
        by_language: How many in each language.
        closed_by: How many the person, the staff or time have closed.
        waited: Seconds in which each that was taken in the chat waited, the shortest
            first.
    """

    opened: int
    live: int
    messages: int
    by_reason: Counter[str]
    by_topic: Counter[str]
    by_language: Counter[str]
    closed_by: Counter[str]
    waited: tuple[float, ...]


def counted(engine: sa.engine.Engine, since: float, until: float) -> CaseFigures:
    """Count the cases that were opened in a time."""
    columns = sa.select(
        *(CASES.c.state, CASES.c.reason, CASES.c.topic, CASES.c.language),
        *(CASES.c.waiting_since, CASES.c.taken_at, CASES.c.closed_by),
    )
    in_time = (CASES.c.opened_at >= since, CASES.c.opened_at < until)
    with engine.connect() as connection:
        rows = connection.execute(columns.where(*in_time)).all()
    live = [it for it in rows if it.taken_at is not None and it.waiting_since]
    return CaseFigures(
        opened=len(rows),
        live=len(live),
        # What waits has its place in the queue, and keeps it when it is taken.
        messages=sum(it.waiting_since is None for it in rows),
        by_reason=Counter(it.reason for it in rows),
        by_topic=Counter(it.topic or "" for it in rows),
        by_language=Counter(it.language for it in rows),
        closed_by=Counter(it.closed_by for it in rows if it.closed_by),
        waited=tuple(sorted(max(0.0, it.taken_at - it.waiting_since) for it in live)),
    )
