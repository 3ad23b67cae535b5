"""The moves of a conversation that lean on what was said before."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.answering.claims import judge
from bot.answering.conversation import Context
from bot.answering.question import Question
from bot.answering.routing import choose, intent_of_names
from bot.knowledge import KnowledgeBase
from bot.languages import Language
from bot.reading.lexicon import holds_any, look_up
from bot.reading.spelling import fold

if TYPE_CHECKING:
    from bot.answering.answerer import Answerer, Part

_MOST_QUOTES = 3
_SUMMARY = "document.summary"
_LIST = "recipients.list"
# Words in the longest question that is taken to point at a list, or to lean on a topic.
_LONGEST_POINTER = 10
_LONGEST_ASIDE = 8
_LONGEST_NAMING = 4
_LONGEST_DOUBT = 4
# A question understood as surely as this leans on nothing.
_SURE = 0.96
# What can be asked of one of those on the list.
_ASKED_OF_ONE = frozenset(
    {
        "ask_recipient_location",
        "ask_recipient_kind",
        "ask_organisation",
        "ask_organisation_details",
        "ask_contact_details",
        "ask_amount_per_recipient",
        "ask_leader",
    }
)

Move = Callable[["Answerer", Question, Context], "Part"]


def tell_more(answerer: Answerer, question: Question, context: Context) -> Part:
    """Tell of the next thing that belongs to what was told, or of what is named."""
    named = intent_of_names(answerer.base, question)
    if named and question.names:
        return answerer.answer_intent(question, context, named)
    for topic_id in _following(answerer, context):
        if topic_id not in context.told:
            return answerer.tell_topic(topic_id, context)
    return answerer.tell_topic(_SUMMARY, context)


def show_source(answerer: Answerer, _: Question, context: Context) -> Part:
    """Quote the passages that prove the last answer.

    The quotes are Bokmål, so that in another language the answer itself is told too.
    """
    if not context.facts:
        return answerer.talk("nothing_before", context)
    sources = answerer.base.sources(context.facts)[:_MOST_QUOTES]
    quotes = " ".join(f"«{source.quote}»" for source in sources)
    part = answerer.talk("source", context, "answer", quotes=quotes)
    return _with_last_answer(answerer, part, context)


def repeat(answerer: Answerer, question: Question, context: Context) -> Part:
    """Tell the last answer again, or the list if that is what is to be repeated."""
    if holds_any(fold(question.text), "list") and context.topic is not None:
        return answerer.tell_topic(_LIST, context)
    return _tell_again(answerer, context)


def simplify(answerer: Answerer, _: Question, context: Context) -> Part:
    """Tell the last answer in short and simple words."""
    return _tell_again(answerer, context, simple=True)


def show_calculation(answerer: Answerer, question: Question, context: Context) -> Part:
    """Show the sums behind the last answer."""
    if not context.facts:
        return answerer.talk("nothing_before", context)
    words = answerer.wording(context.language)
    sums = [words.sum_of(f) for f in context.facts if f in answerer.base.derived]
    if not sums:
        return show_source(answerer, question, context)
    part = answerer.talk(
        "calculation", context, "answer", sums=words.join(list(dict.fromkeys(sums)))
    )
    topic = answerer.base.topics.get(context.topic or "")
    if topic and judge(answerer.base, question, topic, context.facts, question.names):
        part = dataclasses.replace(part, text=f"{words.verdict(True)}. {part.text}")
    return dataclasses.replace(part, facts=context.facts)


def change_language(answerer: Answerer, question: Question, context: Context) -> Part:
    """Go over to the language that is asked for, and tell the last answer in it."""
    if not look_up(fold(question.text), "languages"):
        # Another language than those that are spoken.
        return answerer.talk("ask_languages", context)
    context = in_language(question, context)
    if context.topic is None:
        return answerer.talk("language", context)
    return _tell_again(answerer, context)


def accept(answerer: Answerer, question: Question, context: Context) -> Part:
    """Take up the first thing that was suggested."""
    if context.topic is None:
        return answerer.talk("affirm", context, "smalltalk")
    return tell_more(answerer, question, context)


def follow_up(answerer: Answerer, question: Question, context: Context) -> Part:
    """Ask the last question again about somebody or something else."""
    named = intent_of_names(answerer.base, question)
    if named is None:
        return tell_more(answerer, question, context)
    intent = context.intent
    if intent in answerer.base.routes:
        choice = choose(answerer.base, question, context, intent)
        if choice.by_name or intent == "ask_grant_recipients":
            return answerer.answer_intent(question, context, intent)
    return answerer.answer_intent(question, context, named)


def only_names(question: Question, context: Context) -> bool:
    """Tell a short `and from Oslo?`, which by itself would be nobody's business."""
    short = question.form.words <= _LONGEST_NAMING
    nothing_asked = not question.intent.startswith("ask_")
    moved = question.intent in MOVES
    return bool(
        context.topic and question.names and short and nothing_asked and not moved
    )


