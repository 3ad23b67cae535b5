"""A reply as every channel carries it."""

import dataclasses
from typing import Any, Literal, get_args

from bot.answering.blocks import Block
from bot.answering.conversation import Context
from bot.knowledge import Source
from bot.languages import Language
from bot.links import Link

Kind = Literal[
    "answer", "not_stated", "out_of_scope", "smalltalk", "handover", "clarify"
]
"""The kinds of replies."""
RELAYED = "relayed"
"""The kind of the payload in a reply's place, where a person answers."""
KINDS: tuple[str, ...] = (*get_args(Kind), RELAYED)
"""The kinds of payloads."""
PERSON = "person"
"""What a reply may offer."""


@dataclasses.dataclass(frozen=True)
class Button:
    """A question to press: its title, and the message that is sent."""

    title: str
    payload: str


@dataclasses.dataclass(frozen=True)
class Reply:
    """What is said to one message.

    Attributes:
        kind: What sort of reply it is.
        language: The language of its text.
        text: What the person reads.
        facts: Ids of the facts that the text states.
        sources: The passages that prove them.
        intent: What was understood.
        confidence: How surely (0-1).
        buttons: Questions that come naturally next.
        context: The conversation from here on.
        links: Contact addresses that stand in the text.
        blocks: What is said and its proof, as what each piece of it is.
        offer: `person` where the staff of the service can be reached and somebody may
            want to; empty otherwise.
    """

    kind: Kind
    language: Language
    text: str
    facts: tuple[str, ...]
    sources: tuple[Source, ...]
    intent: str
    confidence: float
    buttons: tuple[Button, ...]
    context: Context
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    offer: str = ""

    def payload(self) -> dict[str, Any]:
        """Return the payload that goes with the text, ready for JSON."""
        offered = {"offer": self.offer} if self.offer else {}
        return {
            "kind": self.kind,
            "language": self.language,
            "facts": list(self.facts),
            "sources": [dataclasses.asdict(source) for source in self.sources],
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "links": [dataclasses.asdict(link) for link in self.links],
            "blocks": list(self.blocks),
            **offered,
        }
