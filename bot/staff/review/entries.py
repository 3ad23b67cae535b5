"""Finds what needs eyes: messages that got no answer, an unsure one, or a bad mark."""

import dataclasses
import datetime
import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args

import sqlalchemy as sa

from bot.intents import TOO_LONG
from bot.staff.review.sureness import unsure_below
from bot.store import ConversationStore
from bot.store.columns import NOT_OF_PEOPLE
from bot.store.staff_tables import SETTLED
from bot.store.tables import FEEDBACK, MESSAGES

Reason = Literal["not_stated", "out_of_scope", "clarify", "unsure", "disliked"]
REASONS: tuple[Reason, ...] = get_args(Reason)

_UNANSWERED = ("not_stated", "out_of_scope", "clarify")
# What is said to a greeting, or of the service itself, answers nothing.
_ANSWERS = ("answer", "not_stated", "handover")
_AT_ONCE = 500


@dataclasses.dataclass(frozen=True)
class Entry:
    """A message that needs eyes.

    Attributes:
        id: Where it stands among the events, by which it is named.
        conversation: The conversation that it stands in.
        message: Its id there.
        said_at: When it was said, in seconds since 1970.
        text: What the person wrote, masked; for a button, its title.
        kind: The kind of the reply.
        topic: The topic or gap that was told; empty where none was.
        intent: What was understood.
        language: The language of the reply.
        confidence: How surely it was understood (0-1).
        reasons: Why it needs eyes; at least one.
        led_on: It was asked back, and a button of that reply led to an answer.
        settled: It was dealt with a short while ago.
    """

    id: int
    conversation: str
    message: str
    said_at: float
    text: str
    kind: str
    topic: str
    intent: str
    language: str
    confidence: float
    reasons: tuple[Reason, ...]
    led_on: bool = False
    settled: bool = False


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Which entries are wanted.

    Attributes:
        days: Those of so many days; 0 for all.
        reason: Those that need eyes for this; empty for any.
        language: Those whose reply was in this language; empty for any.
        topic: Those to which this topic or gap was told; empty for any.
    """

    days: int = 0
    reason: Reason | Literal[""] = ""
    language: str = ""
    topic: str = ""


class Entries:
    """The entries of a store."""

    def __init__(self, store: ConversationStore, unsure: float | None = None) -> None:
        """Take the store.

        Args:
            store: Where conversations are kept.
            unsure: The confidence below which an answer needs eyes; by the
                assistant's configuration when left out.
        """
        self._engine = store.engine
        self._unsure = unsure_below() if unsure is None else unsure

    def newest(
        self,
        wanted: Wanted,
        most: int,
        before: int = 0,
        settled_since: float | None = None,
    ) -> tuple[tuple[Entry, ...], bool]:
        """Return entries, the newest first, and whether there are older ones.

        Args:
            wanted: Which.
            most: How many at most.
            before: Only those that came before this one; 0 for the newest.
            settled_since: Those that were dealt with since this moment too, which need
                eyes no more; none when left out.
        """
        query = self._selection(wanted, settled_since).limit(most + 1)
        if before:
            query = query.where(MESSAGES.c.event_id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            found = [self._entry(row) for row in rows[:most]]
            led = _led_on(connection, [e for e in found if e.kind == "clarify"])
        return (
            tuple(dataclasses.replace(e, led_on=e.id in led) for e in found),
            len(rows) > most,
        )

    def of(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        """Return those of some entries that still need eyes, the newest first."""
        with self._engine.connect() as connection:
            rows = [
                row
                for some in _parts(ids)
                for row in connection.execute(
                    self._selection(Wanted()).where(MESSAGES.c.event_id.in_(some))
                )
            ]
        found = [self._entry(row) for row in rows]
        return tuple(sorted(found, key=lambda entry: -entry.id))

    def _selection(
        self, wanted: Wanted, settled_since: float | None = None
    ) -> sa.sql.Select:
        is_open = SETTLED.c.sender_id.is_(None)
        if settled_since is not None:
            is_open = sa.or_(is_open, SETTLED.c.at >= settled_since)
        conditions = [
            sa.or_(*self._needs_eyes(wanted.reason)),
            MESSAGES.c.origin.not_in(NOT_OF_PEOPLE),
            is_open,
        ]
        if wanted.days:
            since = time.time() - datetime.timedelta(wanted.days).total_seconds()
            conditions.append(MESSAGES.c.said_at >= since)
        if wanted.language:
            conditions.append(MESSAGES.c.language == wanted.language)
        if wanted.topic:
            conditions.append(MESSAGES.c.topic == wanted.topic)
        return (
            sa.select(MESSAGES, FEEDBACK.c.rating, SETTLED.c.at.label("settled_at"))
            .select_from(
                MESSAGES.outerjoin(FEEDBACK, _same(FEEDBACK)).outerjoin(
                    SETTLED, _same(SETTLED)
                )
            )
            .where(*conditions)
            .order_by(MESSAGES.c.event_id.desc())
        )

    def _needs_eyes(
        self, reason: Reason | Literal[""]
    ) -> Iterator[sa.sql.ClauseElement]:
        """Yield the conditions of which one holds for every entry."""
        typed = sa.and_(
            MESSAGES.c.pressed.is_not(sa.true()), MESSAGES.c.intent != TOO_LONG
        )
        kinds = [kind for kind in _UNANSWERED if reason in ("", kind)]
        if kinds:
            yield sa.and_(MESSAGES.c.kind.in_(kinds), typed)
        if reason in ("", "unsure"):
            unsure = MESSAGES.c.confidence < self._unsure
            yield sa.and_(unsure, MESSAGES.c.kind.in_(_ANSWERS), typed)
        if reason in ("", "disliked"):
            yield FEEDBACK.c.rating == "down"

    def _entry(self, row: Any) -> Entry:
        return Entry(
            id=row.event_id,
            conversation=row.sender_id,
            message=row.message_id,
            said_at=row.said_at or 0.0,
            text=row.text or "",
            kind=row.kind or "",
            topic=row.topic or "",
            intent=row.intent or "",
            language=row.language or "",
            confidence=row.confidence or 0.0,
            reasons=tuple(self._reasons(row)),
            settled=row.settled_at is not None,
        )

    def _reasons(self, row: Any) -> Iterator[Reason]:
        if not row.pressed:
            for kind in REASONS:
                if kind == row.kind:
                    yield kind
            if row.kind in _ANSWERS and (row.confidence or 0) < self._unsure:
                yield "unsure"
        if row.rating == "down":
            yield "disliked"


def _same(table: sa.Table) -> sa.sql.ClauseElement:
    """Return the condition that a row of a table is about a message."""
    return sa.and_(
        table.c.sender_id == MESSAGES.c.sender_id,
        table.c.message_id == MESSAGES.c.message_id,
    )


def _led_on(
    connection: sa.engine.Connection, asked_back: Sequence[Entry]
) -> frozenset[int]:
    """Return those after which a button was pressed that led to an answer."""
    following = MESSAGES.alias()
    after = (
        sa.select(sa.func.min(following.c.event_id))
        .where(
            following.c.sender_id == MESSAGES.c.sender_id,
            following.c.event_id > MESSAGES.c.event_id,
        )
        .scalar_subquery()
    )
    found: dict[int, int] = {}
    for some in _parts([entry.id for entry in asked_back]):
        places = sa.select(MESSAGES.c.event_id, after).where(
            MESSAGES.c.event_id.in_(some)
        )
        found |= {next_one: asked for asked, next_one in connection.execute(places)}
    led: set[int] = set()
    for some in _parts([place for place in found if place]):
        answered = sa.select(MESSAGES.c.event_id).where(
            MESSAGES.c.event_id.in_(some),
            MESSAGES.c.pressed.is_(sa.true()),
            MESSAGES.c.kind == "answer",
        )
        led |= {found[place] for (place,) in connection.execute(answered)}
    return frozenset(led)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
