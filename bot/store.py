"""Where conversations are kept: Rasa's SQL store, with feedback and forgetting.

Rasa's own reads all events of a conversation and counts them, twice for each message.
Here a message is one reading of one row, which tells how the conversation stands, and
one transaction: its events, where it stands among them, and how things stand now. So it
costs the same however long the conversation is and however many there are.
"""

import asyncio
import contextlib
import dataclasses
import datetime
import itertools
import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
import sqlalchemy.pool
from rasa.core.tracker_store import SQLTrackerStore, ensure_schema_exists
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session, sessionmaker

from bot.turns import Feedback, Turn, turns_of

# As long as a message waits while another process writes into an SQLite file.
_SECONDS_TO_WAIT = 20
_MESSAGE, _REPLY = UserUttered.type_name, BotUttered.type_name
# More than a message and its reply are.
_MOST_EVENTS_OF_A_TURN = 10

Loaded = TypeVar("Loaded", DialogueStateTracker, DialogueStateTracker | None)


class SQLFeedback(SQLTrackerStore.Base):
    """The table of feedback."""

    __tablename__ = "feedback"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    message_id = sa.Column(sa.String(64), primary_key=True)
    timestamp = sa.Column(sa.Float, nullable=False)
    rating = sa.Column(sa.String(4), nullable=False)
    comment = sa.Column(sa.Text, nullable=False)


class SQLMessage(SQLTrackerStore.Base):
    """The table of messages: where each stands among the events."""

    __tablename__ = "messages"
    __table_args__ = (sa.Index("messages_by_id", "sender_id", "message_id"),)

    event_id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    sender_id = sa.Column(sa.String(255), nullable=False)
    message_id = sa.Column(sa.String(255), nullable=False)


class SQLStanding(SQLTrackerStore.Base):
    """The table of how conversations stand: their slots, and when a message came."""

    __tablename__ = "standings"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    slots = sa.Column(sa.Text, nullable=False)
    said_at = sa.Column(sa.Float)


_EVENTS = SQLTrackerStore.SQLEvent.__table__
_MESSAGES, _STANDINGS = SQLMessage.__table__, SQLStanding.__table__
_FEEDBACK = SQLFeedback.__table__


