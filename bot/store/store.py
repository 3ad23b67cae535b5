"""Where conversations are kept: Rasa's SQL store, with feedback and forgetting.

Rasa's own reads all events of a conversation and counts them, twice for each message.
Here a message is one reading of one row, which tells how the conversation stands, and
one transaction: its events, where it stands among them, and how things stand now. So it
costs the same however long the conversation is and however many there are.
"""

import asyncio
import contextlib
import itertools
import json
import sqlite3
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
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session, sessionmaker

from bot.store.archive import Archive
from bot.store.quick import QuickConnection
from bot.store.tables import EVENTS, MESSAGES, STANDINGS, row_of
from bot.store.turns import MESSAGE

# As long as a message waits while another process writes into an SQLite file.
_SECONDS_TO_WAIT = 20

_ITS = STANDINGS.c.sender_id == sa.bindparam("its")
_STANDING = sa.select(STANDINGS.c.slots, STANDINGS.c.said_at).where(_ITS)
_ADD_EVENT, _ADD_MESSAGE = EVENTS.insert(), MESSAGES.insert()
_ADD_STANDING = STANDINGS.insert()
_UPDATE = (
    STANDINGS.update()
    .where(_ITS)
    .values(slots=sa.bindparam("slots"), said_at=sa.bindparam("said_at"))
)

Loaded = TypeVar("Loaded", DialogueStateTracker, DialogueStateTracker | None)


class ConversationStore(Archive, SQLTrackerStore):
    """Keeps conversations for Rasa, and is the archive of them."""

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
        self.engine.hide_parameters = True
        # Writing may have to wait, and the server goes on meanwhile.
        self._writer = ThreadPoolExecutor(1, "store")
        self._quick: QuickConnection | None = None
        if self.engine.dialect.name == "sqlite":
            self._keep_connections()
            self._quick = QuickConnection(str(self.engine.url.database))
        self._index_messages()

    def _keep_connections(self) -> None:
        """Keep connections to an SQLite file open: closing the last writes the file."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url,
            poolclass=sa.pool.QueuePool,
            connect_args={"check_same_thread": False, "timeout": _SECONDS_TO_WAIT},
            hide_parameters=True,
        )
        self.sessionmaker = sessionmaker(bind=self.engine)

    def _index_messages(self) -> None:
        """Note where the messages stand that were written before there was a table."""
        said = sa.select(EVENTS).where(EVENTS.c.type_name == MESSAGE)
        with self.engine.begin() as connection:
            if connection.execute(sa.select(MESSAGES).limit(1)).first():
                return
            places = [
                {
                    "event_id": row.id,
                    "sender_id": row.sender_id,
                    "message_id": json.loads(row.data)["message_id"],
                }
                for row in connection.execute(said)
            ]
            if places:
                connection.execute(_ADD_MESSAGE, places)

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
        kept = self._standing(sender_id)
        if kept is None:
            if not self.holds(sender_id):
                return None
            # It was written before there were standings.
            return _loaded(await super().retrieve(sender_id))
        written, said_at = kept
        slots = {slot.name for slot in self.domain.slots}
        events: list[Event] = [UserUttered(timestamp=said_at)]
        events += [
            SlotSet(name, value)
            for name, value in json.loads(written).items()
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
        await self._write(tracker.sender_id, events, standing)
        _loaded(tracker)

    async def apart(self, write: Callable[..., None], *arguments: Any) -> None:
        """Have something written, one thing at a time, while the server goes on."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, write, *arguments)

    def _standing(self, sender: str) -> tuple[str, float] | None:
        """Return the slots of a conversation as JSON, and when something was said."""
        its = {"its": sender}
        if self._quick is not None:
            # Whatever is wrong, the way below waits for it, or says what it is.
            with contextlib.suppress(sqlite3.Error):
                rows = self._quick.execute(_STANDING, its).fetchall()
                return rows[0] if rows else None
        with self.engine.connect() as connection:
            kept: tuple[str, float] | None = connection.execute(_STANDING, its).first()
        return kept

    async def _write(self, *turn: Any) -> None:
        """Write a turn: at once, or apart where that may have to wait."""
        if self._quick is not None:
            with contextlib.suppress(sqlite3.Error), self._quick.begin() as connection:
                _write_turn(connection, *turn)
                return
        await self.apart(self._write_apart, *turn)

    def _write_apart(self, *turn: Any) -> None:
        with self.engine.begin() as connection:
            _write_turn(connection, *turn)


def _write_turn(
    connection: sa.engine.Connection | QuickConnection,
    sender: str,
    events: Sequence[dict[str, Any]],
    standing: dict[str, Any],
) -> None:
    for is_message, group in itertools.groupby(events, key=_is_message):
        written = list(group)
        rows = [row_of(sender, event) for event in written]
        if not is_message:
            connection.execute(_ADD_EVENT, rows)
            continue
        for event, row in zip(written, rows, strict=True):
            place = _id_of(connection.execute(_ADD_EVENT, row))
            its = {"sender_id": sender, "message_id": event["message_id"]}
            connection.execute(_ADD_MESSAGE, {"event_id": place, **its})
    if not connection.execute(_UPDATE, {"its": sender, **standing}).rowcount:
        connection.execute(_ADD_STANDING, {"sender_id": sender, **standing})


def _id_of(inserted: sa.engine.CursorResult | sqlite3.Cursor) -> int:
    if isinstance(inserted, sqlite3.Cursor):
        return int(inserted.lastrowid or 0)
    return int(inserted.inserted_primary_key[0])


def _loaded(tracker: Loaded) -> Loaded:
    """Note on a tracker, if there is one, that all of its events are written."""
    if tracker is not None:
        tracker.written = len(tracker.events)
    return tracker


def _count_loaded(tracker: DialogueStateTracker) -> int:
    return int(getattr(tracker, "written", 0))


def _is_message(event: dict[str, Any]) -> bool:
    return bool(event["event"] == MESSAGE)
