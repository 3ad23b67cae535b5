"""What was understood of a message, as the answering needs it."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.intents import FALLBACK
from bot.languages import LANGUAGES, Language
from bot.privacy import placeholders_in, without_placeholders


@dataclasses.dataclass(frozen=True)
class Question:
    """One question of a message.

    Attributes:
        text: The part of the message that it stands in.
        intent: What is asked.
        confidence: How surely that was understood (0-1).
        names: Ids of the names in it, in order, each once.
        unknown: Names in it that the knowledge base does not hold, as written.
        alternatives: Other intents that it could be, likeliest first.
        topic: The topic of the button that it is, pressed or in its words, else None.
        bare: It is a name and nothing else.
        familiar: Folded words of it that many examples of its intent ask with.
    """

    text: str
    intent: str
    confidence: float
    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    topic: str | None = None
    bare: bool = False
    familiar: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Message:
    """One message.

    Attributes:
        questions: What it asks; at least one.
        language: The language it is in, or None where that was not plain.
        language_confidence: How surely (0-1).
        left_out: The placeholders in it, one for each kind of personal number or
            address that was left out.
        text: All of it, where it stands by itself.
    """

    questions: tuple[Question, ...]
    language: Language | None = None
    language_confidence: float = 1.0
    left_out: tuple[str, ...] = ()
    text: str = ""

    @property
    def asks_more(self) -> bool:
        """Whether there is more than what was left out, and one word that names it.

        `tlf` before a number asks for none. A name by itself does ask.
        """
        texts = (without_placeholders(q.text) for q in self.questions)
        words = [word for text in texts for word in text.split()]
        said = [word for word in words if any(letter.isalpha() for letter in word)]
        return len(said) > 1 or any(q.names for q in self.questions)

    @classmethod
    def from_parse(cls, parse: Mapping[str, Any]) -> "Message":
        """Read what Rasa's pipeline found.

        Args:
            parse: `tracker.latest_message`. Besides Rasa's own fields it may hold
                `questions` (a list of `text`, `start`, `end` and `intent`) and
                `language`, which the project's components add.

        Returns:
            The message. With no `questions` (a button was pressed, or the text was
            empty) it has one question, from Rasa's own intent.
        """
        entities = list(parse.get("entities") or [])
        text = parse.get("text") or ""
        whole = {"text": text, "start": 0, "end": len(text), **_whole(parse)}
        parts = parse.get("questions") or [whole]
        if whole["intent"] == FALLBACK:
            parts = [_unsure(parts[0])]
        language = parse.get("language")
        return cls(
            questions=tuple(_question(part, entities) for part in parts),
            language=language if language in LANGUAGES else None,
            language_confidence=float(parse.get("language_confidence") or 1.0),
            left_out=placeholders_in(text),
            text=text,
        )


def _whole(parse: Mapping[str, Any]) -> dict[str, Any]:
    intent = parse.get("intent") or {}
    ranking = parse.get("intent_ranking") or []
    return {
        "intent": intent.get("name") or "",
        "confidence": float(intent.get("confidence") or 0.0),
        "alternatives": [other["name"] for other in ranking[1:3]],
    }


def _unsure(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question that was understood too unsurely to be taken for anything."""
    likely = [part["intent"], *(part.get("alternatives") or ())]
    return {
        **part,
        "intent": FALLBACK,
        "alternatives": [intent for intent in likely if intent != FALLBACK],
    }


def _question(part: Mapping[str, Any], entities: list[Any]) -> Question:
    inside = [
        entity
        for entity in entities
        if part["start"] <= entity.get("start", part["start"])
        and entity.get("end", part["end"]) <= part["end"]
    ]

    def values(kind: str) -> tuple[str, ...]:
        found = (entity["value"] for entity in inside if entity["entity"] == kind)
        return tuple(dict.fromkeys(found))

    return Question(
        text=part["text"],
        intent=part["intent"],
        confidence=part["confidence"],
        names=values("name"),
        unknown=values("unknown_name"),
        alternatives=tuple(part.get("alternatives") or ()),
        topic=next(iter(values("topic")), None),
        bare=_is_bare(part, [e for e in inside if e["entity"] == "name"]),
        familiar=frozenset(part.get("familiar") or ()),
    )


def _is_bare(part: Mapping[str, Any], names: list[Any]) -> bool:
    """Tell whether a part of a message holds letters and digits in names alone."""
    rest = list(part["text"])
    for name in names:
        if "start" in name:
            start, end = name["start"] - part["start"], name["end"] - part["start"]
            rest[start:end] = " " * (end - start)
    return bool(names) and not any(letter.isalnum() for letter in rest)
