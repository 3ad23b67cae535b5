"""Tells what was selected: words, the facts they state, and where the talk stands."""

# Longer than other modules: every kind of part of a reply is made here.

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from bot.answering.conversation import Context
from bot.answering.findings import Verdict
from bot.answering.pieces import Saying, Words, folded, text_of
from bot.answering.reply import Button, Kind
from bot.answering.select import Selection
from bot.answering.service import Service
from bot.answering.wording import Subject, Told, Wording
from bot.intents import ASK_TOPIC, DISTRESS, EMPTY, SOMETHING_ELSE, TOO_LONG
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE
from bot.languages import Language

TALK_KINDS: Mapping[str, Kind] = {
    "greet": "smalltalk",
    "thank": "smalltalk",
    "goodbye": "smalltalk",
    "how_are_you": "smalltalk",
    "acknowledge": "smalltalk",
    "ask_bot": "smalltalk",
    "ask_capabilities": "smalltalk",
    "ask_operator": "smalltalk",
    "ask_operator_unnamed": "smalltalk",
    "ask_storage": "smalltalk",
    "ask_deletion": "smalltalk",
    "ask_restart": "smalltalk",
    "ask_trust": "smalltalk",
    "ask_languages": "smalltalk",
    SOMETHING_ELSE: "smalltalk",
    "deny": "smalltalk",
    "affirm": "smalltalk",
    EMPTY: "smalltalk",
    "nothing_before": "smalltalk",
    "language": "smalltalk",
    "misunderstood": "clarify",
    "insult": "out_of_scope",
    "prompt_attack": "out_of_scope",
    "out_of_scope": "out_of_scope",
    "foreign_language": "out_of_scope",
    TOO_LONG: "out_of_scope",
    "personal_number": "out_of_scope",
    "phone_number": "out_of_scope",
    "email_address": "out_of_scope",
    "bank_number": "out_of_scope",
    "passport_number": "out_of_scope",
    "personal_details": "out_of_scope",
    "request_human": "handover",
    DISTRESS: "handover",
    "clarify": "clarify",
}
# Talk that asks for a question: questions to begin with are offered beside it.
_INVITING = frozenset(
    {
        *("greet", "how_are_you", "acknowledge", "ask_bot", "ask_capabilities"),
        *("ask_restart", "ask_languages", "language", "affirm", "deny"),
        *(SOMETHING_ELSE, EMPTY, TOO_LONG, "nothing_before", "misunderstood"),
        *("out_of_scope", "foreign_language", "insult", "prompt_attack"),
    }
)
_MOST_QUOTES = 3


@dataclasses.dataclass(frozen=True)
class Part:
    """What is said to one question.

    Attributes:
        kind: The kind of reply.
        said: The words.
        facts: Ids of the facts that they state.
        context: The conversation from here on.
        suggestions: Topics that come naturally next.
        topic: Id of the topic that is told, or told as nearby; empty for talk.
        alone: Of what is not stated, the words without what is stated nearby.
        plain: Whether it only states facts: it judges nothing and speaks of nobody that
            was asked about.
    """

    kind: Kind
    said: Saying
    facts: tuple[str, ...]
    context: Context
    suggestions: tuple[str, ...] = ()
    topic: str = ""
    alone: Saying = ()
    plain: bool = False

    @property
    def text(self) -> str:
        """The words, as running text."""
        return text_of(self.said)

    def beside(self, others: Collection[str]) -> Part:
        """Return it without what is nearby, if other parts tell those topics."""
        if not self.alone or self.topic not in others:
            return self
        return dataclasses.replace(self, said=self.alone, facts=(), alone=())