MOVES: dict[str, Move] = {
    "ask_more": tell_more,
    "ask_source": show_source,
    "ask_repeat": repeat,
    "ask_simpler": simplify,
    "ask_calculation": show_calculation,
    "change_language": change_language,
    "affirm": accept,
    "follow_up": follow_up,
}


def _following(answerer: Answerer, context: Context) -> tuple[str, ...]:
    base = answerer.base
    if context.topic in base.gaps:
        return (base.gaps[context.topic].nearby,)
    if context.topic in base.topics:
        return base.topics[context.topic].next
    return (_SUMMARY,)


def _tell_again(answerer: Answerer, context: Context, *, simple: bool = False) -> Part:
    if context.topic is None:
        return answerer.talk("nothing_before", context)
    base = answerer.base
    topic = (
        base.gaps[context.topic].nearby if base.is_gap(context.topic) else context.topic
    )
    return answerer.tell_topic(topic, context, names=context.names, simple=simple)


def _with_last_answer(answerer: Answerer, part: Part, context: Context) -> Part:
    part = dataclasses.replace(part, facts=context.facts)
    if context.language == "nb":
        return part
    again = _tell_again(answerer, context)
    return dataclasses.replace(part, text=f"{again.text} {part.text}")


def is_doubt(question: Question, context: Context) -> bool:
    """Tell a short `are you sure?` about the last answer from one about them all."""
    return bool(context.facts) and question.form.words <= _LONGEST_DOUBT


def in_language(question: Question, context: Context) -> Context:
    """Return the context in the language that a question asks for, if it names one."""
    wanted: Language | None = look_up(fold(question.text), "languages", last=True)
    return dataclasses.replace(context, language=wanted or context.language)


def with_ordinal(base: KnowledgeBase, question: Question, context: Context) -> Question:
    """Put in the name that `the second on the list` points to, if a list was given."""
    ordinal = question.form.ordinal
    recipients = base.recipients
    listed = _LIST in context.facts and question.form.words <= _LONGEST_POINTER
    if not listed or question.names or ordinal is None:
        return question
    if not -2 <= ordinal <= len(recipients):
        return question
    place = ordinal - 1 if ordinal > 0 else ordinal
    intent = question.intent if question.intent in _ASKED_OF_ONE else "follow_up"
    if holds_any(fold(question.text), "where"):
        intent = "ask_recipient_location"
    elif holds_any(fold(question.text), "number"):
        intent = "follow_up"
    return dataclasses.replace(question, names=(recipients[place],), intent=intent)


def aside(base: KnowledgeBase, question: Question, context: Context) -> str | None:
    """Return the topic that a short `in all?` or `the rest?` leads to, or None."""
    last = context.topic
    if last in base.gaps:
        last = base.gaps[last].nearby
    if last not in base.topics or question.names or question.unknown:
        return None
    if question.form.words > _LONGEST_ASIDE:
        return None
    if question.confidence >= _SURE and question.intent in base.routes:
        return None
    folded = fold(question.text)
    for cue, topic_id in base.topics[last].then.items():
        if holds_any(folded, cue) and topic_id != context.topic:
            return topic_id
    return None
