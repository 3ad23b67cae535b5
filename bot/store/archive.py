"""What was said in conversations: read as turns, and rated."""

import contextlib
import dataclasses
import json
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from bot.store.case_tables import CASES
from bot.store.engines import fault_of
from bot.store.forgetting import Forgetting
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, SQLFeedback
from bot.store.turns import MESSAGE, REPLY, Feedback, Turn, turns_of

# More than a message and its reply are.
_MOST_EVENTS_OF_A_TURN = 10


class Archive(Forgetting):
    """Reads and rates conversations.

    Attributes:
        sessionmaker: Makes sessions of the database.
    """

    sessionmaker: sessionmaker

    def turns(self, conversation: str, latest: int = 0) -> tuple[Turn, ...]:
        """Return what was said and replied, oldest first.

        A message that got no reply, because the server failed, is left out; sent again
        with the same id, it stands once.

        Args:
            conversation: The conversation.
            latest: Return so many of the last turns; 0 returns all.
        """
        since = self._since(conversation, latest, None) if latest else 0
        return self._turns(conversation, since)

    def page(
        self, conversation: str, most: int, before: str = ""
    ) -> tuple[tuple[Turn, ...], bool]:
        """Return the latest turns, oldest first, and whether there are earlier ones.

        Args:
            conversation: The conversation.
            most: How many turns to return.
            before: Return only what was said before the message with this id.
        """
        until = self._place(conversation, before) if before else None
        if before and until is None:
            return (), False
        since = self._since(conversation, most, until)
        turns = self._turns(conversation, since, until)
        if not turns and since:
            # Old messages that got no reply: what was said before them counts.
            return self.page(conversation, most, self._message_at(since))
        return turns, self._since(conversation, 1, since) > 0

    def _message_at(self, place: int) -> str:
        """Return the id of the message at a place."""
        there = sa.select(MESSAGES.c.message_id).where(MESSAGES.c.event_id == place)
        with self.engine.connect() as connection:
            return str(connection.execute(there).scalar())

    def _since(self, conversation: str, latest: int, until: int | None) -> int:
        """Return the place of the first of so many latest messages, or 0 for all."""
        places = (
            sa.select(MESSAGES.c.event_id)
            .where(
                MESSAGES.c.sender_id == conversation,
                *_before(MESSAGES.c.event_id, until),
            )
            .order_by(MESSAGES.c.event_id.desc())
            .offset(latest - 1)
            .limit(1)
        )
        with self.engine.connect() as connection:
            return connection.execute(places).scalar() or 0

    def _place(self, conversation: str, message: str) -> int | None:
        """Return where a message stands among the events, or None where it does not."""
        its = (
            MESSAGES.c.sender_id == conversation,
            MESSAGES.c.message_id == message,
        )
        with self.engine.connect() as connection:
            place: int | None = connection.execute(
                sa.select(MESSAGES.c.event_id).where(*its)
            ).scalar()
        return place

    def turn(self, conversation: str, message: str) -> Turn | None:
        """Return the turn of one message, or None where it has got no reply."""
        place = self._place(conversation, message)
        if place is None:
            return None
        turns = self._turns(conversation, since=place, most=_MOST_EVENTS_OF_A_TURN)
        return next((turn for turn in turns if turn.id == message), None)

    def _turns(
        self,
        conversation: str,
        since: int,
        until: int | None = None,
        most: int | None = None,
    ) -> tuple[Turn, ...]:
        """Return the turns of a conversation.

        Args:
            conversation: The conversation.
            since: The id of the first event.
            until: The id of the first event that is left out again.
            most: How many messages and replies to read; all when left out.
        """
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select(EVENTS.c.data)
                .where(
                    EVENTS.c.sender_id == conversation,
                    EVENTS.c.id >= since,
                    *_before(EVENTS.c.id, until),
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

    def latest(self, conversation: str) -> int:
        """Return the place of the latest event of a conversation, or 0."""
        places = sa.select(sa.func.max(EVENTS.c.id))
        its = EVENTS.c.sender_id == conversation
        with self.engine.connect() as connection:
            return connection.execute(places.where(its)).scalar() or 0

    def events(self, conversation: str, since: int = 0) -> list[dict[str, Any]]:
        """Return the events of a conversation after a place, as Rasa writes them."""
        its = (EVENTS.c.sender_id == conversation, EVENTS.c.id > since)
        written = sa.select(EVENTS.c.data).where(*its).order_by(EVENTS.c.id)
        with self.engine.connect() as connection:
            return [json.loads(data) for (data,) in connection.execute(written)]

    def holds(self, conversation: str) -> bool:
        """Tell whether anything of a conversation is kept."""
        kept = (
            sa.select(table.c.id).where(table.c.sender_id == conversation).limit(1)
            for table in (EVENTS, CASES)
        )
        with self.engine.connect() as connection:
            return any(connection.execute(it).first() for it in kept)

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

    def is_usable(self) -> bool:
        """Tell whether the database answers, and takes what is written."""
        with contextlib.suppress(sa.exc.SQLAlchemyError):
            with self.engine.connect() as connection:
                connection.execute(sa.select(EVENTS.c.id).limit(1)).all()
                if self._is_file() or not _is_standby(connection):
                    return True
            # It is one that others took the place of: look for those.
            self.engine.dispose()
        return False

    def is_sound(self) -> bool:
        """Tell whether an SQLite file is whole; a database sees to that by itself.

        The file is read through, which takes about a second for each gigabyte. One that
        cannot be read just now is not called damaged for that.
        """
        if not self._is_file():
            return True
        try:
            with self.engine.connect() as connection:
                return not fault_of(connection.connection.dbapi_connection)
        except sqlite3.OperationalError:
            return True
        except sqlite3.DatabaseError:
            return False
        except sa.exc.SQLAlchemyError as error:
            return isinstance(error.__cause__, sqlite3.OperationalError)

    def rated(self) -> Iterator[tuple[str, Turn, Feedback]]:
        """Yield the conversation, the turn and the rating of all that was rated."""
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(FEEDBACK.c.sender_id).distinct())
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


def _before(column: sa.Column, place: int | None) -> tuple[sa.sql.ClauseElement, ...]:
    return () if place is None else (column < place,)


def _is_standby(connection: sa.engine.Connection) -> bool:
    only_read = connection.execute(sa.text("SHOW transaction_read_only")).scalar()
    return bool(only_read == "on")
