"""What the assistant remembers of a conversation between two messages."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.languages import DEFAULT_LANGUAGE, LANGUAGES, Language

_MOST_TOLD = 12


@dataclasses.dataclass(frozen=True)
class Context:
    """The conversation so far.

    Attributes:
        language: The language of the last reply.
        intent: The intent of the last question that was answered.
        topic: The topic of the last answer.
        names: Ids of the names in focus.
        facts: Ids of the facts in the last answer.
        told: Topics told already, the latest last.
        offered: Topics and gaps that the last reply asked back about, in order.
    """

    language: Language = DEFAULT_LANGUAGE
    intent: str | None = None
    topic: str | None = None
    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> "Context":
        """Read the context from the tracker's slots, which may be unset."""
        language = slots.get("language")
        return cls(
            language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
            intent=slots.get("question_intent"),
            topic=slots.get("last_topic"),
            names=tuple(slots.get("names_in_focus") or ()),
            facts=tuple(slots.get("facts") or ()),
            told=tuple(slots.get("topics_told") or ()),
            offered=tuple(slots.get("offered") or ()),
        )

    def to_slots(self) -> dict[str, Any]:
        """Return the slots that hold this context."""
        return {
            "language": self.language,
            "question_intent": self.intent,
            "last_topic": self.topic,
            "names_in_focus": list(self.names),
            "facts": list(self.facts),
            "topics_told": list(self.told),
            "offered": list(self.offered),
        }

    def after(
        self, intent: str, topic: str, names: tuple[str, ...], facts: tuple[str, ...]
    ) -> "Context":
        """Return the context once a topic has been told."""
        told = (*(t for t in self.told if t != topic), topic)
        return dataclasses.replace(
            self,
            intent=intent,
            topic=topic,
            names=names or self.names,
            facts=facts,
            told=told[-_MOST_TOLD:],
        )
