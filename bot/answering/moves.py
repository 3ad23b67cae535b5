"""The moves of a conversation that lean on the last reply: more, again, its source."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from bot.answering.conversation import Context
from bot.answering.frame import Frame
from bot.answering.pieces import Words
from bot.answering.tell import Part, Teller
from bot.languages import Language
from bot.reading.lexicon import holds_any, look_up

Move = Callable[[Teller, Frame, Context], Part]


def tell_more(teller: Teller, _: Frame, context: Context) -> Part:
    """Tell the next thing that belongs to what was told."""
    base = teller.base
    gap = base.gaps.get(context.topic or "")
    topic = base.topics.get(context.topic or "")
    following = (gap.nearby,) if gap else topic.next if topic else ()
    untold = (t for t in following if t not in context.told)
    return teller.topic(next(untold, base.content.summary), context)


def show_source(teller: Teller, _: Frame, context: Context) -> Part:
    """Quote the passages that prove the last answer.

    The quotes are Bokmål, so that in another language the answer itself is told too.
    """
    if not context.facts:
        return teller.talk("nothing_before", context)
    part = teller.talk("source", context, "answer", quotes=teller.quotes(context))
    part = dataclasses.replace(part, facts=context.facts)
    if context.language == "nb":
        return part
    again = teller.again(context)
    return dataclasses.replace(part, said=(*again.said, Words(" "), *part.said))


def confirm(teller: Teller, _: Frame, context: Context) -> Part:
    """Stand by the last answer, with the words that prove it."""
    if not context.facts:
        return teller.talk("ask_trust", context)
    words = teller.wording(context.language)
    part = teller.talk(
        "sure",
        context,
        "answer",
        yes=(Words(words.verdict(True)),),
        again=teller.again(context).said,
        quotes=teller.quotes(context),
    )
    return dataclasses.replace(part, facts=context.facts)


def apologise(teller: Teller, _: Frame, context: Context) -> Part:
    """Say sorry for an answer to something else, and offer what is near it."""
    part = teller.talk("misunderstood", context)
    topic = teller.base.topics.get(context.topic or "")
    near = topic.next if topic else teller.base.content.starters
    return dataclasses.replace(part, suggestions=tuple(near))


def repeat(teller: Teller, frame: Frame, context: Context) -> Part:
    """Tell the last answer again, or the list where that is asked for."""
    if holds_any(frame.folded, "list"):
        return teller.topic(teller.base.content.roster.all, context)
    return teller.again(context)


def simplify(teller: Teller, _: Frame, context: Context) -> Part:
    """Tell the last answer in short and simple words."""
    return teller.again(context, simple=True)


def show_calculation(teller: Teller, frame: Frame, context: Context) -> Part:
    """Show the sums behind the last answer."""
    sums = teller.sums(context)
    if not context.facts or not sums:
        return show_source(teller, frame, context)
    part = teller.talk("calculation", context, "answer", sums=sums)
    return dataclasses.replace(part, facts=context.facts)


def change_language(teller: Teller, frame: Frame, context: Context) -> Part:
    """Go over to the language that is asked for, and tell the last answer in it."""
    if not look_up(frame.folded, "languages"):
        # Another language than those that are spoken.
        return teller.talk("ask_languages", context)
    context = in_language(frame, context)
    if context.topic is None:
        return teller.talk("language", context)
    return teller.again(context)


def accept(teller: Teller, frame: Frame, context: Context) -> Part:
    """Take up the first thing that was suggested."""
    if context.topic is None:
        return teller.talk("affirm", context)
    return tell_more(teller, frame, context)


def in_language(frame: Frame, context: Context) -> Context:
    """Return the context in the language that a question asks for, if it names one."""
    wanted: Language | None = look_up(frame.folded, "languages", last=True)
    return dataclasses.replace(context, language=wanted or context.language)


MOVES: Mapping[str, Move] = {
    "ask_more": tell_more,
    "ask_source": show_source,
    "ask_repeat": repeat,
    "ask_simpler": simplify,
    "ask_calculation": show_calculation,
    "change_language": change_language,
    "affirm": accept,
    "follow_up": tell_more,
    "doubt": confirm,
    "misunderstood": apologise,
}
"""What each intent of a move does."""
