"""What the assistant remembers of a conversation between two messages."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.answering.question import Message
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
        """Read the context from the tracker's slots, which may be unset."""
        language = slots.get("language")
        place = slots.get("place_in_list")
        return cls(
            language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
            pair=slots.get("last_pair"),
            topic=slots.get("last_topic"),
            names=tuple(slots.get("names_in_focus") or ()),
            facts=tuple(slots.get("facts") or ()),
            told=tuple(slots.get("topics_told") or ()),
            listed=tuple(slots.get("listed") or ()),
            place=None if place is None else int(place),
            spoken_of=tuple(slots.get("spoken_of") or ()),
            offered=tuple(slots.get("offered") or ()),
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
