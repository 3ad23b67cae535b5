"""Proposes which topics a message may be about, the likeliest first."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.answering.wording import Wording
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES, Language
from bot.reading.spelling import fold
from bot.staff.review.likeness import likest
from bot.staff.titles import topic_title

MOST = 9
"""As many as there are digits to choose by."""
# What the pipeline holds for less likely (0-1) is chance.
_LIKELY = 0.01


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A topic or gap that can be chosen.

    Attributes:
        id: Its id.
        question: The question that it answers.
    """

    id: str
    question: str


def choices(base: KnowledgeBase, language: Language) -> tuple[Candidate, ...]:
    """Return all that a sentence can be an example of, by the question.

    That is each topic and gap that some intent asks for; the others are reached by a
    name, a place or a claim.
    """
    records = (*base.topics.values(), *base.gaps.values())
    found = [
        Candidate(record.id, topic_title(base, language, record.id))
        for record in records
        if record.intents
    ]
    return tuple(sorted(found, key=lambda it: it.question.casefold()))


def candidates(
    base: KnowledgeBase, parse: Mapping[str, Any], text: str, language: Language
) -> tuple[Candidate, ...]:
    """Return up to nine topics that a message may be about.

    First come those that the pipeline found likely, then those whose question is likest
    to what was written, in any language.

    Args:
        base: The knowledge base.
        parse: What the pipeline made of the message.
        text: What was written.
        language: The language in which the questions are shown.
    """
    open_to = {it.id: it for it in choices(base, language)}
    likely = (topic for topic in _by_ranking(base, parse) if topic in open_to)
    by_words = _by_words(base, text, tuple(open_to))
    ids = dict.fromkeys((*likely, *by_words))
    return tuple(open_to[topic] for topic in tuple(ids)[:MOST])


def named(found: Sequence[Candidate], written: str) -> Candidate | None:
    """Return the candidate whose question or id somebody has written, or None."""
    by_question = {fold(it.question): it for it in found}
    by_id = {it.id: it for it in found}
    return by_id.get(written.strip()) or by_question.get(fold(written))


def likely_intent(
    base: KnowledgeBase, parse: Mapping[str, Any], topic: str
) -> str | None:
    """Return which of a topic's intents a message likely has; None where none is."""
    record = base.topics.get(topic) or base.gaps[topic]
    return next((it for it in _ranked(parse) if it in record.intents), None)


def _by_ranking(base: KnowledgeBase, parse: Mapping[str, Any]) -> Iterator[str]:
    owners = {
        intent: record.id
        for record in (*base.topics.values(), *base.gaps.values())
        for intent in record.intents
    }
    return (owners[intent] for intent in _ranked(parse) if intent in owners)


def _ranked(parse: Mapping[str, Any]) -> list[str]:
    """Return the intents that a message may have, the likeliest first."""
    ranked = [
        *((it["intent"], it["confidence"]) for it in parse.get("questions") or ()),
        *((it["name"], it["confidence"]) for it in parse.get("intent_ranking") or ()),
    ]
    return [intent for intent, surely in ranked if surely >= _LIKELY]


def _by_words(base: KnowledgeBase, text: str, ids: Sequence[str]) -> Iterator[str]:
    titles = {
        (topic, asked): None
        for language in LANGUAGES
        for topic in ids
        if (asked := Wording(base, language).ask(topic))
    }
    for place in likest(text, [asked for _, asked in titles]):
        yield tuple(titles)[place][0]
