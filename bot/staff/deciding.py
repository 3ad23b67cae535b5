"""Chooses between the ways in which a sentence of an e-mail is understood.

A draft goes out under somebody's name, so what is told in it must be right. One reading
alone is taken at its word in the chat; here several are held against each other, and
an answer is only sure where nothing speaks against it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.answering import Context, Message, Reply
from bot.intents import DISTRESS
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE
from bot.languages import Language
from bot.reading.form import read_form
from bot.reading.lexicon import holds_any, word_list
from bot.reading.quantities import find_quantities
from bot.reading.spelling import fold, tokens_of
from bot.staff.assistant import Assistant

LEAST_SURE = 0.8
"""How sure (0-1) an answer must be to stand in a draft unasked."""

LEAST_SURE_UNASKED = 0.95
"""The same, of a sentence that does not have the form of a question."""

# How sure another reading must be to speak against the one that is chosen.
_RIVAL = 0.75
# A shorter reading is preferred to one that is hardly surer.
_HARDLY = 0.15
# A question understood as surely as this leans on nothing that was said.
_UNDERSTOOD = 0.96
_MOST_ALTERNATIVES = 4
_PRONOUNS = frozenset(
    ("han", "ham", "hun", "henne", "ho", "dem", "deres", "deira", "hans", "hennes")
    + ("he", "him", "she", "her", "they", "them", "their", "it", "its", "begge")
)
_PRONOUNS_OR_ARTICLES = frozenset(
    ("de", "dei", "den", "disse", "desse", "denne", "those", "these", "dette")
)
_TELLING = ("answer", "not_stated")


@dataclasses.dataclass(frozen=True)
class Heard:
    """A reading of a sentence, what was understood of it and what it is told.

    Attributes:
        text: The reading.
        intents: What it may ask, likeliest first.
        entities: The names that stand in it, as Rasa tells them.
        reply: The reply to it.
    """

    text: str
    intents: tuple[str, ...]
    entities: tuple[Mapping[str, Any], ...]
    reply: Reply

    @property
    def tells(self) -> bool:
        """Whether the reply is to a question about the announcement."""
        return self.reply.kind in _TELLING

    @property
    def topic(self) -> str:
        """The topic or gap that was told."""
        return (self.reply.context.topic or "") if self.tells else ""


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

    def decide(
        self, readings: Sequence[str], context: Context, *, certain: bool, least: float
    ) -> Decision:
        """Return what a sentence is told.

        Args:
            readings: The sentence as it can be put, the shortest first.
            context: What was asked and said before it.
            certain: Whether what was asked just before it was surely understood.
            least: How sure (0-1) the answer must be.
        """
        heard = [self._hear(text, context) for text in readings]
        told = [each for each in heard if each.tells]
        if not told:
            last = heard[-1]
            return Decision(last.reply, False, self._alternatives(heard))
        surest = max(each.reply.confidence for each in told)
        chosen = next(e for e in told if e.reply.confidence >= surest - _HARDLY)
        chosen, answers = self._with_verdict(chosen, context)
        rivals = [
            each
            for each in told
            if self._answers_yes_no(each)
            and each.reply.confidence >= max(_RIVAL, chosen.reply.confidence - _HARDLY)
            and each.topic != chosen.topic
            and each.reply.facts != chosen.reply.facts
        ]
        sure = (
            chosen.reply.confidence >= least
            and answers
            and not rivals
            and (self._is_known(context, certain) or not self._points_back(chosen))
            and not self._leaves_open(chosen)
            and not weighs_claims(chosen.text)
            and self._holds_figures(chosen)
            and self._holds_names(chosen)
        )
        reply = self._with_both(chosen, context) if sure else chosen.reply
        alternatives = () if sure else self._alternatives([chosen, *heard])
        return Decision(reply, sure, alternatives)

    def _hear(self, text: str, context: Context) -> Heard:
        parse = self._assistant.parse(text)
        message = Message.from_parse(without_distress(parse))
        message = dataclasses.replace(
            message, language=self._language, language_confidence=1.0, left_out=()
        )
        reply = self._assistant.answer(message, context)
        ranked = (each["name"] for each in parse.get("intent_ranking") or ())
        first = message.questions[0]
        intents = dict.fromkeys((first.intent, *first.alternatives, *ranked))
        entities = tuple(parse.get("entities") or ())
        return Heard(text, tuple(intents), entities, reply)

    def _with_verdict(self, heard: Heard, context: Context) -> tuple[Heard, bool]:
        """Return what was heard, and whether it says yes or no where that is asked.

        Where it does not, the question may have been taken for one that leans on the
        last answer: then it is heard by itself.
        """
        if self._answers_yes_no(heard):
            return heard, True
        alone = self._hear(heard.text, Context(language=self._language))
        if alone.tells and self._answers_yes_no(alone):
            return alone, True
        return heard, False

    def _answers_yes_no(self, heard: Heard) -> bool:
        form = read_form(heard.text)
        asked = form.yes_no and (form.inverted or form.confirming)
        if not asked or form.asks_to_tell or form.either:
            return True
        return heard.reply.kind != "answer" or self._verdict(heard) is not None

    def _verdict(self, heard: Heard) -> str | None:
        """Return `yes` or `no` where a reply begins so."""
        verdicts = self._base.wording[self._language].verdicts
        text = heard.reply.text
        return next((v for v, word in verdicts.items() if text.startswith(f"{word}.")), None)

    @staticmethod
    def _is_known(context: Context, certain: bool) -> bool:
        """Tell whether it is surely known what a pronoun would point back to."""
        return certain and bool(context.names or context.topic)

    @staticmethod
    def _points_back(heard: Heard) -> bool:
        """Tell whether a question may only be understood by what is before it."""
        named = any(entity["entity"] == "name" for entity in heard.entities)
        understood = heard.reply.confidence >= _UNDERSTOOD
        return not named and holds_pronoun(heard.text, surely=understood)

    def _leaves_open(self, heard: Heard) -> bool:
        """Tell whether the reply is that a claim is not settled by what it tells.

        The chat errs on that side, where a person sees at once whether it is settled.
        """
        return heard.reply.kind == "not_stated" and heard.topic in self._base.topics

    def _holds_figures(self, heard: Heard) -> bool:
        """Tell whether an answer says something to each figure of its question."""
        reply = heard.reply
        if reply.kind != "answer" or self._verdict(heard):
            return True
        told = {quantity.value for quantity in find_quantities(reply.text)}
        asked = {
            quantity.value
            for quantity in find_quantities(heard.text)
            # `Two ministers` in words claims little.
            if quantity.unit != "count" or heard.text[quantity.start].isdigit()
        }
        return asked <= told

    def _holds_names(self, heard: Heard) -> bool:
        """Tell whether an answer speaks of each place and member that is asked about.

        What was taken for a name, but is written as other words are, may be none.
        """
        base, reply = self._base, heard.reply
        if reply.kind != "answer" or self._verdict(heard) == "no":
            return True
        stated = {each for fact in reply.facts for each in base.stated_by(fact)}
        told = fold(reply.text)
        for entity in heard.entities:
            written = heard.text[entity.get("start", 0) : entity.get("end", 0)]
            if entity["entity"] == "unknown_name":
                if not written[:1].isupper() or fold(written) not in told:
                    return False
            elif entity["value"] in base.names and self._must_be_told(entity["value"]):
                label = base.names[entity["value"]].label.into(self._language)
                if entity["value"] not in stated and fold(label) not in told:
                    return False
        return True

    def _must_be_told(self, name: str) -> bool:
        kind = self._base.type_of(name)
        member = name in self._base.members
        # What can stand in for another, and so contradict it.
        return member or kind == PLACE or kind in self._base.content.alike

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


def holds_pronoun(text: str, *, surely: bool) -> bool:
    """Tell whether a question holds a word that stands for something said before.

    Args:
        text: The question.
        surely: Leave out words such as `de`, which are often no pronouns.
    """
    words = [token.word for token in tokens_of(text)]
    goes_on = word_list("verbs_first") | word_list("empty_words")
    for place, word in enumerate(words):
        following = words[place + 1 : place + 2]
        alone = not following or following[0] in goes_on
        if word in _PRONOUNS:
            return True
        if word in _PRONOUNS_OR_ARTICLES and alone and not surely:
            return True
    return False


def weighs_claims(text: str) -> bool:
    """Tell whether a question is who or what of several is right."""
    folded = fold(text)
    return holds_any(folded, "right_or_wrong") and holds_any(folded, "asking_words")


def asks_of(words: Any, topic: str) -> str:
    """Return the question that a topic or gap answers, or nothing."""
    if topic in words.topics:
        return str(words.topics[topic].ask or "")
    return str(words.gap_questions.get(topic) or "")


def without_distress(parse: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was found in a sentence, with its likeliest other intent for distress.

    A sentence out of its e-mail may sound as if somebody were in danger: whether
    somebody is, is asked of the e-mail.
    """
    questions = [
        {
            **part,
            "intent": next(iter(part["alternatives"]), ""),
            "alternatives": part["alternatives"][1:],
            "confidence": 0.0,
        }
        if part["intent"] == DISTRESS
        else part
        for part in parse.get("questions") or ()
    ]
    return {**parse, "questions": questions}


def _count_alike(base: KnowledgeBase, first: str, second: str) -> bool:
    """Tell whether two topics tell of one figure each, of one kind, that differ."""
    points = [base.topics[t].point[:1] for t in (first, second) if t in base.topics]
    if len(points) != 2 or not all(points):
        return False
    one, other = (point[0] for point in points)
    if {base.figure_kind(one), base.figure_kind(other)} != {"count"}:
        return False
    return base.value(one) != base.value(other)

