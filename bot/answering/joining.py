"""Puts what is said to several questions together, and tells each thing once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from bot.answering.pieces import Saying, between, facts_of, text_of
from bot.answering.tell import Part
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PERSON

# The longest that a reply may be, and where its sentences end.
_MOST_WORDS = 120
_BEGINNING = "[A-ZÆØÅ«“0-9]"
_SENTENCE = re.compile(rf"(?<=[.!?]) (?={_BEGINNING})")
_SENTENCE_OR_LINE = re.compile(rf"(?<=[.!?]) (?={_BEGINNING})|\n(?={_BEGINNING})")


def once(parts: Sequence[Part], base: KnowledgeBase) -> list[Part]:
    """Return parts that tell nothing which another part tells too.

    What is nearby is left out where another part tells it, an answer where another
    states all of it, and a sentence of context where others state what it does.
    """
    told = {part.topic for part in parts if part.kind == "answer"}
    once = []
    for part in parts:
        once.append(part.beside(told))
        told.add(part.topic)
    kept = [part for part in once if not _is_told_by_another(part, once, base)]
    return _without_repetition(kept, base)


def shortened(parts: list[Part]) -> list[Part]:
    """Return parts, each without its last sentences if they are too long together."""
    while sum(len(part.text.split()) for part in parts) > _MOST_WORDS:
        longest = max(parts, key=lambda part: len(_SENTENCE.split(part.text)))
        ends = [found.start() for found in _SENTENCE.finditer(longest.text)]
        if len(parts) == 1 or not ends:
            break
        cut = _cut(longest, between(longest.said, 0, ends[-1]))
        parts = [cut if part is longest else part for part in parts]
    return parts


def _cut(part: Part, said: Saying) -> Part:
    """Return a part of which less is said, without the facts that are gone."""
    gone = facts_of(part.said) - facts_of(said)
    facts = tuple(fact for fact in part.facts if fact not in gone)
    return dataclasses.replace(part, said=said, facts=facts)


def _is_told_by_another(part: Part, parts: Sequence[Part], base: KnowledgeBase) -> bool:
    """Tell whether another part answers a question too: the first that does."""
    place = parts.index(part)
    return any(
        _answers_too(other, part, base)
        and (number < place or not _answers_too(part, other, base))
        for number, other in enumerate(parts)
        if number != place
    )


def _answers_too(part: Part, other: Part, base: KnowledgeBase) -> bool:
    """Tell whether a part puts in all that another states, or answers with its words.

    What it only rests on does not count: who is on a list may be stated without the
    list.
    """
    if part.kind != "answer" or not other.plain or not other.facts:
        return False
    put_in = facts_of(part.said)
    if put_in.issuperset(other.facts):
        return True
    sentences = [text_of(each).strip() for each in _sentences(part.said)]
    first = text_of(_sentences(other.said)[0])
    return first in sentences and put_in.issuperset(base.topics[other.topic].point)


def _without_repetition(parts: Sequence[Part], base: KnowledgeBase) -> list[Part]:
    """Return parts without the sentences of context that state nothing new."""
    sentences = [_sentences(part.said) for part in parts]
    heads = [_head(each) for each in sentences]
    # The first sentences answer, so that they are told whatever the others tell.
    answers = [
        frozenset[str]().union(*map(facts_of, said[:head]))
        for said, head in zip(sentences, heads, strict=True)
    ]
    told: set[str] = set()
    texts = {
        text_of(sentence).strip()
        for said, head in zip(sentences, heads, strict=True)
        for sentence in said[:head]
    }
    once = []
    for number, (part, said, head) in enumerate(
        zip(parts, sentences, heads, strict=True)
    ):
        others = told.union(*answers[:number], *answers[number + 1 :])
        kept = list(said[:head])
        for sentence in said[head:]:
            stated = facts_of(sentence)
            again = stated and stated <= others and not _names_somebody(stated, base)
            if not again and text_of(sentence).strip() not in texts:
                kept.append(sentence)
        told.update(*map(facts_of, kept))
        texts.update(text_of(sentence).strip() for sentence in kept)
        if len(kept) < len(said):
            saying = tuple(piece for sentence in kept for piece in sentence)
            part = dataclasses.replace(part, said=saying)
        once.append(part)
    return once


def _sentences(said: Saying) -> list[Saying]:
    """Return the sentences of what is said, each with the blank before it."""
    text = text_of(said)
    starts = [0, *(found.start() for found in _SENTENCE_OR_LINE.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [between(said, start, end) for start, end in zip(starts, ends, strict=True)]


def _head(sentences: Sequence[Saying]) -> int:
    """Return how many sentences there are up to the first that states a fact."""
    stating = (n for n, said in enumerate(sentences, 1) if facts_of(said))
    return next(stating, len(sentences))


def _names_somebody(facts: frozenset[str], base: KnowledgeBase) -> bool:
    """Tell whether facts name a person, to whom what stands before may be ascribed."""
    names = (name for fact in facts for name in base.linked_names(fact))
    return any(base.type_of(name) == PERSON for name in names)
