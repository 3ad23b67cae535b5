"""Marks conversations, gives them to somebody, and tells who may open which."""

import dataclasses
import time
from typing import Any

import sqlalchemy as sa

from bot.privacy import masked
from bot.store import ConversationStore
from bot.store.staff_tables import MARKS

LONGEST_NOTE = 1_000
"""Characters of a note."""


@dataclasses.dataclass(frozen=True)
class Mark:
    """A note on a conversation.

    Attributes:
        id: Its number.
        conversation: The conversation.
        note: What is noted.
        given_to: Id of the person who is to look at it; empty for nobody.
        person: Id of the person who marked it.
        at: When, in seconds since 1970.
        done_at: When it was done; None while it is not.
    """

    id: int
    conversation: str
    note: str
    given_to: str
    person: str
    at: float
    done_at: float | None


def mark(
    store: ConversationStore, conversation: str, note: str, person: str, given_to: str
) -> None:
    """Mark a conversation.

    Args:
        store: Where it is kept.
        conversation: The conversation.
        note: Why; numbers and addresses of people are left out.
        person: Id of who marks it.
        given_to: Id of who is to look at it; empty for nobody.
    """
    row = {
        "sender_id": conversation,
        "note": masked(note)[:LONGEST_NOTE],
        "person": person,
        "given_to": given_to,
        "at": time.time(),
    }
    with store.engine.begin() as connection:
        connection.execute(MARKS.insert(), row)


def marks_of(store: ConversationStore, conversation: str) -> tuple[Mark, ...]:
    """Return the marks of a conversation, the oldest first."""
    return _read(store, MARKS.c.sender_id == conversation)


def given_to(store: ConversationStore, person: str) -> tuple[Mark, ...]:
    """Return what was given to somebody: what is not done first, the oldest first."""
    marks = _read(store, MARKS.c.given_to == person)
    return tuple(sorted(marks, key=lambda it: it.done_at is not None))


def is_given(store: ConversationStore, person: str, conversation: str) -> bool:
    """Tell whether a conversation was given to somebody."""
    return any(it.conversation == conversation for it in given_to(store, person))


def set_done(store: ConversationStore, person: str, number: int, done: bool) -> bool:
    """Note that a mark that was given to somebody is done, or is not after all.

    Returns:
        Whether that person was given one of this number.
    """
    theirs = MARKS.update().where(MARKS.c.id == number, MARKS.c.given_to == person)
    with store.engine.begin() as connection:
        changed = connection.execute(
            theirs.values(done_at=time.time() if done else None)
        )
        return bool(changed.rowcount)


def _read(store: ConversationStore, which: Any) -> tuple[Mark, ...]:
    found = sa.select(MARKS).where(which).order_by(MARKS.c.id)
    with store.engine.connect() as connection:
        return tuple(
            Mark(
                id=row.id,
                conversation=row.sender_id,
                note=row.note,
                given_to=row.given_to,
                person=row.person,
                at=row.at,
                done_at=row.done_at,
            )
            for row in connection.execute(found)
        )
