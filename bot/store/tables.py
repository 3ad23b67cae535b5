"""The tables of the store: Rasa's events, and what is kept beside them."""

import json
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

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


EVENTS = SQLEvent.__table__
MESSAGES = SQLMessage.__table__
STANDINGS = SQLStanding.__table__
FEEDBACK = SQLFeedback.__table__


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
