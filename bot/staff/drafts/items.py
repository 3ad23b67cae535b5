"""The questions of an e-mail, each with what there is to say to it."""

from __future__ import annotations

import dataclasses

from bot.answering import Context
from bot.answering.reply import Kind
from bot.knowledge import Source
from bot.languages import Language
from bot.staff.assistant import Assistant


@dataclasses.dataclass(frozen=True)
class Alternative:
    """Another question that a sentence may ask.

    Attributes:
        topic: The id of its topic or gap.
        asks: It, in words.
    """

    topic: str
    asks: str


@dataclasses.dataclass(frozen=True)
class Item:
    """One question of an e-mail, and what there is to say to it.

    Attributes:
        sentence: The words that ask, as they stand in the e-mail.
        claim: Where they only ask whether it is true, the sentence before that says it.
        start: Offset of the first character of the words in the e-mail.
        end: Offset just after their last.
        kind: What sort of reply it is.
        text: The reply.
        sources: The passages that prove it.
        facts: Ids of the facts that it states.
        intent: What was understood.
        confidence: How surely (0-1).
        sure: Whether it may stand in a draft unasked.
        alternatives: What it may ask instead, where that is not sure.
        same_as: The place, from 0, of the item before that says the same, or None.
        place: Its place, from 0, among the questions of the e-mail.
    """

    sentence: str
    claim: str
    start: int
    end: int
    kind: Kind
    text: str
    sources: tuple[Source, ...]
    facts: tuple[str, ...]
    intent: str
    confidence: float
    sure: bool
    alternatives: tuple[Alternative, ...] = ()
    same_as: int | None = None
    place: int = 0

    @property
    def key(self) -> str:
        """What it is called while its draft is worked on."""
        return str(self.place)

    @property
    def is_in_draft(self) -> bool:
        """Whether it stands in a draft unless somebody decides otherwise."""
        told = self.kind in ("answer", "not_stated")
        return told and self.sure and self.same_as is None

    def chosen(self, topic: str, language: Language, assistant: Assistant) -> Item:
        """Return it as it is when it is known to ask about a topic or gap."""
        reply = assistant.told(topic, Context(language=language))
        return dataclasses.replace(
            self,
            kind=reply.kind,
            text=reply.text,
            sources=reply.sources,
            facts=reply.facts,
            sure=True,
            same_as=None,
        )


@dataclasses.dataclass(frozen=True)
class Draft:
    """What was made of an e-mail.

    Attributes:
        mail: The e-mail, with personal numbers and addresses masked.
        language: The language that it is answered in.
        sender: The first name that it is signed with, or nothing.
        items: Its questions, in order.
        urgent: Sentences by whose words somebody may be in danger.
        wants_human: Sentences that ask to be rung, met or answered by a human being.
    """

    mail: str
    language: Language
    sender: str
    items: tuple[Item, ...]
    urgent: tuple[str, ...] = ()
    wants_human: tuple[str, ...] = ()
