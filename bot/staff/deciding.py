"""Chooses between the ways in which a sentence of an e-mail is understood.

A draft goes out under somebody's name, so what is told in it must be right. One reading
alone is taken at its word in the chat; here several are held against each other, and
an answer is only sure where nothing speaks against it.
"""

# Longer than other modules: all that is weighed against one reply, to be read at once.

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from bot.answering import Context, Reply
from bot.knowledge import KnowledgeBase
from bot.languages import Language
from bot.staff.assistant import Assistant
from bot.staff.doubts import Doubts, weighs_claims
from bot.staff.hearing import Heard, heard_as

LEAST_SURE = 0.8
"""How sure (0-1) an answer must be to stand in a draft unasked."""

LEAST_SURE_UNASKED = 0.9
"""The same, of a sentence that does not have the form of a question."""

# So much less of a reply that says yes or no, which was held against the facts.
_VERDICT_COUNTS = 0.1
# The least together with what else would be told of the same facts: 11 of 13 so were
# right.
_LEAST_SURE_TOGETHER = 1.15
_RANKED = 4
# The least of other words for what was asked.
_LEAST_SURE_AGAIN = 0.9
# The same, where they are told something else.
_LEAST_SURE_OTHER = 0.95
LEAST_SURE_RUN_ON = 0.95
"""The same, of a sentence that may be several."""

# How sure another reading must be to speak against the one that is chosen.
_RIVAL = 0.75
# A shorter reading is preferred to one that is hardly surer.
_HARDLY = 0.15
_MOST_ALTERNATIVES = 4


@dataclasses.dataclass(frozen=True)
class Decision:
    """What a sentence is told.

    Attributes:
        reply: The reply.
        sure: Whether nothing speaks against it.
        alternatives: Ids of topics and gaps that it may ask about instead.
    """

    reply: Reply
    sure: bool
    alternatives: tuple[str, ...]


