"""Holds up what a yes/no question claims to the facts: figures, times, names."""

from collections.abc import Sequence
from typing import Optional

from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import SeasonFact, Topic
from bot.reading.quantities import MILLION, Moment, Quantity
from bot.reading.spelling import fold, words_of

_KIND_OF_UNIT = {"kroner": "amount", "percent": "percent", "count": "count"}
# A figure is the same when it is off by less than this share, as `41` is for 41.4 %.
_TOLERANCE = 0.015
# Names that can stand in a claim about who did something.
_HOLDER_TYPES = ("organisation", "person", "recipient", "field")


def judge(
    base: KnowledgeBase,
    question: Question,
    topic: Topic,
    facts: Sequence[str],
    names: Sequence[str],
) -> Optional[bool]:
    """Tell whether a yes/no question is to be answered yes or no.

    Args:
        base: The knowledge base.
        question: The question.
        topic: The topic that answers it.
        facts: Ids of the facts that the answer states.
        names: Ids of the names spoken of.

    Returns:
        True for yes, False for no, None where it is no yes/no question or nothing in it
        can be checked.
    """
    if not question.form.yes_no:
        return None
    verdicts = [
        *(_check_figure(base, question, topic, facts, q) for q in question.quantities),
        _check_moment(base, topic, question.moment),
        _check_holders(base, question, topic, names),
    ]
    if False in verdicts:
        return False
    if True in verdicts:
        return True
    if not topic.holds:
        return None
    turned = {fold(word) for word in topic.opposite}.intersection(words_of(question.text))
    return not turned


def _check_figure(
    base: KnowledgeBase,
    question: Question,
    topic: Topic,
    facts: Sequence[str],
    claimed: Quantity,
) -> Optional[bool]:
    figures = [topic.figure] if topic.figure else []
    known = [
        base.value(fact)
        for fact in (*figures, *facts)
        if _comparable(base.figure_kind(fact), claimed)
    ]
    if not known:
        return None
    form = question.form
    candidates = {claimed.value, _as_kroner(claimed, base, topic)}
    if topic.figure and (form.more_than or form.less_than):
        if not _comparable(base.figure_kind(topic.figure), claimed):
            return None
        value, limit = base.value(topic.figure), max(candidates)
        return value > limit if form.more_than else value < limit
    return any(_same(value, wanted) for value in known for wanted in candidates)


def _comparable(kind: str, claimed: Quantity) -> bool:
    if kind == "amount" and claimed.unit == "count":
        return True
    return kind == _KIND_OF_UNIT[claimed.unit]


def _as_kroner(claimed: Quantity, base: KnowledgeBase, topic: Topic) -> float:
    """Return a bare number as millions where the topic's figure is a sum of money."""
    is_money = bool(topic.figure) and base.figure_kind(str(topic.figure)) == "amount"
    if is_money and claimed.unit == "count" and claimed.value < MILLION:
        return claimed.value * MILLION
    return claimed.value


def _same(value: float, claimed: float) -> bool:
    return abs(value - claimed) <= _TOLERANCE * abs(value)


def _check_moment(
    base: KnowledgeBase, topic: Topic, claimed: Optional[Moment]
) -> Optional[bool]:
    fact = base.facts.get(topic.figure or "")
    if not isinstance(fact, SeasonFact) or claimed is None:
        return None
    right_season = claimed.season in (None, fact.value.season)
    return right_season and claimed.year in (None, fact.value.year)


def _check_holders(
    base: KnowledgeBase, question: Question, topic: Topic, names: Sequence[str]
) -> Optional[bool]:
    if not topic.holders:
        return None
    claimed = [name for name in names if base.names[name].type in _HOLDER_TYPES]
    if question.unknown or any(name not in topic.holders for name in claimed):
        return False
    if not claimed:
        return None
    left_out = set(topic.holders) - set(claimed)
    return not (question.form.only and left_out)
