"""Chooses the topic that answers a question."""

import dataclasses

from bot.answering.conversation import Context
from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import Route
from bot.reading.lexicon import holds_word_of
from bot.reading.spelling import fold

# What a name alone asks for, by the name's id or else its type.
_INTENT_OF_NAME = {
    "pot": "ask_pot",
    "white_paper": "ask_white_paper",
    "tto": "ask_recipient_kind",
    "incubator": "ask_recipient_kind",
    "recipient": "ask_grant_recipients",
    "organisation": "ask_organisation",
    "person": "ask_person",
    "place": "ask_grant_recipients",
    "region": "ask_grant_recipients",
    "field": "ask_fields",
    "programme": "ask_programme",
}
_UNKNOWN_NAME_INTENT = "ask_grant_recipients"
_GENDER = {"minister": "he", "director": "she"}
# Questions shorter than this lean on what was said before.
_SHORT = 3


@dataclasses.dataclass(frozen=True)
class Choice:
    """The topic that a question leads to.

    Attributes:
        topic: The id of a topic or gap.
        names: Ids of the names it is about, from the question or the conversation.
        by_name: The names decided it.
    """

    topic: str
    names: tuple[str, ...]
    by_name: bool


def choose(
    base: KnowledgeBase, question: Question, context: Context, intent: str
) -> Choice:
    """Return the topic that an intent leads to, given the names that are spoken of.

    The question's own names are tried first; where it has none and points back, those
    in focus are taken.

    Raises:
        KeyError: No route leads from the intent.
    """
    names = question.names or _names_pointed_to(question, context)
    for route in base.routes[intent]:
        if _fits(base, route, question, names):
            return Choice(route.topic, names, bool(route.when or route.when_all))
    raise KeyError(intent)


def intent_of_names(base: KnowledgeBase, question: Question) -> str | None:
    """Return what is asked by naming somebody or something, and no more."""
    for name in question.names:
        record = base.names[name]
        return _INTENT_OF_NAME.get(name) or _INTENT_OF_NAME.get(record.type)
    return _UNKNOWN_NAME_INTENT if question.unknown else None


def _fits(
    base: KnowledgeBase, route: Route, question: Question, names: tuple[str, ...]
) -> bool:
    known = {*names, *(base.names[name].type for name in names)}
    if question.unknown:
        known.add("unknown")
    if "region" in known:
        known.add("place")
    if route.when and not known.intersection(route.when):
        return False
    if not known.issuperset(route.when_all):
        return False
    if route.yes_no and (not question.form.yes_no or question.quantities):
        return False
    if question.unknown and "unknown" in route.without:
        return False
    folded = fold(question.text)
    if holds_word_of(folded, route.without):
        return False
    return not route.words or holds_word_of(folded, route.words)


def _names_pointed_to(question: Question, context: Context) -> tuple[str, ...]:
    form = question.form
    if question.unknown or form.total or form.others:
        return ()
    if form.pronoun in ("he", "she"):
        fitting = tuple(n for n in context.names if _GENDER.get(n) == form.pronoun)
        return fitting or tuple(n for n, g in _GENDER.items() if g == form.pronoun)
    if form.pronoun == "it" or form.words < _SHORT:
        return context.names
    return ()
