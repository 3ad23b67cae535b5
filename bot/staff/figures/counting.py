"""Counts messages and conversations in the database, by columns alone."""

import dataclasses
from collections import Counter
from typing import NamedTuple

import sqlalchemy as sa

from bot.answering.reply import RELAYED
from bot.store import ConversationStore
from bot.store.columns import NOT_OF_PEOPLE
from bot.store.tables import FEEDBACK, MESSAGES

HOUR = 60 * 60
DEMO = "demo"
"""Where made-up messages come from."""
PER_SECOND = 1000
"""Replies are timed to the thousandth of a second."""


class What(NamedTuple):
    """What was said and replied, as far as it is counted together."""

    kind: str
    topic: str | None
    intent: str | None
    pressed: bool
    language: str | None


@dataclasses.dataclass(frozen=True)
class Counts:
    """What is counted of the time since a moment; all of it, hidden from nobody yet.

    Attributes:
        messages: How many messages of each sort there are.
        by_hour: How many messages in each hour since 1970.
        began: How many conversations began in each such hour, that is, had their first
            message of the time there.
        turns: How many conversations have how many messages.
        took: How many replies took how many thousandths of a second.
        ratings: How many thumbs of each sort were given.
        answered: How many clarifications the next reply of the conversation answered.
    """

    messages: Counter[What]
    by_hour: Counter[int]
    began: Counter[int]
    turns: Counter[int]
    took: Counter[int]
    ratings: Counter[str]
    answered: int


def count(store: ConversationStore, since: float, until: float) -> Counts:
    """Count what was said in a time; tests and the staff are left out."""
    counted = _Counted(store, since, until)
    by_hour: Counter[int] = Counter()
    took: Counter[int] = Counter()
    for hour, thousandths, number in counted.by_time():
        by_hour[hour] += number
        if thousandths is not None:
            took[thousandths] += number
    began: Counter[int] = Counter()
    turns: Counter[int] = Counter()
    for hour, messages, number in counted.conversations():
        began[hour] += number
        turns[messages] += number
    return Counts(
        messages=Counter(
            {
                What(kind, topic, intent, bool(pressed), language): number
                for kind, topic, intent, pressed, language, number in counted.what()
            }
        ),
        by_hour=by_hour,
        began=began,
        turns=turns,
        took=took,
        ratings=counted.ratings(),
        answered=counted.answered(),
    )


def holds_demo(store: ConversationStore) -> bool:
    """Tell whether made-up conversations are among those of a store."""
    made_up = sa.select(MESSAGES.c.event_id).where(MESSAGES.c.origin == DEMO)
    with store.engine.connect() as connection:
        return connection.execute(made_up.limit(1)).first() is not None


class _Counted:
    """The questions to the database. Each is read off one index, in its order."""

    def __init__(self, store: ConversationStore, since: float, until: float) -> None:
        self._engine = store.engine
        moment = MESSAGES.c.said_at
        if not self._is_postgresql():
            # The sum keeps SQLite from sorting what another index has in order.
            moment += sa.literal_column("0.0")
        is_counted = sa.and_(
            MESSAGES.c.origin.not_in(NOT_OF_PEOPLE), MESSAGES.c.kind.is_not(None)
        )
        self._counts = sa.and_(moment >= since, moment < until, is_counted)
        self._given = sa.and_(
            FEEDBACK.c.timestamp >= since, FEEDBACK.c.timestamp < until
        )
        self._by_time = sa.and_(
            MESSAGES.c.said_at >= since, MESSAGES.c.said_at < until, is_counted
        )

    def what(self) -> list[sa.engine.Row]:
        sort = [
            *(MESSAGES.c.kind, MESSAGES.c.topic, MESSAGES.c.intent),
            *(MESSAGES.c.pressed, MESSAGES.c.language),
        ]
        return self._all(sa.select(*sort, _NUMBER).where(self._counts).group_by(*sort))

    def by_time(self) -> list[sa.engine.Row]:
        hour = self._whole(MESSAGES.c.said_at, "/", HOUR).label("hour")
        # What went to the staff, the robot has not replied to.
        of_robot = sa.case((MESSAGES.c.kind != RELAYED, MESSAGES.c.took))
        took = self._whole(of_robot, "*", PER_SECOND).label("thousandths")
        columns = sa.select(hour, took, _NUMBER).where(self._by_time)
        return self._all(columns.group_by(sa.text("hour"), sa.text("thousandths")))

    def conversations(self) -> list[sa.engine.Row]:
        each = (
            sa.select(sa.func.min(MESSAGES.c.said_at).label("began"), _NUMBER)
            .where(self._counts)
            .group_by(MESSAGES.c.sender_id)
            .subquery()
        )
        hour = self._whole(each.c.began, "/", HOUR).label("hour")
        columns = sa.select(hour, each.c.number, sa.func.count().label("conversations"))
        return self._all(columns.group_by(sa.text("hour"), each.c.number))

    def ratings(self) -> Counter[str]:
        # All that were given, less those of what is not counted: these are few.
        of_all = sa.select(FEEDBACK.c.rating, _NUMBER).where(self._given)
        uncounted = of_all.join(
            MESSAGES,
            sa.and_(
                MESSAGES.c.sender_id == FEEDBACK.c.sender_id,
                MESSAGES.c.message_id == FEEDBACK.c.message_id,
                MESSAGES.c.origin.in_(NOT_OF_PEOPLE),
            ),
        )
        ratings: Counter[str] = Counter()
        for query, sign in ((of_all, 1), (uncounted, -1)):
            for row in self._all(query.group_by(FEEDBACK.c.rating)):
                ratings[row.rating] += sign * row.number
        return ratings

    def answered(self) -> int:
        following = MESSAGES.alias("following")
        kind_of_next = (
            sa.select(following.c.kind)
            .where(
                following.c.sender_id == MESSAGES.c.sender_id,
                following.c.event_id > MESSAGES.c.event_id,
            )
            .order_by(following.c.event_id)
            .limit(1)
            .correlate(MESSAGES)
            .scalar_subquery()
        )
        clarified = sa.select(_NUMBER).where(
            self._counts,
            MESSAGES.c.kind == "clarify",
            kind_of_next == "answer",
        )
        [row] = self._all(clarified)
        return int(row.number)

    def _whole(
        self, value: sa.sql.ColumnElement, by: str, factor: int
    ) -> sa.sql.ColumnElement:
        """Return the whole part of a value that is divided or multiplied."""
        changed = value.op(by)(sa.literal_column(f"{factor}.0"))
        if self._is_postgresql():
            changed = sa.func.floor(changed)  # It rounds what it casts.
        return sa.cast(changed, sa.Integer)

    def _is_postgresql(self) -> bool:
        return bool(self._engine.dialect.name == "postgresql")

    def _all(self, query: sa.sql.Select) -> list[sa.engine.Row]:
        with self._engine.connect() as connection:
            return list(connection.execute(query))


_NUMBER = sa.func.count().label("number")
