"""Notes which entries are dealt with, and takes that back."""

import time
from collections.abc import Sequence
from typing import Literal

import sqlalchemy as sa

from bot.staff.entries import Entry
from bot.store import ConversationStore
from bot.store.staff_tables import SETTLED

Decision = Literal["proposed", "ignored"]


def settle(
    store: ConversationStore, entries: Sequence[Entry], decision: Decision, person: str
) -> float:
    """Note that entries are dealt with; those that somebody else has settled stay so.

    Returns:
        The moment that is noted, by which it can be taken back.
    """
    now = time.time()
    with store.engine.begin() as connection:
        for entry in entries:
            its = {"sender_id": entry.conversation, "message_id": entry.message}
            there = sa.select(SETTLED).filter_by(**its)
            if connection.execute(there).first() is None:
                row = {**its, "decision": decision, "person": person, "at": now}
                connection.execute(SETTLED.insert(), row)
    return now


def unsettle(store: ConversationStore, person: str, moment: float) -> int:
    """Take back what somebody ignored at a moment.

    Returns:
        How many entries need eyes again.
    """
    theirs = (
        SETTLED.c.person == person,
        SETTLED.c.at == moment,
        SETTLED.c.decision == "ignored",
    )
    with store.engine.begin() as connection:
        return int(connection.execute(SETTLED.delete().where(*theirs)).rowcount)
