"""Writes conversations into a store, as a server does, without a trained model."""

import time
from typing import Any

from bot.store import ConversationStore, Feedback
from bot.store.tables import EVENTS, MESSAGES, STANDINGS, row_of

DAY = 24 * 60 * 60


def parsed(text: str, intent: str, confidence: float, language: str) -> dict[str, Any]:
    """Return what the pipeline makes of a text that asks one thing."""
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": [],
        "language": language,
        "language_confidence": 1.0,
        "questions": [
            {
                "text": text,
                "start": 0,
                "end": len(text),
                "intent": intent,
                "confidence": confidence,
                "alternatives": [],
                "familiar": [],
            }
        ],
        "scope": {"outside": 0.1, "unexplained": 0.2, "words": []},
    }


def say(
    store: ConversationStore,
    conversation: str,
    text: str,
    *,
    reply: str = "Et svar.",
    kind: str = "answer",
    intent: str = "ask_grant_amount",
    topic: str | None = None,
    language: str = "nb",
    confidence: float = 0.99,
    origin: str = "web",
    days_ago: float = 0,
    presses: str = "",
    buttons: tuple[tuple[str, str], ...] = (),
    quotes: tuple[str, ...] = (),
    thumb: str = "",
    comment: str = "",
) -> int:
    """Write a message and its reply.

    Args:
        store: Where.
        conversation: The conversation.
        text: What was said; of a button its title.
        reply: What was replied.
        kind: The kind of the reply.
        intent: What was understood.
        topic: The topic that was told, or that a button asked for.
        language: The language of both.
        confidence: How surely it was understood.
        origin: The channel.
        days_ago: When.
        presses: The payload of the button that it is.
        buttons: Title and payload of each button that the reply offers.
        quotes: The passages that prove the reply.
        thumb: `up` or `down`, if it was rated.
        comment: What was written with it.

    Returns:
        Where the message stands.
    """
    moment = time.time() - days_ago * DAY
    parse = parsed(presses or text, intent, confidence, language)
    payload = {
        "kind": kind,
        "language": language,
        "facts": [],
        "sources": [{"quote": it, "start": 0, "end": len(it)} for it in quotes],
        "intent": intent,
        "confidence": confidence,
        "links": [],
    }
    shown = [{"title": title, "payload": sent} for title, sent in buttons]
    with store.engine.begin() as connection:
        number = connection.execute(EVENTS.select()).all()
        message = f"message-{len(number)}"
        said = {
            "event": "user",
            "timestamp": moment,
            "text": presses or text,
            "message_id": message,
            "metadata": {"said": text} if presses else {},
            "parse_data": {} if presses else parse,
            "input_channel": origin,
        }
        told = {"event": "bot", "timestamp": moment, "text": reply}
        custom = {"event": "bot", "timestamp": moment, "text": None}
        (place,) = connection.execute(
            EVENTS.insert(), row_of(conversation, said)
        ).inserted_primary_key
        for event, data in ((told, {"buttons": shown}), (custom, {"custom": payload})):
            row = row_of(conversation, {**event, "data": data})
            connection.execute(EVENTS.insert(), row)
        connection.execute(
            MESSAGES.insert(),
            {
                "event_id": place,
                "sender_id": conversation,
                "message_id": message,
                "said_at": moment,
                "text": text,
                "kind": kind,
                "topic": topic,
                "intent": intent,
                "language": language,
                "confidence": confidence,
                "origin": origin,
                "took": 0.03,
                "pressed": bool(presses),
            },
        )
        its = STANDINGS.c.sender_id == conversation
        connection.execute(STANDINGS.delete().where(its))
        standing = {"sender_id": conversation, "slots": "{}", "said_at": moment}
        connection.execute(STANDINGS.insert(), standing)
    if thumb:
        store.rate(conversation, message, Feedback(thumb, comment))
    return int(place)
