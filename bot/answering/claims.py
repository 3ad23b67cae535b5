"""Holds up what a yes/no question claims to the facts: figures, times, names."""

from collections.abc import Sequence

from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import SeasonFact, Topic
from bot.reading.lexicon import holds_any, holds_word_of
from bot.reading.quantities import MILLION, Moment, Quantity
from bot.reading.spelling import fold

_KIND_OF_UNIT = {"kroner": "amount", "percent": "percent", "count": "count"}
# A figure is the same when it is off by less than this share, as `41` is for 41.4 %.
_TOLERANCE = 0.015
# Names that can stand in a claim about what somebody is, and about who did something.
_PAIRED_TYPES = ("subject", "programme")
_HOLDER_TYPES = ("organisation", "person", "recipient", "field")


def judge(
    base: KnowledgeBase,
    question: Question,
    topic: Topic,
    facts: Sequence[str],
    names: Sequence[str],
) -> bool | None:
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
    form = question.form
    # `Solberg or Støre?` names the right answer beside the wrong one.
    if not form.yes_no or form.either or form.doubted or topic.unsettled:
        return None
    verdicts = [
        *(_check_figure(base, question, topic, facts, q) for q in question.quantities),
        _check_moment(base, topic, question.moment),
        _check_holders(base, question, topic, names),
        _check_ranking(question, topic),
        _check_pairs(base, question, topic),
    ]
    if False in verdicts:
        return False
    folded = fold(question.text)
    turned = holds_word_of(folded, topic.opposite)
    confirmed = holds_word_of(folded, topic.confirming)
    if turned and not confirmed:
        return False
    if True in verdicts or (confirmed and not turned):
        return True
    if not topic.holds or form.only or form.all:
        return None
    return True


def _check_figure(
    base: KnowledgeBase,
    question: Question,
    topic: Topic,
    facts: Sequence[str],
    claimed: Quantity,
) -> bool | None:
    figures = [topic.figure] if topic.figure else []
    # A lone figure is a claim about the topic's own; beside others, or spoken of as
    # known, it may be any that is told.
    several = len(question.quantities) > 1
    if several or claimed.definite or not _is_of_kind(base, figures, claimed):
        figures += facts
    known = [
        base.value(fact)
        for fact in figures
        if _comparable(base.figure_kind(fact), claimed)
    ]
    if not known:
        return None
    form = question.form
    candidates = {claimed.value, _as_kroner(claimed)}
    if topic.figure and (form.more_than or form.less_than):
        if not _comparable(base.figure_kind(topic.figure), claimed):
            return None
        value, limit = base.value(topic.figure), max(candidates)
        return value > limit if form.more_than else value < limit
    return any(_same(value, wanted) for value in known for wanted in candidates)


def _is_of_kind(base: KnowledgeBase, figures: Sequence[str], claimed: Quantity) -> bool:
    return any(_comparable(base.figure_kind(figure), claimed) for figure in figures)


def _comparable(kind: str, claimed: Quantity) -> bool:
    if kind == "amount" and claimed.unit == "count":
        return True
    return kind == _KIND_OF_UNIT[claimed.unit]


def _as_kroner(claimed: Quantity) -> float:
    """Return a bare number as millions, which `6 of 14.5 million` means by `6`."""
    if claimed.unit == "count" and claimed.value < MILLION:
        return claimed.value * MILLION
    return claimed.value


def _same(value: float, claimed: float) -> bool:
    return round(value) == claimed or abs(value - claimed) <= _TOLERANCE * abs(value)


def _check_moment(
    base: KnowledgeBase, topic: Topic, claimed: Moment | None
) -> bool | None:
    fact = base.facts.get(topic.figure or "")
    if not isinstance(fact, SeasonFact) or claimed is None:
        return None
    right_season = claimed.season in (None, fact.value.season)
    return right_season and claimed.year in (None, fact.value.year)


def _check_holders(
    base: KnowledgeBase, question: Question, topic: Topic, names: Sequence[str]
) -> bool | None:
    if not topic.holders:
        return None
    claimed = [name for name in names if base.names[name].type in _HOLDER_TYPES]
    regions = [name for name in names if base.names[name].type == "region"]
    # Who is asked about beside a field ("we in Ålesund, is there money for banks?")
    # claims nothing about the fields.
    fields = base.names[topic.holders[0]].type == "field"
    if fields:
        claimed = [name for name in claimed if base.names[name].type == "field"]
        claimed += regions
    strange = question.unknown and not (fields and claimed)
    if strange or any(name not in topic.holders for name in claimed):
        return False
    if not claimed:
        return None
    left_out = set(topic.holders) - set(claimed)
    whole = question.form.only or question.form.all
    # `Does finance get some too, or is it all for health?` claims nothing of the whole.
    some = holds_word_of(fold(question.text), topic.confirming)
    return not (whole and left_out and not some)


def _check_ranking(question: Question, topic: Topic) -> bool | None:
    compared = [name for name in question.names if name in topic.ranking]
    if not compared:
        return None
    folded = fold(question.text)
    leads = compared[0] == topic.ranking[0]
    if holds_any(folded, "more"):
        return leads
    return not leads if holds_any(folded, "fewer") else None


def _check_pairs(base: KnowledgeBase, question: Question, topic: Topic) -> bool | None:
    """Hold `Is Aleap an incubator?` up to what each is."""
    about = [name for name in question.names if name in topic.pairs]
    claimed = [n for n in question.names if base.names[n].type in _PAIRED_TYPES]
    if not about or not claimed:
        return None
    return all(claim in topic.pairs[name] for name in about for claim in claimed)
