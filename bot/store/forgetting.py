"""Deletes conversations: one that somebody wants gone, and those that are too old."""

import datetime
import time
from collections.abc import Sequence

import sqlalchemy as sa

from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS

_OF_TURNS = (EVENTS, MESSAGES, FEEDBACK)
# Conversations are forgotten in parts, lest a message wait for all of them.
_AT_ONCE = 100
_SECONDS_BETWEEN = 0.01


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
        with self.engine.connect() as connection:
            return [sender for (sender,) in connection.execute(_old(limit))]

    def _empty_log(self) -> None:
        """Have nothing left in the log that SQLite keeps beside its file."""
        if self._is_file():
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

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
