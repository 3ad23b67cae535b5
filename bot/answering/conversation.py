"""What the assistant remembers of a conversation between two messages."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.answering.question import Message
from bot.knowledge import KnowledgeBase
from bot.languages import DEFAULT_LANGUAGE, LANGUAGES, Language

_MOST_TOLD = 12
_MOST_SPOKEN_OF = 6
_SURE_OF_WRITTEN_FORM = 0.9


@dataclasses.dataclass(frozen=True)
class Context:
    """The conversation so far.

    Attributes:
        language: The language of the last reply.
        pair: The subject and attribute of the last question that was answered.
        topic: The topic or gap of the last answer.
        names: Ids of the names in focus.
        facts: Ids of the facts in the last answer.
        told: Topics told already, the latest last.
        listed: Ids of what was listed last, in that order.
        place: The place in that list of the one spoken of last, from 0, or None.
        spoken_of: Ids of those spoken of one at a time, the latest last.
        offered: Topics and gaps that the last reply asked back about, in order.
    """

    language: Language = DEFAULT_LANGUAGE
    pair: str | None = None
    topic: str | None = None
    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    place: int | None = None
    spoken_of: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> "Context":
        """Read the context from the tracker's slots, without what is unset or odd.

        Slots may have been set over HTTP, or by another version.
        """
        language = slots.get("language")
        place = slots.get("place_in_list")
        return cls(
            language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
            pair=_text(slots.get("last_pair")),
            topic=_text(slots.get("last_topic")),
            names=_texts(slots.get("names_in_focus")),
            facts=_texts(slots.get("facts")),
            told=_texts(slots.get("topics_told")),
            listed=_texts(slots.get("listed")),
            place=place if isinstance(place, int) else None,
            spoken_of=_texts(slots.get("spoken_of")),
            offered=_texts(slots.get("offered")),
        )

    def within(self, base: KnowledgeBase) -> "Context":
        """Return the context without what the knowledge base does not hold."""
        records = {**base.topics, **base.gaps}
        facts = {**base.facts, **base.derived}
        things = {**base.names, **base.values}
        listed = tuple(thing for thing in self.listed if thing in things)
        place = self.place if listed == self.listed else None
        return dataclasses.replace(
            self,
            topic=self.topic if self.topic in records else None,
            names=tuple(name for name in self.names if name in base.names),
            facts=tuple(fact for fact in self.facts if fact in facts),
            told=tuple(topic for topic in self.told if topic in records),
            listed=listed,
            place=place if place in range(len(listed)) else None,
            spoken_of=tuple(name for name in self.spoken_of if name in base.names),
            offered=tuple(topic for topic in self.offered if topic in records),
        )

    def to_slots(self) -> dict[str, Any]:
        """Return the slots that hold this context."""
        return {
            "language": self.language,
            "last_pair": self.pair,
            "last_topic": self.topic,
            "names_in_focus": list(self.names),
            "facts": list(self.facts),
            "topics_told": list(self.told),
            "listed": list(self.listed),
            "place_in_list": self.place,
            "spoken_of": list(self.spoken_of),
            "offered": list(self.offered),
        }

    @property
    def attribute(self) -> str:
        """What was asked last, of whomever it was; empty at the beginning."""
        return (self.pair or "").partition(".")[2]

    def after(
        self,
        topic: str,
        facts: tuple[str, ...],
        *,
        pair: str | None = None,
        names: tuple[str, ...] = (),
        listed: tuple[str, ...] = (),
    ) -> "Context":
        """Return the context once a topic or gap has been told.

        Args:
            topic: Its id.
            facts: The facts that were stated.
            pair: What was asked; as before when left out.
            names: Ids of whom it was about; as before when there are none.
            listed: What it listed; as before when it listed nothing.
        """
        listed = listed or self.listed
        one = names[0] if len(names) == 1 else None
        named = names if len(names) <= 2 else ()
        spoken_of = (*(n for n in self.spoken_of if n not in named), *named)
        told = (*(t for t in self.told if t != topic), topic)
        place = listed.index(one) if one in listed else None
        return dataclasses.replace(
            self,
            pair=pair or self.pair,
            topic=topic,
            names=names or self.names,
            facts=facts,
            told=told[-_MOST_TOLD:],
            listed=listed,
            place=place,
            spoken_of=spoken_of[-_MOST_SPOKEN_OF:],
        )


def language_of_reply(message: Message, context: Context) -> Language:
    """Return the message's language, or the conversation's where it is not plain.

    Bokmål and Nynorsk share so many words that a conversation changes from the one to
    the other only for a message that is surely in it.
    """
    if message.language is None:
        return context.language
    between_norwegians = {message.language, context.language} == {"nb", "nn"}
    unsure = message.language_confidence < _SURE_OF_WRITTEN_FORM
    if between_norwegians and unsure and context.topic is not None:
        return context.language
    return message.language


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(filter(_text, value)) if isinstance(value, (list, tuple)) else ()
