"""What a proposal would change in the content: examples, conversations and a gap."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from bot.answering.reply import Kind
from bot.languages import Language


@dataclasses.dataclass(frozen=True)
class Example:
    """A sentence to learn from.

    Attributes:
        intent: What it asks.
        language: The language that it is written in.
        text: The sentence.
    """

    intent: str
    language: Language
    text: str


@dataclasses.dataclass(frozen=True)
class Step:
    """A message of a scripted conversation, and what must hold for the reply.

    Attributes:
        user: The message.
        kind: The kind of reply that is right; empty where nothing is expected.
        language: The language of that reply; empty where it is left open.
        topic: The topic or gap that it must tell; empty where that is left open.
        facts: Ids of facts that it must state.
    """

    user: str
    kind: Kind | str = ""
    language: str = ""
    topic: str = ""
    facts: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Conversation:
    """A scripted conversation: its name, a sentence, and what is said."""

    name: str
    steps: tuple[Step, ...]


@dataclasses.dataclass(frozen=True)
class NewGap:
    """Something that people ask and the announcement does not say.

    Attributes:
        id: `gap.` and a word.
        nearby: The topic that is told instead.
        intent: An intent of its own, which the content does not have yet; or empty.
        answers: Pairs of a subject and an attribute that lead to it.
        words: What is not said, by language, to follow "the announcement does not say".
        questions: The question on a button, by language; none where there is none.
    """

    id: str
    nearby: str = ""
    intent: str = ""
    answers: tuple[str, ...] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    questions: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Changes:
    """All that a proposal would change.

    Attributes:
        examples: Sentences to learn from.
        conversations: Scripted conversations to hold the assistant to.
        gap: A new gap, or None.
    """

    examples: tuple[Example, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    gap: NewGap | None = None

    def to_json(self) -> str:
        """Return the changes as they are kept."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "Changes":
        """Return the changes that `to_json` wrote."""
        read: dict[str, Any] = json.loads(written)
        gap = read["gap"]
        return cls(
            examples=tuple(Example(**each) for each in read["examples"]),
            conversations=tuple(
                Conversation(
                    each["name"],
                    tuple(
                        Step(**{**step, "facts": tuple(step["facts"])})
                        for step in each["steps"]
                    ),
                )
                for each in read["conversations"]
            ),
            gap=gap and NewGap(**{**gap, "answers": tuple(gap["answers"])}),
        )
