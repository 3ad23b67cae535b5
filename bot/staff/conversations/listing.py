"""Lists conversations, the latest first, with what there is to know of each."""

import dataclasses
import datetime
import time
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.store import ConversationStore
from bot.store.columns import NOT_OF_PEOPLE
from bot.store.staff_tables import MARKS
from bot.store.tables import FEEDBACK, MESSAGES

PAGE = 50
"""Conversations of one page."""
# So many messages are looked through in a moment.
_FEW = 2_000
_OF_REPLIES = ("kind", "language")


@dataclasses.dataclass(frozen=True)
class Looked:
    """Which conversations are looked for; what is empty or false does not matter.

    Attributes:
        id: The one with this id.
        days: Those in which something was said in so many days.
        kind: Those with a reply of this kind.
        language: Those with a reply in this language.
        disliked: Those with a thumb down.
        marked: Those that are marked.
        tests: Those of tests and of the staff, in place of all others.
    """

    id: str = ""
    days: int = 0
    kind: str = ""
    language: str = ""
    disliked: bool = False
    marked: bool = False
    tests: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """A conversation in the list.

    Attributes:
        id: Its id.
        place: Where its last message stands, to go on from.
        last_at: When that was said, in seconds since 1970.
        messages: How many messages it has.
        languages: The languages of its replies.
        kinds: The kinds of its replies, each with how many there are.
        disliked: How many thumbs down it got.
        marks: How many marks it has.
        origin: The channel of its last message.
    """

    id: str
    place: int
    last_at: float
    messages: int
    languages: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    disliked: int
    marks: int
    origin: str


def list_conversations(
    store: ConversationStore, looked: Looked, before: int = 0, most: int = PAGE
) -> tuple[tuple[Row, ...], bool]:
    """Return a page of conversations, the latest first, and whether there are more.

    Args:
        store: Where they are kept.
        looked: Which.
        before: Only those whose last message stands before this place; 0 for all.
        most: How many at most.
    """
    with store.engine.connect() as connection:
        rare = {it for it in _OF_REPLIES if _is_rare(connection, looked, it)}
        query = _selection(looked, rare).limit(most + 1)
        if before:
            query = query.where(MESSAGES.c.event_id < before)
        latest = connection.execute(query).all()
        return tuple(_rows(connection, latest[:most])), len(latest) > most


def _is_rare(connection: sa.engine.Connection, looked: Looked, name: str) -> bool:
    """Tell whether so few replies are as looked for that all can be gone through."""
    such = MESSAGES.c[name] == getattr(looked, name)
    some = sa.select(MESSAGES.c.event_id).where(such).limit(_FEW)
    counted = sa.select(sa.func.count()).select_from(some.subquery())
    return bool(connection.execute(counted).scalar() < _FEW)


def _selection(looked: Looked, rare: Collection[str]) -> sa.sql.Select:
    """Return the selection of the last message of each conversation."""
    later = MESSAGES.alias()
    goes_on = sa.exists().where(
        later.c.sender_id == MESSAGES.c.sender_id,
        later.c.event_id > MESSAGES.c.event_id,
    )
    sender = MESSAGES.c.sender_id
    hidden = MESSAGES.c.origin.in_(NOT_OF_PEOPLE)
    conditions = [~goes_on, hidden if looked.tests else ~hidden]
    if looked.id:
        conditions.append(sender == looked.id)
    if looked.days:
        since = time.time() - datetime.timedelta(looked.days).total_seconds()
        conditions.append(MESSAGES.c.said_at >= since)
    some = MESSAGES.alias()
    for name in _OF_REPLIES:
        value = getattr(looked, name)
        if value and name in rare:
            such = sa.select(some.c.sender_id).where(some.c[name] == value)
            conditions.append(sender.in_(such))
        elif value:
            # By no index of all such: a conversation has few messages to look at.
            is_such = sa.func.coalesce(some.c[name], "") == value
            conditions.append(sa.exists().where(some.c.sender_id == sender, is_such))
    if looked.disliked:
        down = sa.select(FEEDBACK.c.sender_id).where(FEEDBACK.c.rating == "down")
        conditions.append(sender.in_(down))
    if looked.marked:
        conditions.append(sender.in_(sa.select(MARKS.c.sender_id)))
    return (
        sa.select(sender, MESSAGES.c.event_id, MESSAGES.c.said_at, MESSAGES.c.origin)
        .where(*conditions)
        .order_by(MESSAGES.c.event_id.desc())
    )


def _rows(connection: sa.engine.Connection, latest: Sequence[Any]) -> list[Row]:
    ids = [row.sender_id for row in latest]
    kinds = _counted(connection, MESSAGES, MESSAGES.c.kind, ids)
    languages = _counted(connection, MESSAGES, MESSAGES.c.language, ids)
    ratings = _counted(connection, FEEDBACK, FEEDBACK.c.rating, ids)
    marks = _counted(connection, MARKS, MARKS.c.given_to, ids)
    return [
        Row(
            id=row.sender_id,
            place=row.event_id,
            last_at=row.said_at or 0.0,
            messages=sum(kinds[row.sender_id].values()),
            languages=tuple(sorted(filter(None, languages[row.sender_id]))),
            kinds=tuple(
                sorted((it, n) for it, n in kinds[row.sender_id].items() if it)
            ),
            disliked=ratings[row.sender_id].get("down", 0),
            marks=sum(marks[row.sender_id].values()),
            origin=row.origin or "",
        )
        for row in latest
    ]


def _counted(
    connection: sa.engine.Connection, table: sa.Table, by: sa.Column, ids: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return, for each conversation, how many rows of a table have each value."""
    counted: dict[str, dict[str, int]] = {sender: {} for sender in ids}
    query = (
        sa.select(table.c.sender_id, by, sa.func.count())
        .where(table.c.sender_id.in_(ids))
        .group_by(table.c.sender_id, by)
    )
    for sender, value, number in connection.execute(query):
        counted[sender][value] = number
    return counted
