"""Conversations as they are read: turns, put together of Rasa's events."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from rasa.shared.core.events import BotUttered, UserUttered

Rating = Literal["up", "down"]
MESSAGE, REPLY = UserUttered.type_name, BotUttered.type_name
"""The kinds of events that a message and a reply are."""


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


def turns_of(events: Iterable[dict[str, Any]]) -> Iterator[Turn]:
    """Join each message with what was said after it, the last of each id alone.

    A message that got no reply, because the server failed, is left out.

    Args:
        events: Those of kind `user` and `bot`, oldest first, as Rasa writes them.
    """
    said: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    replies: list[dict[str, Any]] = []
    for event in events:
        if event["event"] == MESSAGE:
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


def _iso(timestamp: float) -> str:
    moment = datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc)
    return moment.isoformat(timespec="seconds")
