"""Takes in what people send, on every channel: the one place that cleans it.

Rasa takes a message that begins with a slash for a command: an intent with entities of
the sender's choice, or a restart. Here a message is text, and what Rasa is told of it
is understood from the text; only the payload of a button that exists is more.
"""

import json
import re
import unicodedata
from collections.abc import Collection
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.intents import ASK_TOPIC, EMPTY, SOMETHING_ELSE, TOO_LONG
from bot.privacy import masked

# Stands for a letter that no encoding can hold, such as half of a pair.
_UNREADABLE = "\ufffd"
LONGEST_PAYLOAD = 200
"""Characters of a button's payload; the id of a topic is far shorter."""
_COMMAND = re.compile(r"\A[\s/]+")


class TakenIn(UserMessage):
    """A message that is clean: text, or with its meaning as `parse_data`."""


class Intake:
    """Makes messages of what people send."""

    def __init__(self, topics: Collection[str], longest: int) -> None:
        """Take what a message is held to.

        Args:
            topics: The topics and gaps that a button can ask for.
            longest: Characters that are read of a message.
        """
        self._topics = topics
        self._longest = longest

    def text(self, text: str, **fields: Any) -> TakenIn:
        """Return the message that a text is, whatever it looks like.

        Text without a letter or digit, and text that is too long, have an intent of
        their own; of the latter nothing is kept.

        Args:
            text: What somebody wrote.
            fields: What else Rasa knows of a message: who sent it, on which channel.
        """
        if len(text) > self._longest:
            return _meant(TOO_LONG, f"/{TOO_LONG}", **fields)
        clean = cleaned(text)
        bare = _COMMAND.sub("", clean)
        if not any(letter.isalnum() for letter in bare):
            return _meant(EMPTY, f"/{EMPTY}", said=clean or " ", **fields)
        return TakenIn(bare, **fields)

    def pressed(self, payload: str, title: str = "", **fields: Any) -> TakenIn | None:
        """Return the message that a button is, or None where there is none such.

        Args:
            payload: The payload of the button.
            title: What stands on it, to be shown in its place.
            fields: As for a text.
        """
        said = {"said": title} if title else {}
        if payload == f"/{SOMETHING_ELSE}":
            return _meant(SOMETHING_ELSE, payload, **said, **fields)
        topic = self._asked_for(payload)
        if topic is None:
            return None
        return _meant(ASK_TOPIC, payload, topic=topic, **said, **fields)

    def taken_in(self, message: UserMessage) -> TakenIn:
        """Return a message of any channel, clean; a channel's buttons come as text."""
        if isinstance(message, TakenIn):
            return message
        fields = {
            "output_channel": message.output_channel,
            "sender_id": message.sender_id,
            "input_channel": message.input_channel,
            "message_id": message.message_id,
        }
        text = message.text or ""
        return self.pressed(text, **fields) or self.text(text, **fields)

    def _asked_for(self, payload: str) -> str | None:
        """Return the topic that a button asks for, written as replies write it."""
        if len(payload) > LONGEST_PAYLOAD:
            return None
        command, brace, rest = payload.partition("{")
        if command != f"/{ASK_TOPIC}":
            return None
        try:
            asked = json.loads(brace + rest)
        except ValueError:
            return None
        topic = asked.get("topic")
        known = isinstance(topic, str) and topic in self._topics
        return topic if known and len(asked) == 1 else None


def cleaned(text: str, leaving: tuple[str, ...] = ()) -> str:
    """Return a text without control characters and personal numbers and addresses.

    What may be such a number is left out here already, so that it is neither stored
    nor said back. That comes first: a control character may hide in one.

    Args:
        text: What somebody has written.
        leaving: The kinds of numbers and addresses that stay.
    """
    return "".join(map(_plain, masked(text, leaving))).strip()


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cs":
        return _UNREADABLE
    return letter if letter == "\n" or category[0] != "C" else " "


def _meant(
    intent: str, text: str, said: str = "", topic: str | None = None, **fields: Any
) -> TakenIn:
    """Return a message whose meaning is known, as Rasa writes that of a command."""
    meaning = {"name": intent, "confidence": 1.0}
    entities = [] if topic is None else [{"entity": "topic", "value": topic}]
    parse = {
        "text": text,
        "intent": meaning,
        "intent_ranking": [meaning],
        "entities": entities,
    }
    metadata = {"said": said} if said else {}
    return TakenIn(text, parse_data=parse, metadata=metadata, **fields)
