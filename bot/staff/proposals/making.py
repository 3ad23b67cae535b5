"""Makes proposals, changes what they say, and turns them down."""

# Longer than other modules: the ways to make one, and what is refused on each.

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from bot.intents import OUTSIDE
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import Language
from bot.privacy import masked
from bot.settings import content_dir
from bot.staff.proposals.changes import Changes, Conversation, Example, NewGap, Step
from bot.staff.proposals.checking import LONGEST_SENTENCE, problems
from bot.staff.proposals.edits import free_name
from bot.staff.proposals.records import (
    CHANGEABLE,
    JOINABLE,
    Proposal,
    Proposals,
    Status,
)
from bot.staff.proposals.refusals import RefusedError
from bot.store import ConversationStore

# What a new gap brings along itself.
_MADE_BY_A_GAP = ("unknown_topic", "unknown_intent")


def make_proposal(
    store: ConversationStore,
    *,
    author: str,
    sender_id: str | None,
    message_id: str | None,
    example: str,
    test_sentence: str,
    language: Language,
    topic: str | None = None,
    gap: NewGap | None = None,
    intent: str | None = None,
    before: Sequence[str] = (),
) -> int:
    """Make a proposal of one sentence, and return its number.

    One that names a gap which another draft or open proposal makes is added to that.

    Args:
        store: Keeps it.
        author: The id of who makes it.
        sender_id: The conversation that it came of.
        message_id: The message there.
        example: The sentence to learn from, redacted.
        test_sentence: Another sentence that asks the same, for a scripted conversation.
        language: The language of both.
        topic: The topic or gap that answers them.
        gap: A new gap in its place; it may still lack its words.
        intent: What the example asks; when left out, what leads to the topic. With
            neither topic nor gap, what is said is small talk or none of the business.
        before: Messages that lead up to the test sentence.

    Raises:
        RefusedError: A sentence cannot be used, or nothing leads to the topic.
    """
    if not author:
        raise RefusedError("nobody")
    folder, base = content_dir(), load_knowledge()
    example, test_sentence = example.strip(), test_sentence.strip()
    if gap is not None:
        topic = gap.id
        intent = intent or gap.intent or _intent_of_pairs(base, gap.answers)
    elif topic is not None and topic not in {*base.topics, *base.gaps}:
        raise RefusedError("unknown_topic", topic=topic)
    elif topic is not None:
        intent = intent or next(iter(intents_for(base, topic)), None)
    if intent is None:
        raise RefusedError("no_intent", topic=topic or "-")
    test = Step(test_sentence, _kind(base, topic, intent), language, topic or "")
    steps = (*(Step(text.strip()) for text in before), test)
    changes = Changes(
        (Example(intent, language, example),),
        (Conversation(free_name(test_sentence, ()), steps),),
        gap,
    )
    sentences = dataclasses.replace(changes, gap=None) if gap else changes
    for problem in problems(folder, base, sentences):
        if gap is None or problem.reason not in _MADE_BY_A_GAP:
            raise problem
    _require_impersonal(folder, base, changes)
    proposals = Proposals(store)
    there = gap and _of_same_gap(proposals, gap)
    if there:
        return _joined(proposals, there, author, changes, sender_id).id
    return proposals.add(
        author=author,
        title=example,
        changes=changes,
        status=_status(folder, base, changes),
        sender_id=sender_id,
        message_id=message_id,
    )


def propose_test(
    store: ConversationStore,
    *,
    author: str,
    sender_id: str | None,
    steps: Sequence[Step],
) -> int:
    """Make a proposal of a scripted conversation alone, and return its number.

    Raises:
        RefusedError: A message of it cannot be used.
    """
    name = free_name(next((step.user for step in steps), ""), ())
    changes = Changes(conversations=(Conversation(name, tuple(steps)),))
    found = problems(content_dir(), load_knowledge(), changes)
    if found:
        raise found[0]
    return Proposals(store).add(
        author=author, title=name, changes=changes, status="open", sender_id=sender_id
    )