class ConversationStore(SQLTrackerStore):
    """Keeps conversations, gives them back as turns, and forgets them when told to."""

    engine: sa.engine.Engine

    @classmethod
    def in_file(cls, path: Path) -> "ConversationStore":
        """Return a store in an SQLite file, which is made when it is missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # It holds what people wrote.
        with contextlib.closing(sqlite3.connect(path)) as connection:
            # The write-ahead log saves a wait for the disk a message.
            connection.execute("PRAGMA journal_mode=WAL")
        return cls(dialect="sqlite", db=str(path))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Connect as Rasa's store does, with what people wrote kept out of logs."""
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self._keep_connections()
        self.engine.hide_parameters = True
        # Writing may have to wait, and the server goes on meanwhile.
        self._writer = ThreadPoolExecutor(1, "store")

    def _keep_connections(self) -> None:
        """Keep connections to an SQLite file open: closing the last writes the file."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url,
            poolclass=sa.pool.QueuePool,
            connect_args={"check_same_thread": False, "timeout": _SECONDS_TO_WAIT},
        )
        self.sessionmaker = sessionmaker(bind=self.engine)

    @contextlib.contextmanager
    def session_scope(self) -> Iterator[Session]:
        """Give a session, as Rasa's store, but end no process at a `ValueError`."""
        with self.sessionmaker() as session:
            ensure_schema_exists(session)
            yield session

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a conversation as it stands, or None where there is none.

        Its slots are set, and it waits for a message; the events of its turns are not
        in it, as nothing that answers reads them: `retrieve_full_tracker` gives them.
        """
        with self.engine.connect() as connection:
            kept = connection.execute(
                sa.select(_STANDINGS.c.slots, _STANDINGS.c.said_at).where(
                    _STANDINGS.c.sender_id == sender_id
                )
            ).first()
        if kept is None:
            # It is new, or was written before there were standings.
            return _loaded(await super().retrieve(sender_id))
        slots = {slot.name for slot in self.domain.slots}
        events: list[Event] = [UserUttered(timestamp=kept.said_at)]
        events += [
            SlotSet(name, value)
            for name, value in json.loads(kept.slots).items()
            if name in slots
        ]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return _loaded(
            DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        )

    async def retrieve_full_tracker(
        self, conversation_id: str
    ) -> DialogueStateTracker | None:
        """Return a conversation with all its events, or None where there is none."""
        return _loaded(await super().retrieve_full_tracker(conversation_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what has happened in a conversation since it was read.

        Raises:
            SQLAlchemyError: It cannot be written; nothing of it is.
        """
        new = list(tracker.events)[_count_loaded(tracker) :]
        if not new:
            return
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        slots = {
            k: v for k, v in tracker.current_slot_values().items() if v is not None
        }
        said_at = getattr(tracker.get_last_event_for(UserUttered), "timestamp", None)
        standing = {"slots": json.dumps(slots), "said_at": said_at}
        events = [event.as_dict() for event in new]
        await self.apart(self._write, tracker.sender_id, events, standing)
        _loaded(tracker)

    async def apart(self, write: Callable[..., None], *arguments: Any) -> None:
        """Have something written, one thing at a time, while the server goes on."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, write, *arguments)

    def _write(
        self, sender: str, events: Sequence[dict[str, Any]], standing: dict[str, Any]
    ) -> None:
        with self.engine.begin() as connection:
            for is_message, group in itertools.groupby(events, key=_is_message):
                written = list(group)
                rows = [_row(sender, event) for event in written]
                if not is_message:
                    connection.execute(_EVENTS.insert(), rows)
                    continue
                for event, row in zip(written, rows, strict=True):
                    (place,) = connection.execute(
                        _EVENTS.insert(), row
                    ).inserted_primary_key
                    connection.execute(
                        _MESSAGES.insert(),
                        {
                            "event_id": place,
                            "sender_id": sender,
                            "message_id": event["message_id"],
                        },
                    )
            its = _STANDINGS.c.sender_id == sender
            if not connection.execute(
                _STANDINGS.update().where(its), standing
            ).rowcount:
                connection.execute(
                    _STANDINGS.insert(), {"sender_id": sender, **standing}
                )

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
                sa.select(_MESSAGES.c.event_id)
                .where(_MESSAGES.c.sender_id == conversation)
                .order_by(_MESSAGES.c.event_id.desc())
                .offset(latest - 1)
                .limit(1)
            ).scalar()
        return self._turns(conversation, since=place or 0)

    def turn(self, conversation: str, message: str) -> Turn | None:
        """Return the turn of one message, or None where it has got no reply."""
        with self.engine.connect() as connection:
            place = connection.execute(
                sa.select(sa.func.max(_MESSAGES.c.event_id)).where(
                    _MESSAGES.c.sender_id == conversation,
                    _MESSAGES.c.message_id == message,
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
                sa.select(_EVENTS.c.data)
                .where(
                    _EVENTS.c.sender_id == conversation,
                    _EVENTS.c.id >= since,
                    _EVENTS.c.type_name.in_((_MESSAGE, _REPLY)),
                )
                .order_by(_EVENTS.c.id)
                .limit(most)
            ).all()
            given = connection.execute(
                sa.select(_FEEDBACK).where(_FEEDBACK.c.sender_id == conversation)
            ).all()
        feedback = {row.message_id: Feedback(row.rating, row.comment) for row in given}
        turns = turns_of(json.loads(data) for (data,) in rows)
        return tuple(
            dataclasses.replace(turn, feedback=feedback.get(turn.id)) for turn in turns
        )

    def holds(self, conversation: str) -> bool:
        """Tell whether anything of a conversation is kept."""
        with self.session_scope() as session:
            said = session.query(self.SQLEvent.id).filter_by(sender_id=conversation)
            return said.first() is not None

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
            for table in (self.SQLEvent, SQLMessage, SQLStanding, SQLFeedback):
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
        newest = sa.func.max(self.SQLEvent.timestamp)
        limit = time.time() - datetime.timedelta(days=days).total_seconds()
        with self.session_scope() as session:
            said = session.query(self.SQLEvent.sender_id)
            if among is not None:
                said = said.filter_by(sender_id=among)
            old = said.group_by(self.SQLEvent.sender_id).having(newest < limit)
            return [sender for (sender,) in old]

    def is_readable(self) -> bool:
        """Tell whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.select(self.SQLEvent.id).limit(1))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def rated(self) -> Iterator[tuple[str, Turn, Feedback]]:
        """Yield the conversation, the turn and the rating of all that was rated."""
        with self.session_scope() as session:
            found = session.query(SQLFeedback.sender_id).distinct()
            conversations = [sender for (sender,) in found]
        for conversation in conversations:
            for turn in self.turns(conversation):
                if turn.feedback:
                    yield conversation, turn, turn.feedback

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Session]:
        with self.session_scope() as session:
            yield session
            session.commit()


def _loaded(tracker: Loaded) -> Loaded:
    """Note on a tracker, if there is one, that all of its events are written."""
    if tracker is not None:
        tracker.written = len(tracker.events)
    return tracker


def _count_loaded(tracker: DialogueStateTracker) -> int:
    return int(getattr(tracker, "written", 0))


def _is_message(event: dict[str, Any]) -> bool:
    return bool(event["event"] == _MESSAGE)


def _row(sender: str, event: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of an event, filled as Rasa fills them."""
    intent = event.get("parse_data", {}).get("intent", {}).get("name")
    return {
        "sender_id": sender,
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": intent,
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }
