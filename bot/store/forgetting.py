"""Deletes conversations: one that somebody wants gone, and those that are too old."""

import datetime
import time
from collections.abc import Sequence

import sqlalchemy as sa

from bot.store.case_tables import CASE_LINES, CASE_NOTES, CASES, PRESENCE
from bot.store.engines import SECONDS_TO_WAIT
from bot.store.letting_go import take_out
from bot.store.staff_tables import AUDIT, LIVE, MARKS, PROPOSALS, SETTLED
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS

_OF_TURNS = (EVENTS, MESSAGES, FEEDBACK)
# What the staff keep of a conversation; proposals are told apart below.
_OF_STAFF = (SETTLED, MARKS)
# Of these the cases come first: whoever writes into one is waited for.
_OF_CASES = (CASES, CASE_LINES, CASE_NOTES)
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
        """Delete all that a conversation holds, and what the staff keep of it.

        A proposal that is live stays, without where it came from. In an SQLite file
        all is overwritten too: at once, or, while somebody else reads the file, when
        the next conversation is forgotten.
        """
        self.forget_all([conversation])

    def forget_all(self, conversations: Sequence[str]) -> None:
        """Delete several conversations as `forget` does one."""
        for start in range(0, len(conversations), _AT_ONCE):
            part = conversations[start : start + _AT_ONCE]
            with self.engine.begin() as connection:
                connection.execute(STANDINGS.delete().where(_sent_by(part, STANDINGS)))
                _forget_all_of(connection, part)
            if len(conversations) > _AT_ONCE:
                # Others write in between.
                time.sleep(_SECONDS_BETWEEN)
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
            # What the staff keep of those that a server of an older version forgot.
            for table in _OF_STAFF:
                connection.execute(table.delete().where(_is_gone(table)))
            silent = [sender for (sender,) in connection.execute(_silent(limit))]
            for table in _OF_CASES:
                connection.execute(table.delete().where(_sent_by(silent, table)))
            of_one = PROPOSALS.c.sender_id.is_not(None)
            _let_go(connection, sa.and_(of_one, _is_gone(PROPOSALS)))
        old = self._older_than(limit)
        for start in range(0, len(old), _AT_ONCE):
            with self.engine.begin() as connection:
                _forget_among(connection, old[start : start + _AT_ONCE], limit)
            # Others write in between.
            time.sleep(_SECONDS_BETWEEN)
        if old or silent:
            self._empty_log()
        return len(old) + len(silent)

    def forget_audit(self, days: int) -> None:
        """Delete what the audit log says of what is longer ago than some days.

        Who of the staff was present then is deleted too.
        """
        limit = time.time() - datetime.timedelta(days=days).total_seconds()
        with self.engine.begin() as connection:
            deleted = connection.execute(AUDIT.delete().where(AUDIT.c.at < limit))
            connection.execute(PRESENCE.delete().where(PRESENCE.c.seen_at < limit))
        if deleted.rowcount:
            self._empty_log()

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
    """Return the selection of conversations with nothing new since a moment."""
    newest = sa.func.max(EVENTS.c.timestamp)
    its = CASES.c.sender_id == EVENTS.c.sender_id
    going_on = sa.exists().where(sa.and_(its, CASES.c.changed_at >= limit))
    return (
        sa.select(EVENTS.c.sender_id)
        .group_by(EVENTS.c.sender_id)
        .having(sa.and_(newest < limit, ~going_on))
    )


def _silent(limit: float) -> sa.sql.Select:
    """Return the selection of those who have old cases alone, and wrote to no robot."""
    newest = sa.func.max(CASES.c.changed_at)
    theirs = sa.select(CASES.c.sender_id).where(_is_gone(CASES))
    return theirs.group_by(CASES.c.sender_id).having(newest < limit)


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
    _forget_all_of(connection, old)


def _forget_all_of(
    connection: sa.engine.Connection, conversations: Sequence[str]
) -> None:
    """Delete all but the standings, which decide whether it may be."""
    for table in (*_OF_TURNS, *_OF_STAFF, *_OF_CASES):
        connection.execute(table.delete().where(_sent_by(conversations, table)))
    take_out(connection, conversations)
    _let_go(connection, _sent_by(conversations, PROPOSALS))


def _let_go(connection: sa.engine.Connection, those: sa.sql.ClauseElement) -> None:
    """Delete proposals; what is live stays, but not where it came from."""
    live = PROPOSALS.c.status == LIVE
    connection.execute(PROPOSALS.delete().where(those, ~live))
    unnamed = PROPOSALS.update().values(sender_id=None, message_id=None)
    connection.execute(unnamed.where(those, live))


def _left_alone(limit: float) -> sa.sql.ClauseElement:
    """Return the deletion of old feedback on conversations that are gone."""
    # Asked of each conversation by itself, it needs no look through all events.
    return FEEDBACK.delete().where(FEEDBACK.c.timestamp < limit, _is_gone(FEEDBACK))


def _is_gone(table: sa.Table) -> sa.sql.ClauseElement:
    """Return the condition that a row's conversation is kept no more."""
    return ~sa.exists().where(EVENTS.c.sender_id == table.c.sender_id)
