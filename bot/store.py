"""Where conversations are kept: Rasa's SQL store, with feedback and forgetting."""

import contextlib
import dataclasses
import datetime
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, ensure_schema_exists
from sqlalchemy.orm import Session

Rating = Literal["up", "down"]


@dataclasses.dataclass(frozen=True)
class Feedback:
    """What somebody thought of a reply."""

    rating: Rating
    comment: str = ""


@dataclasses.dataclass(frozen=True)
class Turn:
    """A message and the reply to it.

    Attributes:
        id: The message's id.
        time: When it was said, in ISO 8601, UTC.
        text: What the person said; for a button, its title.
        reply: The text, its buttons and the fields of the payload.
        feedback: What the person thought of the reply, if they have said so.
    """

    id: str
    time: str
    text: str
    reply: dict[str, Any]
    feedback: Feedback | None = None


class SQLFeedback(SQLTrackerStore.Base):
    """The table of feedback."""

    __tablename__ = "feedback"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    message_id = sa.Column(sa.String(64), primary_key=True)
    timestamp = sa.Column(sa.Float, nullable=False)
    rating = sa.Column(sa.String(4), nullable=False)
    comment = sa.Column(sa.Text, nullable=False)


class ConversationStore(SQLTrackerStore):
    """Keeps conversations, gives them back as turns, and forgets them when told to."""

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

    @contextlib.contextmanager
    def session_scope(self) -> Iterator[Session]:
        """Give a session, as Rasa's store, but end no process at a `ValueError`."""
        with self.sessionmaker() as session:
            ensure_schema_exists(session)
            yield session

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Return what was said and replied, oldest first.

        A message that got no reply, because the server failed, is left out; sent again
        with the same id, it stands once.
        """
        with self.session_scope() as session:
            rows = (
                session.query(self.SQLEvent.data)
                .filter(
                    self.SQLEvent.sender_id == conversation,
                    self.SQLEvent.type_name.in_(("user", "bot")),
                )
                .order_by(self.SQLEvent.id)
            )
            turns = _turns_of([json.loads(data) for (data,) in rows])
            given = session.query(SQLFeedback).filter_by(sender_id=conversation)
            feedback = {row.message_id: _feedback_of(row) for row in given}
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
            for table in (self.SQLEvent, SQLFeedback):
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
        kept = datetime.timedelta(days=days)
        with self.session_scope() as session:
            said = session.query(self.SQLEvent.sender_id)
            if among is not None:
                said = said.filter_by(sender_id=among)
            old = said.group_by(self.SQLEvent.sender_id).having(
                newest < time.time() - kept.total_seconds()
            )
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


def _turns_of(events: Sequence[dict[str, Any]]) -> Iterator[Turn]:
    """Join each message with what was said after it, the last of each id alone."""
    said: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    replies: list[dict[str, Any]] = []
    for event in events:
        if event["event"] == "user":
            replies = []
            said.pop(event["message_id"], None)
            said[event["message_id"]] = (event, replies)
        else:
            replies.append(event)
    for message, replies in said.values():
        payloads = [reply["data"].get("custom") for reply in replies]
        payload = next(filter(None, payloads), None)
        if payload:
            yield Turn(
                message["message_id"],
                _iso(message["timestamp"]),
                message["metadata"].get("said") or message["text"],
                _reply_of(replies, payload),
            )


def _reply_of(
    replies: Sequence[dict[str, Any]], payload: dict[str, Any]
) -> dict[str, Any]:
    buttons = [it for reply in replies for it in reply["data"].get("buttons") or ()]
    return {
        "text": "\n".join(reply["text"] for reply in replies if reply["text"]),
        "buttons": [{key: it[key] for key in ("title", "payload")} for it in buttons],
        **payload,
    }


def _feedback_of(row: SQLFeedback) -> Feedback:
    return Feedback(row.rating, row.comment)


def _iso(timestamp: float) -> str:
    moment = datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc)
    return moment.isoformat(timespec="seconds")
