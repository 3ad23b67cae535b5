"""Where conversations are kept: Rasa's SQL store, with feedback and forgetting.

Rasa's own reads all events of a conversation and counts them, twice for each message.
Here a message is one reading of one row, which tells how the conversation stands, and
one transaction: its events, where it stands among them, and how things stand now. So it
costs the same however long the conversation is and however many there are.
"""

# Longer than other modules: reading and writing a turn hang together.

import asyncio
import contextlib
import contextvars
import functools
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.errors import StoreError
from bot.receipt import seconds_since_receipt
from bot.store.archive import Archive
from bot.store.columns import TOPIC_SLOT, known_of
from bot.store.engines import kind_of, postgresql_engine, sqlite_engine
from bot.store.filling import Filling
from bot.store.migrating import make_tables
from bot.store.quick import QuickConnection, Values
from bot.store.tables import EVENTS, MESSAGES, STANDINGS, row_of
from bot.store.turns import MESSAGE
from bot.store.widget_files import WidgetFiles

# At one time, of a database on another machine.
_STATEMENTS = 4

_ITS = STANDINGS.c.sender_id == sa.bindparam("its")
_STANDING = sa.select(STANDINGS.c.slots, STANDINGS.c.said_at).where(_ITS)
_ADD_EVENT, _ADD_MESSAGE = EVENTS.insert(), MESSAGES.insert()
_ADD_STANDING = STANDINGS.insert()
_UPDATE = (
    STANDINGS.update()
    .where(_ITS, STANDINGS.c.said_at.is_not_distinct_from(sa.bindparam("before")))
    .values(slots=sa.bindparam("slots"), said_at=sa.bindparam("said_at"))
)

Connection: TypeAlias = sa.engine.Connection | QuickConnection
Beside: TypeAlias = Callable[[Connection], None]
Loaded = TypeVar("Loaded", DialogueStateTracker, DialogueStateTracker | None)
Given = ParamSpec("Given")
Result = TypeVar("Result")


class TurnConflictError(SQLAlchemyError):
    """A turn does not follow on what is kept of its conversation by now."""


