"""The tables of the store: Rasa's events, and what is kept beside them."""

import json
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from bot.store.turns import MESSAGE

SQLEvent = SQLTrackerStore.SQLEvent


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
    __table_args__ = (
        # What is sent twice, to two servers at that, is kept once.
        sa.Index("messages_once", "sender_id", "message_id", unique=True),
    )

    event_id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    sender_id = sa.Column(sa.String(255), nullable=False)
    message_id = sa.Column(sa.String(255), nullable=False)


class SQLStanding(SQLTrackerStore.Base):
    """The table of how conversations stand: their slots, and when a message came."""

    __tablename__ = "standings"

    sender_id = sa.Column(sa.String(255), primary_key=True)
    slots = sa.Column(sa.Text, nullable=False)
    said_at = sa.Column(sa.Float)


EVENTS = SQLEvent.__table__
MESSAGES = SQLMessage.__table__
STANDINGS = SQLStanding.__table__
FEEDBACK = SQLFeedback.__table__
# Lets servers that start at once make the tables one after the other.
_MAKING_TABLES = 1_512_181


def make_tables(engine: sa.engine.Engine) -> None:
    """Make the tables that are missing, and bring those of older versions up to date.

    Older versions of the server go on working with them.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING_TABLES)))
        SQLTrackerStore.Base.metadata.create_all(connection)
        _note_messages(connection)
        _keep_messages_once(connection)


def _note_messages(connection: sa.engine.Connection) -> None:
    """Note where the messages stand that were written before there was a table."""
    if connection.execute(sa.select(MESSAGES).limit(1)).first():
        return
    said = sa.select(EVENTS).where(EVENTS.c.type_name == MESSAGE)
    places = {}
    for row in connection.execute(said.order_by(EVENTS.c.id)):
        message = json.loads(row.data)["message_id"]
        places[row.sender_id, message] = row.id
    if places:
        rows = [
            {"event_id": place, "sender_id": sender, "message_id": message}
            for (sender, message), place in places.items()
        ]
        connection.execute(MESSAGES.insert(), rows)


def _keep_messages_once(connection: sa.engine.Connection) -> None:
    """Add the index that the table of messages was once made without."""
    [once] = MESSAGES.indexes
    if once.name in {
        it["name"] for it in sa.inspect(connection).get_indexes("messages")
    }:
        return
    # Sent again after a failure, a message stood there twice.
    latest = sa.select(sa.func.max(MESSAGES.c.event_id)).group_by(
        MESSAGES.c.sender_id, MESSAGES.c.message_id
    )
    connection.execute(MESSAGES.delete().where(MESSAGES.c.event_id.not_in(latest)))
    connection.execute(sa.text("DROP INDEX IF EXISTS messages_by_id"))
    once.create(connection)


def row_of(sender: str, event: dict[str, Any]) -> dict[str, Any]:
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
