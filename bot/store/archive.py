"""What was said in conversations: read as turns, rated, and forgotten."""

import contextlib
import dataclasses
import datetime
import json
import time
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from bot.store.tables import (
    EVENTS,
    FEEDBACK,
    MESSAGES,
    SQLEvent,
    SQLFeedback,
    SQLMessage,
    SQLStanding,
)
from bot.store.turns import MESSAGE, REPLY, Feedback, Turn, turns_of

# More than a message and its reply are.
_MOST_EVENTS_OF_A_TURN = 10


class Archive:
    """Reads, rates and forgets conversations.

    Attributes:
        engine: Connects to the database.
        sessionmaker: Makes sessions of it.
    """

    engine: sa.engine.Engine
    sessionmaker: sessionmaker

    def turns(self, conversation: str, latest: int = 0) -> tuple[Turn, ...]:
        """Return what was said and replied, oldest first.

        A message that got no reply, because the server failed, is left out; sent again
        with the same id, it stands once.

        Args:
            conversation: The conversation.
            latest: Return so many of the last turns; 0 returns all.
        """
        if not latest:
            return self._turns(conversation, since=0)
        with self.engine.connect() as connection:
            place = connection.execute(
                sa.select(MESSAGES.c.event_id)
                .where(MESSAGES.c.sender_id == conversation)
                .order_by(MESSAGES.c.event_id.desc())
                .offset(latest - 1)
                .limit(1)
            ).scalar()
        return self._turns(conversation, since=place or 0)

    def turn(self, conversation: str, message: str) -> Turn | None:
        """Return the turn of one message, or None where it has got no reply."""
        with self.engine.connect() as connection:
            place = connection.execute(
                sa.select(sa.func.max(MESSAGES.c.event_id)).where(
                    MESSAGES.c.sender_id == conversation,
                    MESSAGES.c.message_id == message,
                )
            ).scalar()
        if place is None:
            return None
        turns = self._turns(conversation, since=place, most=_MOST_EVENTS_OF_A_TURN)
        return next((turn for turn in turns if turn.id == message), None)

    def _turns(
        self, conversation: str, since: int, most: int | None = None
    ) -> tuple[Turn, ...]:
        """Return the turns of a conversation.

        Args:
            conversation: The conversation.
            since: The id of the first event.
            most: How many messages and replies to read; all when left out.
        """
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select(EVENTS.c.data)
                .where(
                    EVENTS.c.sender_id == conversation,
                    EVENTS.c.id >= since,
                    EVENTS.c.type_name.in_((MESSAGE, REPLY)),
                )
                .order_by(EVENTS.c.id)
                .limit(most)
            ).all()
            given = connection.execute(
                sa.select(FEEDBACK).where(FEEDBACK.c.sender_id == conversation)
            ).all()
        feedback = {row.message_id: Feedback(row.rating, row.comment) for row in given}
        turns = turns_of(json.loads(data) for (data,) in rows)
        return tuple(
            dataclasses.replace(turn, feedback=feedback.get(turn.id)) for turn in turns
        )

    def holds(self, conversation: str) -> bool:
        """Tell whether anything of a conversation is kept."""
        said = sa.select(EVENTS.c.id).where(EVENTS.c.sender_id == conversation)
        with self.engine.connect() as connection:
            return connection.execute(said.limit(1)).first() is not None

    def rate(self, conversation: str, message: str, feedback: Feedback) -> None:
        """Keep the feedback on a reply, in place of any given before."""
        with self._writing() as session:
            session.merge(
                SQLFeedback(
                    sender_id=conversation,
                    message_id=message,
                    timestamp=time.time(),
                    rating=feedback.rating,
                    comment=feedback.comment,
                )
            )

    def forget(self, conversation: str) -> None:
        """Delete all that a conversation holds.

        In an SQLite file it is overwritten too: at once, or, while somebody else reads
        the file, when the next conversation is forgotten.
        """
        on_file = self.engine.dialect.name == "sqlite"
        with self._writing() as session:
            if on_file:
                # Overwrite what is deleted, rather than mark its place as free.
                session.execute(sa.text("PRAGMA secure_delete=ON"))
            for table in (SQLEvent, SQLMessage, SQLStanding, SQLFeedback):
                session.query(table).filter_by(sender_id=conversation).delete()
        if on_file:
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def older_than(self, days: int, among: str | None = None) -> list[str]:
        """Return the conversations in which nothing was said for some days.

        Args:
            days: The days.
            among: Look at this conversation alone.
        """
        newest = sa.func.max(SQLEvent.timestamp)
        limit = time.time() - datetime.timedelta(days=days).total_seconds()
        with self.sessionmaker() as session:
            said = session.query(SQLEvent.sender_id)
            if among is not None:
                said = said.filter_by(sender_id=among)
            old = said.group_by(SQLEvent.sender_id).having(newest < limit)
            return [sender for (sender,) in old]

    def is_readable(self) -> bool:
        """Tell whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.select(SQLEvent.id).limit(1))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def rated(self) -> Iterator[tuple[str, Turn, Feedback]]:
        """Yield the conversation, the turn and the rating of all that was rated."""
        with self.sessionmaker() as session:
            found = session.query(SQLFeedback.sender_id).distinct()
            conversations = [sender for (sender,) in found]
        for conversation in conversations:
            for turn in self.turns(conversation):
                if turn.feedback:
                    yield conversation, turn, turn.feedback

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Session]:
        with self.sessionmaker() as session:
            yield session
            session.commit()
