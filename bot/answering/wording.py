"""Puts facts into words, and notes which facts those words state."""

# Longer than other modules: every kind of placeholder is filled in here.

import dataclasses
import functools
import itertools
from collections.abc import Collection, Mapping, Sequence

import num2words

from bot.answering.pieces import (
    Item,
    Listing,
    Piece,
    Saying,
    Sum,
    Term,
    Words,
    capitalised,
    text_of,
)
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import NamesFact, SeasonFact, TextFact, TopicWording
from bot.knowledge.templates import QUESTION_PLACEHOLDERS, placeholders, template_parts
from bot.languages import Language

_MILLION = 1_000_000
_HUNDRED_THOUSAND = 100_000
# num2words has no Nynorsk; the numbers that are spelt out here are alike in both.
_SPELLER = {"nb": "no", "nn": "no", "en": "en"}
# Fewer stand in a sentence as well as in a list of their own.
_FEWEST_LISTED = 3
_FIGURES = ("amount", "count", "percent")
_NOTHING: Mapping[str, Saying] = {}


@dataclasses.dataclass(frozen=True)
class Subject:
    """What a template's `{names}`, `{place}` and `{unknown}` stand for.

    Attributes:
        names: Ids of names.
        place: The id of a place.
        unknown: A name that the knowledge base does not hold, as it was written.
        absent: Ids of names that stand for `{unknown}`, since nobody is found there.
    """

    names: tuple[str, ...] = ()
    place: str = ""
    unknown: str = ""
    absent: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Told:
    """What is said, and the facts that it states."""

    said: Saying
    facts: tuple[str, ...]

    @property
    def text(self) -> str:
        """What is said, as running text."""
        return text_of(self.said)


