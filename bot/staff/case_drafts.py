"""Drafts of what the staff may answer in a case: what the robot would have said.

They are made when somebody looks at them, and kept nowhere.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answering import Context, Message, Reply
from bot.answering.reply import Kind
from bot.cases import Case, Line
from bot.intents import DISTRESS
from bot.knowledge import Source
from bot.languages import Language
from bot.staff.assistant import Assistant
from bot.staff.review.sureness import unsure_below
from bot.staff.titles import topic_title
from bot.store import ConversationStore

VERY_SURE = 0.95
"""How sure (0-1) an answer must be to be called very sure."""
# Other kinds are the robot's own small talk, which nobody would say for it.
_SAID_FOR_IT: tuple[Kind, ...] = ("answer", "not_stated", "out_of_scope")
_TO_A_PERSON = ("affirm", "deny")
# A message is understood by those just before it; by more of them it would take longer.
_MOST_BEFORE = 3


@dataclasses.dataclass(frozen=True)
class Choice:
    """A topic or gap that a message may be about, and what it is called."""

    topic: str
    title: str


@dataclasses.dataclass(frozen=True)
class CaseDraft:
    """What the robot would have answered to a message.

    Attributes:
        kind: What sort of reply it is.
        language: The language that it is in.
        text: What it says; empty where the robot has nothing to say there.
        sources: The passages that prove it.
        sureness: `very_sure`, `sure` or `unsure`; `chosen` where somebody chose it.
        choices: What the message may be about, where that is not plain.
        is_urgent: Whether the one who wrote it may be in distress.
    """

    kind: Kind
    language: Language
    text: str
    sources: tuple[Source, ...]
    sureness: str
    choices: tuple[Choice, ...]
    is_urgent: bool


def draft_for(
    assistant: Assistant,
    store: ConversationStore,
    case: Case,
    lines: Sequence[Line],
    topic: str = "",
) -> CaseDraft:
    """Return a draft of the answer to the last of some lines.

    Args:
        assistant: Understands and answers.
        store: Tells how the conversation stood when the case began.
        case: The case.
        lines: What the person has said in it so far, the oldest first.
        topic: A topic or gap to tell of, where somebody has chosen one.

    Raises:
        ModelError: There is no model, or it cannot be loaded.
    """
    *before, last = lines
    context = _context(store, case)
    for line in before[-_MOST_BEFORE:]:
        reply = _reply(assistant, line, context)
        # What it asked back about, nobody has seen.
        if reply and reply.kind in _SAID_FOR_IT:
            context = dataclasses.replace(reply.context, offered=())
    if topic:
        return _draft(assistant, assistant.told(topic, context), "chosen")
    reply = _reply(assistant, last, context)
    if reply is None:
        return CaseDraft("smalltalk", context.language, "", (), "sure", (), False)
    return _draft(assistant, reply, _sureness(reply))


def _reply(assistant: Assistant, line: Line, context: Context) -> Reply | None:
    """Return the robot's reply; None to a message that only says yes or no.

    That answers what one of the staff has asked, and nothing of the robot's.
    """
    message = Message.from_parse(assistant.parse(line.text))
    asked = tuple(it for it in message.questions if it.intent not in _TO_A_PERSON)
    if not asked:
        return None
    return assistant.answer(dataclasses.replace(message, questions=asked), context)


def _context(store: ConversationStore, case: Case) -> Context:
    """Return how the conversation with the robot stands, in the case's language."""
    kept = store.standing(case.sender_id)
    slots: Mapping[str, Any] = json.loads(kept[0]) if kept else {}
    return Context.from_slots({**slots, "language": case.language})


def _sureness(reply: Reply) -> str:
    if reply.confidence >= VERY_SURE:
        return "very_sure"
    return "sure" if reply.confidence >= unsure_below() else "unsure"


def _draft(assistant: Assistant, reply: Reply, sureness: str) -> CaseDraft:
    base, language = assistant.knowledge, reply.language
    is_said = reply.kind in _SAID_FOR_IT
    may_mean = reply.context.offered if reply.kind == "clarify" else ()
    return CaseDraft(
        kind=reply.kind,
        language=language,
        text=reply.text if is_said else "",
        sources=reply.sources if is_said else (),
        sureness=sureness,
        choices=tuple(Choice(it, topic_title(base, language, it)) for it in may_mean),
        is_urgent=reply.intent == DISTRESS,
    )