class Teller:
    """Puts what was selected into words. It keeps nothing between two messages."""

    def __init__(self, base: KnowledgeBase, service: Service) -> None:
        """Take what there is to know.

        Args:
            base: The knowledge base.
            service: What is told of the service itself.
        """
        self.base = base
        self.service = service
        self._wording = {lang: Wording(base, lang) for lang in base.wording}

    def wording(self, language: Language) -> Wording:
        """Return the words of one language."""
        return self._wording[language]

    def tell(self, selection: Selection, verdict: Verdict, context: Context) -> Part:
        """Tell a topic with its verdict, or a gap."""
        if selection.topic in self.base.gaps:
            return self._gap(selection, context)
        words = self.wording(context.language)
        told = words.tell(selection.topic, selection.subject)
        if verdict.holds is not None:
            judged = Words(f"{words.verdict(verdict.holds)}. ")
            told = Told((judged, *told.said), told.facts)
        part = self._told("answer", told, selection, context)
        plain = verdict.holds is None and self._is_plain(selection)
        return dataclasses.replace(part, plain=plain)

    def unsettled(self, selection: Selection, context: Context) -> Part:
        """Say that a claim is not settled, and what is stated nearby."""
        words = self.wording(context.language)
        told = words.tell(selection.topic, selection.subject)
        framed = words.talk("unsettled", nearby=told.said)
        told = Told(framed.said, told.facts)
        return self._told("not_stated", told, selection, context)

    def topic(
        self,
        topic_id: str,
        context: Context,
        *,
        names: tuple[str, ...] = (),
        simple: bool = False,
        again: bool = False,
    ) -> Part:
        """Tell a topic without a question about it, perhaps once more."""
        selection = self._of_topic(topic_id, context, names)
        words = self.wording(context.language)
        told = words.tell(selection.topic, selection.subject, simple=simple)
        part = self._told("answer", told, selection, context, again=again)
        return dataclasses.replace(part, plain=self._is_plain(selection))

    def chosen(self, topic_id: str, context: Context) -> Selection | None:
        """Return what a button asks for; None where there is no such topic or gap.

        A gap that needs names is of all on the list. There is none where it is of
        somebody else who would have to be named.
        """
        if topic_id in self.base.topics:
            return self._of_topic(topic_id, context)
        if topic_id not in self.base.gaps:
            return None
        pair = next(iter(self.base.gaps[topic_id].pairs), "")
        lacks = self.wording(context.language).lacks
        subjects = (Subject(), self._subject_of(self.base.members))
        found = (it for it in subjects if not lacks(topic_id, it))
        subject = next(found, None)
        return Selection(topic_id, pair, (), subject) if subject else None

    def again(self, context: Context, *, simple: bool = False) -> Part:
        """Tell the last answer again."""
        if context.topic is None:
            return self.talk("nothing_before", context)
        gap = self.base.gaps.get(context.topic)
        topic = gap.nearby if gap else context.topic
        names = context.names
        return self.topic(topic, context, names=names, simple=simple, again=True)

    def talk(
        self, key: str, context: Context, kind: Kind | None = None, **values: Saying
    ) -> Part:
        """Return a piece of talk that states no fact."""
        values |= self.service.values
        told = self.wording(context.language).talk(key, **values)
        starters = self.base.content.starters if key in _INVITING else ()
        untold = tuple(topic for topic in starters if topic not in context.told)
        return Part(kind or TALK_KINDS[key], told.said, (), context, untold)

    def quotes(self, context: Context) -> Saying:
        """Return the passages that prove the last answer, in quotation marks."""
        sources = self.base.sources(context.facts)[:_MOST_QUOTES]
        quoted = " ".join(f"«{source.quote}»" for source in sources)
        return (Words(quoted, aside=True),)

    def sums(self, context: Context) -> Saying:
        """Return the sums behind the last answer; nothing where there are none."""
        derived = [fact for fact in context.facts if fact in self.base.derived]
        return self.wording(context.language).sums(derived)

    def button(self, topic_id: str, language: Language) -> Button:
        """Return the button that asks for a topic."""
        title = self.wording(language).ask(topic_id) or ""
        return Button(title, f'/{ASK_TOPIC}{{"topic": "{topic_id}"}}')

    def _of_topic(
        self, topic_id: str, context: Context, names: tuple[str, ...] = ()
    ) -> Selection:
        subject = self._subject_of(names)
        if self.wording(context.language).lacks(topic_id, subject):
            topic_id = self.base.content.roster.all
        topic = self.base.topics[topic_id]
        # What can be asked of others too leads on: `and the other one?`.
        own = [pair for pair in topic.pairs if pair.partition(".")[0] in topic.about]
        pair = next(iter((*own, *topic.pairs)), "")
        return Selection(topic_id, pair, names, subject)

    def _subject_of(self, names: Sequence[str]) -> Subject:
        members = tuple(n for n in names if n in self.base.members)
        places = tuple(n for n in names if self.base.names[n].type == PLACE)
        cities = (*places, *(self.base.place_of(m) for m in members))
        return Subject(members or places, place=cities[0] if cities else "")

    def _gap(self, selection: Selection, context: Context) -> Part:
        gap = self.base.gaps[selection.topic]
        told = self.wording(context.language).gap(selection.topic, selection.subject)
        if gap.contact:
            contact = self.talk("contact", context, "handover").said
            told = Told((*told.said, Words(" "), *contact), told.facts)
        part = self._told("not_stated", told, selection, context)
        words = self.wording(context.language)
        alone = words.gap_alone(selection.topic, selection.subject)
        return dataclasses.replace(part, alone=alone)

    def _told(
        self,
        kind: Kind,
        told: Told,
        selection: Selection,
        context: Context,
        *,
        again: bool = False,
    ) -> Part:
        gap = self.base.gaps.get(selection.topic)
        topic = self.base.topics[gap.nearby if gap else selection.topic]
        named = (selection.subject.names, topic.about, selection.names)
        names = next((some for some in named if some), ())
        after = context.after(
            selection.topic,
            told.facts,
            pair=selection.pair or None,
            names=names,
            listed=self._listed(topic.listed, selection, topic.about),
        )
        untold = tuple(t for t in topic.next if t not in after.told)
        asked = topic.listed if not gap and topic.listed in topic.point else None
        said = told.said if again else self._folded(told.said, asked, context)
        return Part(kind, said, told.facts, after, untold, topic.id)

    def _folded(self, said: Saying, asked: str | None, context: Context) -> Saying:
        """Return what is said with each list as the same one, if it was told before.

        A list that is asked for is told as it is.
        """
        words = self.wording(context.language)
        told = {fact for topic in context.told for fact in words.lists(topic)}
        for fact in told - {asked}:
            said = folded(said, fact, words.same(fact))
        return said

    def _is_plain(self, selection: Selection) -> bool:
        """Tell whether what is told of a topic holds whoever and whatever is asked."""
        topic = self.base.topics[selection.topic]
        return selection.subject == Subject() and not (topic.unsettled or topic.open)

    def _listed(
        self, fact: str | None, selection: Selection, about: tuple[str, ...]
    ) -> tuple[str, ...]:
        if fact:
            return self.base.linked_names(fact)
        if len(selection.subject.names) > 1:
            return selection.subject.names
        return about if len(about) > 1 else ()