class Decider:
    """Decides what the sentences of one e-mail are told."""

    def __init__(self, assistant: Assistant, language: Language) -> None:
        """Take who answers, and in which language."""
        self._assistant = assistant
        self._base = assistant.knowledge
        self._language = language
        self._doubts = Doubts(self._base, language)

    def decide(
        self,
        readings: Sequence[str],
        context: Context,
        *,
        certain: bool,
        least: float,
        leans: bool = False,
        rewordings: Sequence[str] = (),
    ) -> Decision:
        """Return what a sentence is told.

        Args:
            readings: The sentence as it can be put, the shortest first.
            context: What was asked and said before it.
            certain: Whether what was asked just before it was surely understood.
            least: How sure (0-1) the answer must be.
            leans: Whether it holds only in case of one reply to what was asked before.
            rewordings: Other words for it, tried where no reading is sure.
        """
        heard = [heard_as(self._assistant, text, context) for text in readings]
        known = certain and bool(context.names or context.topic)
        chosen, sure = self._chosen(heard, known=known, least=least)
        if not leans and not sure and self._may_be_reworded(chosen, known):
            for text in rewordings:
                again = heard_as(self._assistant, text, context)
                other, sure = self._chosen(
                    [again], known=known, least=_LEAST_SURE_AGAIN
                )
                sure = sure and (chosen is None or self._says_more(again, chosen))
                if other and sure:
                    chosen = other
                    break
        if chosen is None:
            return Decision(heard[-1].reply, False, self._alternatives(heard))
        sure = sure and not leans
        reply = self._with_both(chosen, context) if sure else chosen.reply
        alternatives = () if sure else self._alternatives([chosen, *heard])
        return Decision(reply, sure, alternatives)

    def _says_more(self, again: Heard, first: Heard) -> bool:
        """Tell whether what was said in other words may stand for what was said first.

        It has to be of the same, or surely understood.
        """
        if self._doubts.lacks_verdict(first):
            return self._doubts.verdict(again) is not None
        surely = again.reply.confidence >= _LEAST_SURE_OTHER
        return surely or again.topic == first.topic

    def _may_be_reworded(self, heard: Heard | None, known: bool) -> bool:
        """Tell whether no doubt stands that other words would only hide."""
        doubts = self._doubts
        return heard is None or (
            (known or not doubts.points_back(heard))
            and doubts.holds_figures(heard)
            and doubts.holds_names(heard)
        )

    def _chosen(
        self, heard: Sequence[Heard], *, known: bool, least: float
    ) -> tuple[Heard | None, bool]:
        """Return which of several readings is answered, if any, and whether surely.

        Args:
            heard: The readings, the shortest first.
            known: Whether it is surely known what a pronoun would point back to.
            least: How sure (0-1) the answer must be.
        """
        told = [each for each in heard if each.tells]
        if not told:
            return None, False
        surest = max(each.reply.confidence for each in told)
        chosen = next(e for e in told if e.reply.confidence >= surest - _HARDLY)
        chosen, answers = self._with_verdict(chosen)
        doubts = self._doubts
        rivals = [
            each
            for each in told
            if doubts.answers_yes_no(each)
            and each.reply.confidence >= max(_RIVAL, chosen.reply.confidence - _HARDLY)
            and each.topic != chosen.topic
            and not set(each.reply.facts) <= set(chosen.reply.facts)
        ]
        sure = (
            self._is_understood(chosen, least)
            and answers
            and not rivals
            and (known or not doubts.points_back(chosen))
            and not doubts.leaves_open(chosen)
            and not weighs_claims(chosen.text)
            and not doubts.says_too_little(chosen, known=known)
            and doubts.holds_figures(chosen)
            and doubts.holds_names(chosen)
        )
        return chosen, sure

    def _is_understood(self, heard: Heard, least: float) -> bool:
        """Tell whether a reply is sure enough by how surely its topic was found.

        Yes or no was held against the facts besides. What else the question may ask
        counts for the reply as far as it would be told of the same facts.
        """
        confidence = heard.reply.confidence
        if confidence >= least:
            return True
        if self._doubts.verdict(heard):
            return confidence >= least - _VERDICT_COUNTS
        if least > LEAST_SURE:
            return False
        alike = self._alike(heard) if heard.reply.kind == "answer" else 0.0
        return confidence + alike >= _LEAST_SURE_TOGETHER

    def _alike(self, heard: Heard) -> float:
        """Return how sure the other topics are, together, that tell the same facts."""
        facts = set(heard.reply.facts)
        base, context = self._base, Context(self._language)
        together = 0.0
        for intent, confidence in heard.ranking[1:_RANKED]:
            topic = base.answers.get(base.intents.get(intent, ""), "")
            if topic and facts.intersection(self._assistant.told(topic, context).facts):
                together += confidence
        return together

    def _with_verdict(self, heard: Heard) -> tuple[Heard, bool]:
        """Return what was heard, and whether it says yes or no where that is asked.

        Where it does not, the question may have been taken for one that leans on the
        last answer: then it is heard by itself.
        """
        if self._doubts.answers_yes_no(heard):
            return heard, True
        alone = heard_as(self._assistant, heard.text, Context(self._language))
        if alone.tells and self._doubts.answers_yes_no(alone):
            return alone, True
        return heard, False

    def _with_both(self, heard: Heard, context: Context) -> Reply:
        """Return the reply, with another count beside it that may be meant.

        `How many got support?` after the number of applicants asks how many of those.
        """
        base, reply = self._base, heard.reply
        for intent in heard.intents[1:2]:
            pair = base.intents.get(intent, "")
            subject = (context.pair or "").partition(".")[0]
            topic = base.answers.get(pair, "")
            own = base.intents.get(heard.intents[0], "").partition(".")[0]
            if not subject or own == subject or pair.partition(".")[0] != subject:
                continue
            if not _count_alike(base, topic, heard.topic):
                continue
            other = self._assistant.told(topic, context)
            if other.text != reply.text:
                return dataclasses.replace(
                    reply,
                    text=f"{other.text}\n{reply.text}",
                    facts=tuple(dict.fromkeys((*other.facts, *reply.facts))),
                    sources=tuple(dict.fromkeys((*other.sources, *reply.sources))),
                    context=other.context,
                )
        return reply

    def _alternatives(self, heard: Iterable[Heard]) -> tuple[str, ...]:
        """Return the topics and gaps that a sentence may be about, likeliest first."""
        heard = list(heard)
        base, words = self._base, self._base.wording[self._language]
        found: dict[str, None] = {}
        for each in heard:
            found |= dict.fromkeys((each.topic, *each.reply.context.offered))
        for each in heard:
            pairs = (base.intents.get(intent, "") for intent in each.intents[:3])
            found |= dict.fromkeys(base.answers.get(pair, "") for pair in pairs)
        named = (topic for topic in found if asks_of(words, topic))
        return tuple(named)[:_MOST_ALTERNATIVES]


def stated_names(base: KnowledgeBase) -> frozenset[str]:
    """Return the ids of the names and values that the announcement's facts state."""
    return frozenset(name for fact in base.facts for name in base.stated_by(fact))


def asks_of(words: Any, topic: str) -> str:
    """Return the question that a topic or gap answers, or nothing."""
    if topic in words.topics:
        return str(words.topics[topic].ask or "")
    return str(words.gap_questions.get(topic) or "")


def _count_alike(base: KnowledgeBase, first: str, second: str) -> bool:
    """Tell whether two topics tell of one figure each, of one kind, that differ."""
    points = [base.topics[t].point[:1] for t in (first, second) if t in base.topics]
    if len(points) != 2 or not all(points):
        return False
    one, other = (point[0] for point in points)
    if {base.figure_kind(one), base.figure_kind(other)} != {"count"}:
        return False
    return base.value(one) != base.value(other)

