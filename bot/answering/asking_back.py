"""Asks which question was meant, and takes the answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from bot.answering.conversation import Context
from bot.answering.frame import Frame
from bot.answering.grounds import Grounds
from bot.answering.moves import MOVES
from bot.answering.pieces import Item, Listing, Words
from bot.answering.question import Question
from bot.answering.reply import Button
from bot.answering.resolve import resolve
from bot.answering.select import Selection, select
from bot.answering.support import Support
from bot.answering.tell import Part, Teller
from bot.intents import ASK_TOPIC, DISTRESS, OUTSIDE, SOMETHING_ELSE
from bot.knowledge import KnowledgeBase
from bot.reading.lexicon import holds_any, word_list

_HANDOVER = "request_human"
_MOST_OFFERED = 3
_RATHER = 0.5
# Words of the longest answer such as `I mean the second one, please`.
_LONGEST_CHOICE = 6
_DIGIT = re.compile(r"\b[1-9]\b")


def as_it_seems(base: KnowledgeBase, frame: Frame, context: Context) -> Question | None:
    """Return an unsure question taken for what it most likely is, or None.

    What most likely leans on the last reply, or is rather small talk than not, is taken
    for that: there is no question to offer. Nobody is handed over on a guess.
    """
    question = frame.question
    likeliest = next(iter(question.alternatives), "")
    leans = likeliest in MOVES and context.topic is not None
    is_question = likeliest in base.intents or likeliest in OUTSIDE
    talk = likeliest not in ("", _HANDOVER) and not is_question
    if leans or (talk and question.confidence >= _RATHER):
        return dataclasses.replace(question, intent=likeliest, alternatives=())
    return None


def as_its_words_say(
    base: KnowledgeBase, support: Support, frame: Frame, context: Context
) -> Question | None:
    """Return an unsure question taken for the one that is told with its words, or None.

    `Who has an important role?` is about the one topic, among those that are likely,
    that tells of something important.
    """
    said = {*frame.names, *frame.values} - set(base.content.harmless)
    told: dict[str, int] = {}
    for intent, selection in _read_as(base, frame, context):
        if selection.topic in base.topics:
            stated = Grounds(base, support, frame, selection).stated()
            told[intent] = max(told.get(intent, 0), len(said & stated))
    most = max(told.values(), default=0)
    telling = [intent for intent, number in told.items() if number == most]
    if most == 0 or len(telling) > 1:
        return None
    return dataclasses.replace(frame.question, intent=telling[0], alternatives=())


def ask_back(teller: Teller, frame: Frame, context: Context) -> Part:
    """Offer the likeliest questions, or without a clue say what can be asked."""
    likeliest = next(iter(frame.question.alternatives), "")
    likely = dict.fromkeys(_likely(teller, frame, context))
    offered = tuple(likely)[:_MOST_OFFERED]
    known = likeliest in teller.base.intents or likeliest in OUTSIDE
    if not offered or not known:
        return teller.talk("out_of_scope", context)
    words = teller.wording(context.language)
    part = teller.talk("clarify", context)
    asked = [words.ask(topic) or "" for topic in offered]
    lines = "".join(f"\n{n}. {question}" for n, question in enumerate(asked, 1))
    listing = Listing(lines, (), tuple(map(Item, asked)), ordered=True)
    how = words.talk("choose").said
    return dataclasses.replace(
        part,
        said=(*part.said, listing, Words("\n"), *how),
        context=dataclasses.replace(context, offered=offered),
        suggestions=(),
    )


def buttons(teller: Teller, context: Context) -> tuple[Button, ...]:
    """Return a button for each question that is offered, and one for none of them."""
    other = teller.wording(context.language).talk("other").text
    return (
        *(teller.button(topic, context.language) for topic in context.offered),
        Button(other, f"/{SOMETHING_ELSE}"),
    )


def as_chosen(frame: Frame, offered: tuple[str, ...]) -> Frame:
    """Return a question, or the one of those offered that it chooses.

    It chooses by number ("2", "the second one"), by "yes" (the first), or none of them
    ("something else"). Somebody in distress chooses none.
    """
    question = frame.question
    if question.intent == DISTRESS or question.topic:
        return frame
    if frame.form.words > _LONGEST_CHOICE or question.names or question.unknown:
        return frame
    if holds_any(frame.folded, "none_of_them"):
        other = dataclasses.replace(question, intent=SOMETHING_ELSE)
        return dataclasses.replace(frame, question=other)
    number = _number(frame)
    if number is None or not -len(offered) <= number - (number > 0) < len(offered):
        return frame
    return _choice(frame, offered[number - 1 if number > 0 else number])


def _choice(frame: Frame, topic: str) -> Frame:
    question = dataclasses.replace(frame.question, intent=ASK_TOPIC, topic=topic)
    return dataclasses.replace(frame, question=question)


def _number(frame: Frame) -> int | None:
    """Return which place in the list is chosen, from 1; -1 is the last."""
    digit = _DIGIT.search(frame.folded)
    if digit:
        return int(digit.group())
    if frame.form.ordinal is not None:
        return frame.form.ordinal
    accepting = frame.folded in word_list("accepting")
    return 1 if frame.question.intent == "affirm" or accepting else None


def _likely(teller: Teller, frame: Frame, context: Context) -> Iterator[str]:
    """Yield the topics and gaps that may be asked about, the likeliest first."""
    words = teller.wording(context.language)
    for _, selection in _read_as(teller.base, frame, context):
        if words.ask(selection.topic):
            yield selection.topic


def _read_as(
    base: KnowledgeBase, frame: Frame, context: Context
) -> Iterator[tuple[str, Selection]]:
    """Yield what a question selects as each of its likely intents, with the intent."""
    for intent in frame.question.alternatives:
        if intent not in base.intents:
            continue
        subject, _, attribute = base.intents[intent].partition(".")
        taken = dataclasses.replace(
            frame,
            question=dataclasses.replace(frame.question, intent=intent),
            subject=subject,
            attribute=attribute,
        )
        for selection in select(base, resolve(base, taken, context)):
            yield intent, selection
