"""Deletes conversations: one that somebody wants gone, and those that are too old."""

import datetime
import time
from collections.abc import Sequence

import sqlalchemy as sa

from bot.store.engines import SECONDS_TO_WAIT
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS

_OF_TURNS = (EVENTS, MESSAGES, FEEDBACK)
# Conversations are forgotten in parts, lest a message wait for all of them.
_AT_ONCE = 100
_SECONDS_BETWEEN = 0.01
# What PostgreSQL has to look for them.
_LONG = "10min"
_PATIENT = f"busy_timeout={SECONDS_TO_WAIT * 1000}"


class Forgetting:
    """Deletes conversations, and overwrites them where they are kept in a file.

    Attributes:
        engine: Connects to the database.
    """

    engine: sa.engine.Engine

    def forget(self, conversation: str) -> None:
        """Delete all that a conversation holds.

        In an SQLite file it is overwritten too: at once, or, while somebody else reads
        the file, when the next conversation is forgotten.
        """
        with self.engine.begin() as connection:
            for table in (STANDINGS, *_OF_TURNS):
                connection.execute(
                    table.delete().where(_sent_by([conversation], table))
                )
        self._empty_log()

    def forget_old(self, days: int) -> int:
        """Delete the conversations in which nothing was said for some days.

        Returns:
            How many there were.
        """
        limit = time.time() - datetime.timedelta(days=days).total_seconds()
        with self.engine.begin() as connection:
            # Comments that were given while their conversation was forgotten.
            connection.execute(_left_alone(limit))
        old = self._older_than(limit)
        for start in range(0, len(old), _AT_ONCE):
            with self.engine.begin() as connection:
                _forget_among(connection, old[start : start + _AT_ONCE], limit)
            # Others write in between.
            time.sleep(_SECONDS_BETWEEN)
        if old:
            self._empty_log()
        return len(old)

    def _older_than(self, limit: float) -> list[str]:
        """Return the conversations in which nothing was said since a moment."""
        with self.engine.begin() as connection:
            if not self._is_file():
                # It looks through all events, and nobody waits for it.
                connection.execute(sa.text(f"SET LOCAL statement_timeout = '{_LONG}'"))
            return [sender for (sender,) in connection.execute(_old(limit))]

    def _empty_log(self) -> None:
        """Have nothing left in the log that SQLite keeps beside its file."""
        if not self._is_file():
            return
        with self.engine.connect() as connection:
            # Whoever reads now is not waited for, as all others would wait too.
            for pragma in ("busy_timeout=0", "wal_checkpoint(TRUNCATE)", _PATIENT):
                connection.execute(sa.text(f"PRAGMA {pragma}"))

    def _is_file(self) -> bool:
        return bool(self.engine.dialect.name == "sqlite")


def _sent_by(conversations: Sequence[str], table: sa.Table) -> sa.sql.ClauseElement:
    return table.c.sender_id.in_(conversations)


def _old(limit: float) -> sa.sql.Select:
    """Return the selection of conversations whose last event is before a moment."""
    newest = sa.func.max(EVENTS.c.timestamp)
    return (
        sa.select(EVENTS.c.sender_id)
        .group_by(EVENTS.c.sender_id)
        .having(newest < limit)
    )


def _forget_among(
    connection: sa.engine.Connection, conversations: Sequence[str], limit: float
) -> None:
    """Delete those of some conversations in which still nothing was said."""
    # This comes first: it holds up who would write there, and fails who has begun to.
    unsaid = sa.func.coalesce(STANDINGS.c.said_at, 0) < limit
    among = _sent_by(conversations, STANDINGS)
    connection.execute(STANDINGS.delete().where(among, unsaid))
    still = _old(limit).where(_sent_by(conversations, EVENTS))
    old = [sender for (sender,) in connection.execute(still)]
    for table in _OF_TURNS:
        connection.execute(table.delete().where(_sent_by(old, table)))


def _left_alone(limit: float) -> sa.sql.ClauseElement:
    """Return the deletion of old feedback on conversations that are gone."""
    # Asked of each conversation by itself, it needs no look through all events.
    there = sa.exists().where(EVENTS.c.sender_id == FEEDBACK.c.sender_id)
    return FEEDBACK.delete().where(FEEDBACK.c.timestamp < limit, ~there)
