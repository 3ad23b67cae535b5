"""Asks which question was meant, and takes the answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answering import dialogue
from bot.answering.conversation import Context
from bot.answering.question import Question
from bot.answering.reply import Button
from bot.answering.routing import choose
from bot.reading.lexicon import holds_any, word_list
from bot.reading.spelling import fold

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer, Part

SOMETHING_ELSE = "something_else"
_OUTSIDE = ("out_of_scope", "insult", "prompt_attack", "foreign_language")
_DISTRESS = "distress"
_HANDOVER = "request_human"
_CHOSEN = "ask_topic"
_MOST_OFFERED = 3
_RATHER = 0.5
# Words of the longest answer such as `I mean the second one, please`.
_LONGEST_CHOICE = 6
_DIGIT = re.compile(r"\b[1-9]\b")


def ask_back(answerer: Answerer, question: Question, context: Context) -> Part:
    """Offer the likeliest questions, or without a clue say what can be asked.

    What most likely leans on the last reply, or is rather small talk than not, is taken
    for that: there is no question to offer. Nobody is handed over on a guess.
    """
    likeliest = next(iter(question.alternatives), "")
    leans = likeliest in dialogue.MOVES and context.topic is not None
    is_question = likeliest in {*answerer.base.routes, *_OUTSIDE}
    talk = likeliest not in ("", _HANDOVER) and not is_question
    rather = talk and question.confidence >= _RATHER
    if leans or rather:
        as_it_seems = dataclasses.replace(question, intent=likeliest, alternatives=())
        return answerer.answer_question(as_it_seems, context)
    offered = tuple(dict.fromkeys(_likely(answerer, question, context)))[:_MOST_OFFERED]
    if not offered or not is_question:
        return answerer.talk("out_of_scope", context)
    words = answerer.wording(context.language)
    part = answerer.talk("clarify", context)
    lines = [f"{n}. {words.ask(topic)}" for n, topic in enumerate(offered, 1)]
    how = words.talk("choose").text
    return dataclasses.replace(
        part,
        text="\n".join([part.text, *lines, how]),
        context=dataclasses.replace(context, offered=offered),
        suggestions=(),
    )


def buttons(answerer: Answerer, context: Context) -> tuple[Button, ...]:
    """Return a button for each question that is offered, and one for none of them."""
    other = answerer.wording(context.language).talk("other").text
    return (
        *(answerer.button(topic, context.language) for topic in context.offered),
        Button(other, f"/{SOMETHING_ELSE}"),
    )


def as_chosen(
    answerer: Answerer,
    questions: Sequence[Question],
    offered: tuple[str, ...],
    context: Context,
) -> tuple[Question, ...]:
    """Return the questions, or the one of those offered that a message chooses.

    It chooses by number ("2", "the second one"), by the question's own words, by "yes"
    (the first), or none of them ("something else"). Somebody in distress chooses none.
    """
    if not offered or len(questions) != 1 or questions[0].intent == _DISTRESS:
        return tuple(questions)
    question = questions[0]
    folded = fold(question.text)
    words = answerer.wording(context.language)
    titles = {fold(words.ask(topic) or ""): topic for topic in offered}
    if folded in titles:
        return (_choice(question, titles[folded]),)
    if len(folded.split()) > _LONGEST_CHOICE or question.names or question.unknown:
        return (question,)
    if holds_any(folded, "none_of_them"):
        return (dataclasses.replace(question, intent=SOMETHING_ELSE),)
    number = _number(question, folded)
    if number is None or not -len(offered) <= number - (number > 0) < len(offered):
        return (question,)
    return (_choice(question, offered[number - 1 if number > 0 else number]),)


def _choice(question: Question, topic: str) -> Question:
    return dataclasses.replace(question, intent=_CHOSEN, topic=topic)


def _number(question: Question, folded: str) -> int | None:
    """Return which place in the list is chosen, from 1; -1 is the last."""
    digit = _DIGIT.search(folded)
    if digit:
        return int(digit.group())
    if question.form.ordinal is not None:
        return question.form.ordinal
    accepts = question.intent == "affirm" or folded in word_list("accepting")
    return 1 if accepts else None


def _likely(answerer: Answerer, question: Question, context: Context) -> Iterator[str]:
    """Yield the topics and gaps that may be asked about, the likeliest first."""
    words = answerer.wording(context.language)
    for intent in question.alternatives:
        if intent in answerer.base.routes:
            topic = choose(answerer.base, question, context, intent).topic
            if words.ask(topic):
                yield topic