class ConversationStore(Archive, Filling, WidgetFiles, SQLTrackerStore):
    """Keeps conversations for Rasa, and is the archive of them."""

    @classmethod
    def in_file(cls, path: Path) -> "ConversationStore":
        """Return a store in an SQLite file, which is made when it is missing.

        Raises:
            StoreError: It cannot be used.
        """
        return cls(sqlite_engine(path))

    @classmethod
    def in_database(cls, url: str) -> "ConversationStore":
        """Return a store in a PostgreSQL database, which other servers may share.

        Raises:
            StoreError: It cannot be reached.
        """
        return cls(postgresql_engine(url))

    def __init__(self, engine: sa.engine.Engine) -> None:
        """Take the connections to a database, and make the tables that it lacks."""
        # Rasa's SQL store would make an engine of its own here.
        TrackerStore.__init__(self, None)
        self.engine = engine
        self.sessionmaker = sessionmaker(bind=engine)
        try:
            make_tables(engine)
        except SQLAlchemyError as error:
            raise StoreError(
                "HELSE_STORE or HELSE_DATABASE",
                f"its tables cannot be made ({kind_of(error)}): the user must own the "
                "database, or be let make tables in it",
            ) from error
        self._quick: QuickConnection | None = None
        if engine.dialect.name == "sqlite":
            self._quick = QuickConnection(str(engine.url.database))
        # One at a time where all write into one file.
        self._threads = ThreadPoolExecutor(1 if self._quick else _STATEMENTS, "store")

    @contextlib.contextmanager
    def session_scope(self) -> Iterator[Session]:
        """Give a session, as Rasa's store, but end no process at a `ValueError`."""
        with self.sessionmaker() as session:
            yield session

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a conversation as it stands, or None where there is none.

        Its slots are set, and it waits for a message; the events of its turns are not
        in it, as nothing that answers reads them: `retrieve_full_tracker` gives them.
        """
        kept = await self.read(self.standing, sender_id)
        if kept is None:
            if not await self.read(self.holds, sender_id):
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
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.before = said_at
        return _loaded(tracker)

    async def retrieve_full_tracker(
        self, conversation_id: str
    ) -> DialogueStateTracker | None:
        """Return a conversation with all its events, or None where there is none."""
        kept = await self.read(self.standing, conversation_id)
        tracker = await super().retrieve_full_tracker(conversation_id)
        if tracker is not None and kept is not None:
            _, tracker.before = kept
        return _loaded(tracker)

    async def save(
        self, tracker: DialogueStateTracker, first: Beside | None = None
    ) -> None:
        """Write what has happened in a conversation since it was read.

        Args:
            tracker: The conversation.
            first: Writes something else in the same transaction, before all of it, and
                may change the events' data; it may be tried twice.

        Raises:
            SQLAlchemyError: It cannot be written; nothing of it is.
            TurnConflictError: Somebody else has written there since.
        """
        new = list(tracker.events)[_count_loaded(tracker) :]
        if not new:
            return
        slots = {
            k: v for k, v in tracker.current_slot_values().items() if v is not None
        }
        said_at = getattr(tracker.get_last_event_for(UserUttered), "timestamp", None)
        standing = {"slots": json.dumps(slots), "said_at": said_at}
        if hasattr(tracker, "before"):
            standing["before"] = tracker.before
        events = [event.as_dict() for event in new]
        known = known_of(events, slots.get(TOPIC_SLOT), seconds_since_receipt())
        await self._write(first, tracker.sender_id, events, list(known), standing)
        tracker.before = said_at
        _loaded(tracker)

    async def read(
        self,
        reading: Callable[Given, Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        """Read something: at once from a file, or apart from another machine."""
        if self._quick is not None:
            return reading(*given, **named)
        return await self.apart(reading, *given, **named)

    async def apart(
        self,
        work: Callable[Given, Result],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Result:
        """Have something read or written while the server goes on."""
        loop = asyncio.get_running_loop()
        # With the id of the request, for the log.
        run = functools.partial(contextvars.copy_context().run, work, *given, **named)
        return await loop.run_in_executor(self._threads, run)

    def standing(self, sender: str) -> tuple[str, float] | None:
        """Return the slots of a conversation as JSON, and when something was said."""
        kept: tuple[str, float] | None = self.first_row(_STANDING, {"its": sender})
        return kept

    def first_row(self, query: sa.sql.Select, values: Values) -> Any:
        """Return the first row that a query finds, or None, with little ado.

        Args:
            query: It is asked for every message.
            values: What stands in it, by name.
        """
        if self._quick is not None:
            # Whatever is wrong, the way below waits for it, or says what it is.
            with contextlib.suppress(sqlite3.Error):
                rows = self._quick.execute(query, values).fetchall()
                return rows[0] if rows else None
        with self.engine.connect() as connection:
            return connection.execute(query, values).first()

    async def _write(self, first: Beside | None, *turn: Any) -> None:
        """Write a turn: at once, or apart where that may have to wait."""
        if self._quick is not None:
            with contextlib.suppress(sqlite3.Error), self._quick.begin() as connection:
                _write_all(connection, first, *turn)
                return
        await self.apart(self._write_apart, first, *turn)

    def _write_apart(self, first: Beside | None, *turn: Any) -> None:
        with self.engine.begin() as connection:
            _write_all(connection, first, *turn)


def _write_all(connection: Connection, first: Beside | None, *turn: Any) -> None:
    if first is not None:
        first(connection)
    _write_turn(connection, *turn)


def _write_turn(
    connection: Connection,
    sender: str,
    events: Sequence[dict[str, Any]],
    known: Iterable[dict[str, Any]],
    standing: dict[str, Any],
) -> None:
    messages = iter(known)
    for is_message, group in itertools.groupby(events, key=_is_message):
        written = list(group)
        rows = [row_of(sender, event) for event in written]
        if not is_message:
            connection.execute(_ADD_EVENT, rows)
            continue
        for event, row in zip(written, rows, strict=True):
            place = id_of(connection.execute(_ADD_EVENT, row))
            its = {"sender_id": sender, "message_id": event["message_id"]}
            row = {"event_id": place, **its, **next(messages)}
            connection.execute(_ADD_MESSAGE, row)
    _write_standing(connection, sender, standing)


def _write_standing(
    connection: Connection,
    sender: str,
    standing: dict[str, Any],
) -> None:
    """Write how a conversation stands, if it still stands as it did when it was read.

    Raises:
        TurnConflictError: It does not.
    """
    if "before" not in standing:
        # Another that begins the same conversation meets the row's key.
        connection.execute(_ADD_STANDING, {"sender_id": sender, **standing})
    elif not connection.execute(_UPDATE, {"its": sender, **standing}).rowcount:
        raise TurnConflictError("something else was said there meanwhile")


def id_of(inserted: sa.engine.CursorResult | sqlite3.Cursor) -> int:
    """Return the id of the row that was written."""
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