class Wording:
    """Words in one language."""

    def __init__(self, base: KnowledgeBase, language: Language) -> None:
        """Take the knowledge base and the language."""
        self._base = base
        self._language: Language = language
        self._words = base.wording[language]

    def topic(self, topic_id: str) -> TopicWording:
        """Return the templates of a topic."""
        return self._words.topics[topic_id]

    def ask(self, topic_id: str) -> str | None:
        """Return the question that a topic or gap answers, or None."""
        if topic_id in self._words.topics:
            return self._words.topics[topic_id].ask
        return self._words.gap_questions.get(topic_id)

    def verdict(self, holds: bool) -> str:
        """Return the word for yes or no."""
        return self._words.verdicts["yes" if holds else "no"]

    def talk(self, key: str, **values: Saying) -> Told:
        """Return a piece of small talk, with its own values filled in."""
        return self._render(self._words.talk[key][0], Subject(), values)

    def gap(self, gap_id: str, subject: Subject) -> Told:
        """Return what is told about something that the announcement does not say."""
        missing = self._render(self._words.gaps[gap_id], subject, capital=False)
        nearby = self.tell(self._base.gaps[gap_id].nearby, subject)
        return self._render(
            self._words.gaps["frame"],
            subject,
            {"gap": missing.said, "nearby": nearby.said},
            nearby.facts,
        )

    def gap_alone(self, gap_id: str, subject: Subject) -> Saying:
        """Return that the announcement does not say something, and no more."""
        missing = self._render(self._words.gaps[gap_id], subject, capital=False)
        values = {"gap": missing.said}
        return self._render(self._words.gaps["alone"], subject, values).said

    def tell(self, topic_id: str, subject: Subject, *, simple: bool = False) -> Told:
        """Return what is told of a topic, in short where `simple` has its own words."""
        words = self.topic(topic_id)
        template = words.answer
        if simple and words.simple:
            template = words.simple
        elif len(subject.names) > 1 and words.answer_plural:
            template = words.answer_plural
        topic = self._base.topics[topic_id]
        told = self._render(template, subject, facts=topic.facts, point=topic.point)
        if simple and not told.facts:
            return Told(told.said, self.tell(topic_id, subject).facts)
        return told

    def lists(self, topic_id: str) -> frozenset[str]:
        """Return the ids of the facts whose names a topic or gap lists in full."""
        gap = self._base.gaps.get(topic_id)
        return self._lists[gap.nearby if gap else topic_id]

    @functools.cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        listed = {}
        for topic_id in self._base.topics:
            named = placeholders(self.topic(topic_id).answer)
            facts = [name for name in named if name in self._base.facts]
            listed[topic_id] = frozenset(f for f in facts if self._items(f))
        return listed

    def same(self, fact_id: str) -> str:
        """Return what a list is called that was told before."""
        number = self._spelt(len(self._base.linked_names(fact_id)))
        return self._words.clauses["same"].format(number=number)

    def lacks(self, topic_id: str, subject: Subject) -> bool:
        """Tell whether a topic's words need a name, place or such that is not given.

        A gap's words are its own and those of the topic that is told with it.
        """
        gap = self._base.gaps.get(topic_id)
        texts = [self.topic(gap.nearby if gap else topic_id).answer]
        texts += [self._words.gaps[topic_id]] if gap else []
        needed = QUESTION_PLACEHOLDERS.intersection(placeholders(" ".join(texts)))
        return any(
            not getattr(subject, name)
            for name in needed
            if name != "unknown" or not subject.absent
        )

    def label(self, name_id: str) -> str:
        """Return what a name is called."""
        return self._base.names[name_id].label.into(self._language)

    def join(self, parts: Sequence[str]) -> str:
        """Return parts as a list in a sentence: `a, b og c`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self._words.clauses['and']} {parts[-1]}"

    def figure(self, fact_id: str) -> str:
        """Return a fact's figure with its unit."""
        value = self._base.value(fact_id)
        kind = self._base.figure_kind(fact_id)
        if kind == "percent":
            return self._format("percent", number=self._number(round(value)))
        if kind == "amount" and value >= _MILLION and not value % _HUNDRED_THOUSAND:
            return self._format("millions", number=self._number(value / _MILLION))
        if kind == "amount":
            return self._format("kroner", number=self._number(value))
        return self._number(value)

    def sum_of(self, fact_id: str) -> Sum:
        """Return the arithmetic of a derived fact, with its result."""
        derived = self._base.derived[fact_id]
        first, second, result = map(self._term, (*derived.operands, fact_id))
        key = f"sum_{derived.operation}"
        text = self._format(
            key, first=first.value, second=second.value, result=result.value
        )
        _, between, before, *_ = template_parts(self._words.formats[key])
        operator, equals = between[0].strip(), before[0].strip()
        return Sum(text, (fact_id,), (first, second), operator, equals, result)

    def sums(self, fact_ids: Collection[str]) -> Saying:
        """Return the arithmetic of several derived facts, one after the other."""
        sums = [self.sum_of(fact_id) for fact_id in fact_ids]
        said: list[Piece] = []
        for number, each in enumerate(sums, 1 - len(sums)):
            joint = f" {self._words.clauses['and']} " if number == 0 else ", "
            said += (Words(joint, aside=True), each) if said else (each,)
        return tuple(said)

    def _share(self, part: Piece, of: Piece, whole: Piece) -> Sum:
        """Return `two of ten` as the sum of the share that it makes."""
        operands = (*part.facts, *whole.facts)
        fact_id = next(
            derived.id
            for derived in self._base.derived.values()
            if derived.operation == "percent" and derived.operands == operands
        )
        text = part.text + of.text + whole.text
        return self.sum_of(fact_id)._replace(text=text, facts=operands)

    def _term(self, fact_id: str) -> Term:
        record = self._base.derived.get(fact_id) or self._base.facts[fact_id]
        return Term(self.figure(fact_id), record.label.into(self._language))

    def _format(self, key: str, **values: str) -> str:
        return self._words.formats[key].format(**values)

    def _number(self, value: float) -> str:
        formats = self._words.formats
        whole, _, decimals = f"{value:.1f}".partition(".")
        # Four digits stand together in Norwegian: 1234, but 12 345.
        grouped = whole
        if self._language == "en" or len(whole) > len("9999"):
            grouped = f"{int(whole):,}".replace(",", formats["thousands"])
        return (
            grouped if decimals == "0" else f"{grouped}{formats['decimal']}{decimals}"
        )

    def _spelt(self, number: int) -> str:
        return _spelt(number, self._language)

    def _render(
        self,
        template: str,
        subject: Subject,
        values: Mapping[str, Saying] = _NOTHING,
        facts: Sequence[str] = (),
        *,
        point: Collection[str] = (),
        capital: bool = True,
    ) -> Told:
        stated = list(facts)
        said: list[Piece] = []
        share: int | None = None
        for literal, name, options in template_parts(template):
            if literal:
                said.append(Words(literal))
            if name is None:
                continue
            if name in values:
                filling = values[name]
            elif name in QUESTION_PLACEHOLDERS:
                filling = self._subject(name, options, subject)
                stated += (fact for piece in filling for fact in piece.facts)
            else:
                filling = (self._fact(name, options, point),)
                stated.append(name)
            said += capitalised(filling) if "capital" in options else filling
            if share is not None:
                part, of, whole = said[share:]
                said[share:] = (self._share(part, of, whole),)
            share = len(said) - 1 if "share" in options else None
        saying = capitalised(tuple(said)) if capital else tuple(said)
        return Told(saying, tuple(dict.fromkeys(stated)))

    def _fact(
        self, fact_id: str, options: frozenset[str], point: Collection[str]
    ) -> Piece:
        if "sum" in options:
            return self.sum_of(fact_id)
        stated = (fact_id,)
        if "words" in options:
            number = self._spelt(round(self._base.value(fact_id)))
            # One that is spelt out is what is asked for, or only part of a sentence.
            return Words(number, stated, figure=fact_id in point)
        fact = self._base.facts.get(fact_id)
        if isinstance(fact, NamesFact):
            text = self._names_of(fact, options)
            items = self._items(fact_id)
            return (
                Listing(text, stated, items, fact_id) if items else Words(text, stated)
            )
        if isinstance(fact, TextFact):
            return Words(fact.text.into(self._language), stated)
        if isinstance(fact, SeasonFact):
            season = self._format(fact.value.season, year=str(fact.value.year))
            return Words(season, stated)
        names = self._base.linked_names(fact_id)
        if names:
            return Words(self.label(names[0]), stated)
        return Words(self.figure(fact_id), stated, figure=True)

    def _names_of(self, fact: NamesFact, options: frozenset[str]) -> str:
        if "lines" in options:
            return "".join(f"\n– {line.into(self._language)}" for line in fact.lines)
        if fact.text is not None:
            return fact.text.into(self._language)
        return self.join([self.label(name) for name in fact.value])

    def _items(self, fact_id: str) -> tuple[Item, ...]:
        """Return the names of a fact one by one, if it has many."""
        fact = self._base.facts[fact_id]
        if not isinstance(fact, NamesFact) or len(fact.value) < _FEWEST_LISTED:
            return ()
        if fact.details:
            details = {
                name: detail.into(self._language)
                for name, detail in fact.details.items()
            }
            return tuple(Item(self.label(n), details.get(n, "")) for n in fact.value)
        if fact.lines:
            return tuple(Item(line.into(self._language)) for line in fact.lines)
        # The words of a text cannot be told apart.
        return () if fact.text else tuple(Item(self.label(n)) for n in fact.value)

    def _subject(self, name: str, options: frozenset[str], subject: Subject) -> Saying:
        if name == "unknown":
            absent = self.join([self.label(n) for n in subject.absent])
            return (Words(subject.unknown or absent),)
        if name == "place":
            facts = tuple(map(self._base.place_fact, subject.names))
            return (Words(self.label(subject.place), facts),)
        clause = next((c for c in ("located", "lie", "kind") if c in options), None)
        if clause is None:
            called = [self.label(n) for n in subject.names]
            return (self._listed(called, tuple(map(Item, called)), ()),)
        return (self._clauses(clause, subject.names),)

    def _listed(
        self, texts: Sequence[str], items: tuple[Item, ...], facts: tuple[str, ...]
    ) -> Piece:
        text = self.join(texts)
        if len(items) < _FEWEST_LISTED:
            return Words(text, facts)
        return Listing(text, facts, items)

    def _clauses(self, clause: str, names: Sequence[str]) -> Piece:
        base, templates = self._base, self._words.clauses
        if clause == "kind":
            known = [name for name in names if base.kind_fact(name) in base.facts]
            described = [
                templates[clause].format(
                    name=self.label(name),
                    city=self.label(base.place_of(name)),
                    kind=self._fact(base.kind_fact(name), frozenset(), ()).text,
                )
                for name in known
            ]
            kinds = map(base.kind_fact, known)
            facts = (*kinds, *map(base.place_fact, known))
            return self._listed(described, tuple(map(Item, described)), facts)
        texts: list[str] = []
        stated: list[str] = []
        items: list[Item] = []
        for city, group in itertools.groupby(names, key=base.place_of):
            together = list(group)
            stated += map(base.place_fact, together)
            labels = [self.label(name) for name in together]
            several = f"{clause}_plural" if len(together) > 1 else clause
            template = templates.get(several, templates[clause])
            place = self.label(city)
            texts.append(template.format(name=self.join(labels), city=place))
            if clause == "located":
                items += (Item(label, place) for label in labels)
            else:
                items.append(Item(texts[-1]))
        return self._listed(texts, tuple(items), tuple(stated))


@functools.cache
def _spelt(number: int, language: Language) -> str:
    return str(num2words.num2words(number, lang=_SPELLER[language]))
