"""What is known of each message, read off the events of its turn."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.intents import ASK_TOPIC, SOMETHING_ELSE
from bot.store.turns import MESSAGE, REPLY

KNOWN = (
    *("said_at", "text", "kind", "topic", "intent"),
    *("language", "confidence", "origin", "took", "pressed"),
)
"""The columns of `messages` that this module fills."""
NOT_OF_PEOPLE = ("test", "staff")
"""The origins of messages that nobody has sent who came to ask something."""
# Replies that tell a topic or a gap, which the slot then holds.
_TELLING = ("answer", "not_stated")
TOPIC_SLOT = "last_topic"
"""The slot that holds the topic or gap that was told last."""
SLOT, SESSION = "slot", "session_started"
"""The kinds of events that change it."""


def known_of(
    events: Iterable[Mapping[str, Any]],
    topic: Any = None,
    took: float | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield what is known of each message, by column.

    Args:
        events: What happened, oldest first, as Rasa writes it.
        topic: The slot of the topic told last, where no event sets it.
        took: Seconds from the receipt of the last message to its reply.
    """
    message: Mapping[str, Any] | None = None
    payload: Mapping[str, Any] = {}
    topic = _text(topic)
    for event in events:
        kind = event["event"]
        if kind == MESSAGE:
            if message is not None:
                yield _row(message, payload, topic)
            message, payload = event, {}
        elif kind == REPLY and not payload:
            payload = (event.get("data") or {}).get("custom") or {}
        elif kind == SLOT and event.get("name") == TOPIC_SLOT:
            topic = _text(event.get("value"))
        elif kind == SESSION:
            topic = None
    if message is not None:
        yield {**_row(message, payload, topic), "took": took}


def _row(
    message: Mapping[str, Any], payload: Mapping[str, Any], told: str | None
) -> dict[str, Any]:
    parse = message.get("parse_data") or {}
    understood = (parse.get("intent") or {}).get("name")
    said = (message.get("metadata") or {}).get("said")
    text = message.get("text") or ""
    pressed = understood in (ASK_TOPIC, SOMETHING_ELSE) and text.startswith("/")
    kind = payload.get("kind")
    told = told if kind in _TELLING else None
    return {
        "said_at": message.get("timestamp") or 0.0,
        "text": _storable(said or text),
        "kind": kind,
        "topic": _storable(_asked_for(parse) if pressed else told),
        "intent": _storable(payload.get("intent") or understood),
        "language": payload.get("language"),
        "confidence": payload.get("confidence"),
        "origin": message.get("input_channel"),
        "took": None,
        "pressed": pressed,
    }


def _asked_for(parse: Mapping[str, Any]) -> str | None:
    """Return the topic that a button asked for; one for something else has none."""
    for entity in parse.get("entities") or ():
        if entity.get("entity") == "topic":
            return str(entity["value"])
    return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _storable(text: str | None) -> str | None:
    """Return a text that any database takes, whatever an older version let through."""
    if text is None or text.isascii():
        return text and text.replace("\0", "\ufffd")
    whole = text.encode("utf-8", errors="replace").decode("utf-8")
    return whole.replace("\0", "\ufffd")
