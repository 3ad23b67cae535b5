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
    """The table of messages: where each stands among the events, and what is known.

    Of what an older server wrote, no more is known than where it stands, until it is
    filled in (`bot/store/filling.py`).

    Attributes:
        said_at: When it was said; empty where it is not filled in.
        text: What the person saw as their message: for a button its title.
        kind: Of the reply, as all the rest; empty where there was none.
        topic: The topic or gap that the button asked for, or that was told.
        intent: What was understood.
        language: The language of the reply.
        confidence: How surely it was understood (0-1).
        origin: The channel it came by: `web`, `rest`, `test`, `staff` or `demo`.
        took: Seconds from the receipt of the message to its reply.
        pressed: Whether it was a button.
    """

    __tablename__ = "messages"
    __table_args__ = (
        # What is sent twice, to two servers at that, is kept once.
        sa.Index("messages_once", "sender_id", "message_id", unique=True),
        sa.Index("messages_by_kind", "kind", "said_at"),
        sa.Index("messages_by_language", "language"),
        sa.Index("messages_by_origin", "origin", "said_at"),
        # Those that figures are counted by hold all that is counted, in its order.
        sa.Index("messages_by_time", "said_at", "origin", "kind", "took"),
        sa.Index("messages_by_sender", "sender_id", "said_at", "origin", "kind"),
        sa.Index(
            "messages_by_what",
            *("kind", "topic", "intent", "pressed"),
            *("language", "origin", "said_at"),
        ),
    )

    event_id = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    sender_id = sa.Column(sa.String(255), nullable=False)
    message_id = sa.Column(sa.String(255), nullable=False)
    said_at = sa.Column(sa.Float)
    text = sa.Column(sa.Text)
    kind = sa.Column(sa.String(32))
    topic = sa.Column(sa.Text)
    intent = sa.Column(sa.Text)
    language = sa.Column(sa.String(32))
    confidence = sa.Column(sa.Float)
    origin = sa.Column(sa.String(255))
    took = sa.Column(sa.Float)
    pressed = sa.Column(sa.Boolean)


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
