"""Notes which entries are dealt with, and takes that back."""

import time
from collections.abc import Sequence
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.staff.review.entries import Entry
from bot.store import ConversationStore
from bot.store.staff_tables import SETTLED

Decision = Literal["proposed", "ignored"]


def settle(
    store: ConversationStore, entries: Sequence[Entry], decision: Decision, person: str
) -> float | None:
    """Note that entries are dealt with; those that somebody else has settled stay so.

    Returns:
        The moment that is noted, by which it can be taken back; None where somebody
        else was first with all of them.
    """
    now = time.time()
    rows = [
        {
            "sender_id": entry.conversation,
            "message_id": entry.message,
            "decision": decision,
            "person": person,
            "at": now,
        }
        for entry in entries
    ]
    insert = {"postgresql": postgresql.insert}.get(
        store.engine.dialect.name, sqlite.insert
    )
    with store.engine.begin() as connection:
        connection.execute(insert(SETTLED).on_conflict_do_nothing(), rows)
        there = sa.select(SETTLED).where(*_settled(person, now, decision))
        return now if connection.execute(there).first() else None


def unsettle(
    store: ConversationStore,
    person: str,
    moment: float,
    decision: Decision = "ignored",
) -> int:
    """Take back what somebody decided at a moment.

    Returns:
        How many entries need eyes again.
    """
    theirs = SETTLED.delete().where(*_settled(person, moment, decision))
    with store.engine.begin() as connection:
        return int(connection.execute(theirs).rowcount)


def _settled(
    person: str, moment: float, decision: Decision
) -> tuple[sa.sql.ClauseElement, ...]:
    return (
        SETTLED.c.person == person,
        SETTLED.c.at == moment,
        SETTLED.c.decision == decision,
    )