def change(
    store: ConversationStore, number: int, person: str, title: str, changes: Changes
) -> Proposal:
    """Change what a proposal says; what was found by trying it no longer holds.

    Raises:
        RefusedError: It cannot be changed any more, or it holds somebody's number.
    """
    proposals = Proposals(store)
    proposal = proposals.get(number)
    _require(proposal, person, CHANGEABLE)
    folder, base = content_dir(), load_knowledge()
    _require_impersonal(folder, base, changes)
    return proposals.save(
        proposal,
        title=masked(title.strip())[:LONGEST_SENTENCE] or proposal.title,
        changes=changes,
        changed_by=person,
        status=_status(folder, base, changes),
        trial=None,
    )


def reject(store: ConversationStore, number: int, person: str, reason: str) -> Proposal:
    """Reject a proposal.

    Raises:
        RefusedError: There is no reason, or it cannot be rejected any more.
    """
    proposals = Proposals(store)
    proposal = proposals.get(number)
    _require(proposal, person, CHANGEABLE)
    if not reason.strip():
        raise RefusedError("no_reason")
    return proposals.save(
        proposal, status="rejected", reason=masked(reason.strip()), approver=person
    )


def intents_for(base: KnowledgeBase, topic: str) -> list[str]:
    """Return the intents that lead to a topic or gap, the likeliest first.

    Its own come first, then those that ask for one of its attributes of something
    else, then those of which a route leads there.
    """
    record = base.topics.get(topic) or base.gaps[topic]
    attributes = {pair.partition(".")[2] for pair in record.answers}
    kindred = [
        intent
        for intent, pair in base.intents.items()
        if pair.partition(".")[2] in attributes
    ]
    routed = [
        intent
        for route in base.routes
        if route.topic == topic
        for intent in route.intents
    ]
    return list(dict.fromkeys([*record.intents, *kindred, *routed]))


def _intent_of_pairs(base: KnowledgeBase, pairs: Sequence[str]) -> str | None:
    attributes = {pair.partition(".")[2] for pair in pairs}
    return next(
        (
            intent
            for intent, pair in base.intents.items()
            if pair.partition(".")[2] in attributes
        ),
        None,
    )


def _kind(base: KnowledgeBase, topic: str | None, intent: str) -> str:
    if topic is not None:
        return "answer" if topic in base.topics else "not_stated"
    return "out_of_scope" if intent in OUTSIDE else "smalltalk"


def _status(folder: Path, base: KnowledgeBase, changes: Changes) -> Status:
    return "draft" if problems(folder, base, changes) else "open"


def _of_same_gap(proposals: Proposals, gap: NewGap) -> Proposal | None:
    return next(
        (
            each
            for each in proposals.all()
            if each.status in JOINABLE
            and each.changes.gap
            and each.changes.gap.id == gap.id
        ),
        None,
    )


def _joined(
    proposals: Proposals,
    there: Proposal,
    author: str,
    new: Changes,
    sender: str | None,
) -> Proposal:
    """Add the sentences of new changes to a proposal of the same gap."""
    senders: dict[str, Sequence[str]] = dict(there.senders)
    if there.sender_id and not senders:
        senders[there.sender_id] = _sentences(there.changes)
    if sender:
        senders[sender] = [*senders.get(sender, ()), *_sentences(new)]
    folder, base = content_dir(), load_knowledge()
    changes = dataclasses.replace(
        there.changes,
        examples=(*there.changes.examples, *new.examples),
        conversations=(*there.changes.conversations, *new.conversations),
    )
    return proposals.save(
        there,
        changes=changes,
        changed_by=author,
        senders=senders,
        status=_status(folder, base, changes),
    )


def _sentences(changes: Changes) -> list[str]:
    """Return what is learnt and said in changes."""
    steps = (step for each in changes.conversations for step in each.steps)
    return [*(it.text for it in changes.examples), *(step.user for step in steps)]


def _require_impersonal(folder: Path, base: KnowledgeBase, changes: Changes) -> None:
    """Refuse what must not even be kept as a draft: numbers and addresses of people."""
    for problem in problems(folder, base, changes):
        if problem.reason == "personal":
            raise problem


def _require(proposal: Proposal, person: str, statuses: Sequence[Status]) -> None:
    if not person:
        raise RefusedError("nobody")
    if proposal.status not in statuses:
        raise RefusedError("wrong_status", status=proposal.status)
