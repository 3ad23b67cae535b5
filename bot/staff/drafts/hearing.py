"""What is understood of one reading of a sentence, and what it is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.answering import Context, Message, Reply
from bot.intents import DISTRESS
from bot.staff.assistant import Assistant

_TELLING = ("answer", "not_stated")


@dataclasses.dataclass(frozen=True)
class Heard:
    """A reading of a sentence, what was understood of it and what it is told.

    Attributes:
        text: The reading.
        intents: What it may ask, likeliest first.
        entities: The names that stand in it, as Rasa tells them.
        reply: The reply to it.
        ranking: The likeliest intents, each with how sure (0-1) it is.
    """

    text: str
    intents: tuple[str, ...]
    entities: tuple[Mapping[str, Any], ...]
    reply: Reply
    ranking: tuple[tuple[str, float], ...]

    @property
    def tells(self) -> bool:
        """Whether the reply is to a question about the announcement."""
        return self.reply.kind in _TELLING

    @property
    def topic(self) -> str:
        """The topic or gap that was told."""
        return (self.reply.context.topic or "") if self.tells else ""


def heard_as(assistant: Assistant, text: str, context: Context) -> Heard:
    """Return what is understood of a text, told in the language of the context."""
    parse = assistant.parse(text)
    message = dataclasses.replace(
        Message.from_parse(_without_distress(parse)),
        language=context.language,
        language_confidence=1.0,
        left_out=(),
        # It is a part of an e-mail.
        text="",
    )
    reply = assistant.answer(message, context)
    found = parse.get("intent_ranking") or ()
    ranking = tuple((each["name"], each["confidence"]) for each in found)
    first = message.questions[0]
    ranked = (name for name, _ in ranking)
    intents = tuple(dict.fromkeys((first.intent, *first.alternatives, *ranked)))
    entities = tuple(parse.get("entities") or ())
    return Heard(text, intents, entities, reply, ranking)


def _without_distress(parse: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was found in a sentence, with another intent than distress.

    A sentence out of its e-mail may sound as if somebody were in danger: whether
    somebody is, is asked of the e-mail.
    """
    questions = [
        {
            **part,
            "intent": next(iter(part["alternatives"]), ""),
            "alternatives": part["alternatives"][1:],
            "confidence": 0.0,
        }
        if part["intent"] == DISTRESS
        else part
        for part in parse.get("questions") or ()
    ]
    return {**parse, "questions": questions}
