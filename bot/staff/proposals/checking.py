"""Tells what keeps a proposal's changes from being tried."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bot.answering.reply import Kind
from bot.intents import OUTSIDE
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from bot.privacy import is_personal, placeholders_in
from bot.reading.spelling import fold
from bot.staff.proposals.changes import Changes, Example, NewGap
from bot.staff.proposals.refusals import RefusedError
from bot.staff.proposals.standing import Standing, standing

LONGEST_SENTENCE = 300
"""Characters of an example; what is longer holds more than one question."""
LEAST_EXAMPLES = 40
"""So many an intent needs to be told from the others: tests/data/ holds to it too."""

# Everybody greets and thanks in the same words.
_SAID_ALIKE = ("greet", "thank", "goodbye")
_GAP = re.compile(r"gap\.[a-z_]+")
_INTENT = re.compile(r"ask_[a-z_]+")
_PAIR = re.compile(r"[a-z_]+\.[a-z_]+")
KINDS: tuple[Kind, ...] = tuple(it for it in get_args(Kind) if it != "relayed")
"""The kinds of replies that a test may expect: those of the robot."""
_KINDS = ("", *KINDS)
_BRACE = re.compile(r"[{}]")
_ODD = re.compile(r"^-|^#| #|[\[\]{}]")


def problems(folder: Path, base: KnowledgeBase, changes: Changes) -> list[RefusedError]:
    """Return what is wrong with changes of the content in a folder."""
    stands = standing(folder)
    found = [
        *_of_sentences(changes, stands),
        *_of_intents(changes, stands),
        *_of_topics(changes, base),
        *(_of_gap(changes.gap, changes, base, stands) if changes.gap else ()),
    ]
    if not (changes.examples or changes.conversations or changes.gap):
        found.append(RefusedError("nothing_changed"))
    return found


def _of_sentences(changes: Changes, stands: Standing) -> Iterator[RefusedError]:
    steps = [step for each in changes.conversations for step in each.steps]
    learnt: dict[str, Example] = {}
    for example in changes.examples:
        folded = fold(example.text)
        yield from _of_text(example.text)
        if _ODD.search(example.text):
            yield RefusedError("odd_example", text=example.text)
        if example.language not in LANGUAGES:
            yield RefusedError("unknown_language", language=example.language)
        if folded in learnt:
            yield RefusedError("twice", text=example.text)
        learnt[folded] = example
        yield from _of_learnt(example, folded, stands)
    for step in steps:
        yield from _of_text(step.user)
        folded = fold(step.user)
        # Messages that only lead up to it may be said in any words.
        if not step.kind:
            continue
        if folded in learnt:
            yield RefusedError("same_sentence")
        elif folded in stands.examples and not _is_said_alike(folded, stands):
            place = stands.examples[folded]
            yield RefusedError("in_data", text=step.user, file=place.file)


def _of_intents(changes: Changes, stands: Standing) -> Iterator[RefusedError]:
    known = {place.intent for place in stands.examples.values()}
    new = changes.gap.intent if changes.gap else ""
    for intent in dict.fromkeys(example.intent for example in changes.examples):
        if intent not in known and intent != new:
            yield RefusedError("unknown_intent", intent=intent)


def _of_text(text: str) -> Iterator[RefusedError]:
    if not any(letter.isalnum() for letter in text):
        yield RefusedError("empty")
    elif text != text.strip() or not text.isprintable():
        yield RefusedError("several_lines", text=text)
    elif placeholders_in(text):
        yield RefusedError("placeholder", text=text)
    elif is_personal(text):
        yield RefusedError("personal", text=text)
    elif len(text) > LONGEST_SENTENCE:
        yield RefusedError("too_long", text=text, most=LONGEST_SENTENCE)


def _of_learnt(
    example: Example, folded: str, stands: Standing
) -> Iterator[RefusedError]:
    text = example.text
    if place := stands.examples.get(folded):
        where = {"text": text, "file": place.file}
        if place.intent == example.intent:
            yield RefusedError("in_data", **where)
        else:
            yield RefusedError("in_other_intent", **where, intent=place.intent)
    if example.intent in _SAID_ALIKE:
        return
    if place := stands.questions.get(folded):
        yield RefusedError("in_questions", text=text, file=place.file)
    if place := stands.conversations.get(folded):
        yield RefusedError("in_conversations", text=text, file=place.file)


def _is_said_alike(folded: str, stands: Standing) -> bool:
    return stands.examples[folded].intent in _SAID_ALIKE


def _of_topics(changes: Changes, base: KnowledgeBase) -> Iterator[RefusedError]:
    new = changes.gap.id if changes.gap else ""
    for conversation in changes.conversations:
        for step in conversation.steps:
            if step.kind not in _KINDS:
                yield RefusedError("unknown_kind", kind=step.kind)
            if step.language not in ("", *LANGUAGES):
                yield RefusedError("unknown_language", language=step.language)
            if step.topic and step.topic not in {*base.topics, *base.gaps, new}:
                yield RefusedError("unknown_topic", topic=step.topic)


def _of_gap(
    gap: NewGap, changes: Changes, base: KnowledgeBase, stands: Standing
) -> Iterator[RefusedError]:
    if not _GAP.fullmatch(gap.id):
        yield RefusedError("gap_id", id=gap.id)
    elif gap.id in base.gaps:
        yield RefusedError("gap_there", id=gap.id)
    if gap.nearby not in base.topics:
        yield RefusedError("gap_nearby", nearby=gap.nearby)
    yield from _of_words(gap)
    if not gap.intent and not gap.answers:
        yield RefusedError(
            "gap_way", example=next(iter(base.answers), "subject.attribute")
        )
    known = _subjects(base)
    for pair in gap.answers:
        if not _PAIR.fullmatch(pair) or pair.partition(".")[0] not in known:
            yield RefusedError("gap_subject", pair=pair)
        elif pair in base.answers:
            yield RefusedError("gap_taken", pair=pair, topic=base.answers[pair])
    if gap.intent:
        yield from _of_new_intent(gap.intent, changes, stands)


def _subjects(base: KnowledgeBase) -> set[str]:
    """Return what a pair can begin with."""
    ids = {*base.names, *base.values}
    subjects = ids | {base.type_of(each) for each in ids}
    return subjects | {pair.partition(".")[0] for pair in base.answers}


def _of_words(gap: NewGap) -> Iterator[RefusedError]:
    missing = [each for each in LANGUAGES if not gap.words.get(each, "").strip()]
    if missing:
        yield RefusedError("gap_words", languages=", ".join(missing))
    for text in filter(None, (*gap.words.values(), *gap.questions.values())):
        yield from _of_text(text)
        if _BRACE.search(text):
            yield RefusedError("braces", text=text)


def _of_new_intent(
    intent: str, changes: Changes, stands: Standing
) -> Iterator[RefusedError]:
    there = {place.intent for place in stands.examples.values()}
    if not _INTENT.fullmatch(intent) or intent in there or intent in OUTSIDE:
        yield RefusedError("gap_intent", intent=intent)
    counts = Counter(
        each.language for each in changes.examples if each.intent == intent
    )
    if counts.total() < LEAST_EXAMPLES or len(counts) < len(LANGUAGES):
        told = ", ".join(sorted(counts)) or "-"
        yield RefusedError(
            "gap_examples", count=counts.total(), languages=told, least=LEAST_EXAMPLES
        )
