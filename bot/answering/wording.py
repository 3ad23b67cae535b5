"""Puts facts into words, and notes which facts those words state."""

import dataclasses
import itertools
from collections.abc import Sequence

import num2words

from bot.knowledge import KnowledgeBase
from bot.knowledge.models import NamesFact, SeasonFact, TextFact, TopicWording
from bot.knowledge.templates import QUESTION_PLACEHOLDERS, placeholders, template_parts
from bot.languages import Language

_MILLION = 1_000_000
_HUNDRED_THOUSAND = 100_000
# num2words has no Nynorsk; the numbers that are spelt out here are alike in both.
_SPELLER = {"nb": "no", "nn": "no", "en": "en"}


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
    """A text and the facts that it states."""

    text: str
    facts: tuple[str, ...]


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

    def talk(self, key: str, **values: str) -> Told:
        """Return a piece of small talk, with its own values filled in."""
        return self._render(self._words.talk[key][0], Subject(), values)

    def gap(self, gap_id: str, subject: Subject) -> Told:
        """Return what is told about something that the announcement does not say."""
        missing = self._render(self._words.gaps[gap_id], subject, {}, capital=False)
        nearby = self.tell(self._base.gaps[gap_id].nearby, subject)
        return self._render(
            self._words.gaps["frame"],
            subject,
            {"gap": missing.text, "nearby": nearby.text},
            nearby.facts,
        )

    def gap_alone(self, gap_id: str, subject: Subject) -> str:
        """Return that the announcement does not say something, and no more."""
        missing = self._render(self._words.gaps[gap_id], subject, {}, capital=False)
        values = {"gap": missing.text}
        return self._render(self._words.gaps["alone"], subject, values).text

    def tell(self, topic_id: str, subject: Subject, *, simple: bool = False) -> Told:
        """Return what is told of a topic, in short where `simple` has its own words."""
        words = self.topic(topic_id)
        template = words.answer
        if simple and words.simple:
            template = words.simple
        elif len(subject.names) > 1 and words.answer_plural:
            template = words.answer_plural
        told = self._render(template, subject, {}, self._base.topics[topic_id].facts)
        if simple and not told.facts:
            return Told(told.text, self.tell(topic_id, subject).facts)
        return told

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

    def sum_of(self, fact_id: str) -> str:
        """Return the arithmetic of a derived fact, with its result."""
        derived = self._base.derived[fact_id]
        first, second = (self.figure(operand) for operand in derived.operands)
        return self._format(
            f"sum_{derived.operation}",
            first=first,
            second=second,
            result=self.figure(fact_id),
        )

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

    def _render(
        self,
        template: str,
        subject: Subject,
        values: dict[str, str],
        facts: Sequence[str] = (),
        *,
        capital: bool = True,
    ) -> Told:
        stated = list(facts)
        text = ""
        no_facts: list[str] = []
        for literal, name, options in template_parts(template):
            text += literal
            if name is None:
                continue
            if name in values:
                filling, cited = values[name], no_facts
            elif name in QUESTION_PLACEHOLDERS:
                filling, cited = self._subject(name, options, subject)
            else:
                filling, cited = self._fact(name, options), [name]
            text += _capital(filling) if "capital" in options else filling
            stated += cited
        text = _capital(text) if capital else text
        return Told(text, tuple(dict.fromkeys(stated)))

    def _fact(self, fact_id: str, options: frozenset[str]) -> str:
        if "sum" in options:
            return self.sum_of(fact_id)
        if "words" in options:
            number = round(self._base.value(fact_id))
            return str(num2words.num2words(number, lang=_SPELLER[self._language]))
        fact = self._base.facts.get(fact_id)
        if isinstance(fact, NamesFact) and "lines" in options:
            return "".join(f"\n– {line.into(self._language)}" for line in fact.lines)
        if isinstance(fact, (TextFact, NamesFact)) and fact.text is not None:
            return fact.text.into(self._language)
        if isinstance(fact, SeasonFact):
            return self._format(fact.value.season, year=str(fact.value.year))
        names = self._base.linked_names(fact_id)
        if names:
            return self.join([self.label(name) for name in names])
        return self.figure(fact_id)

    def _subject(
        self, name: str, options: frozenset[str], subject: Subject
    ) -> tuple[str, list[str]]:
        if name == "unknown":
            absent = self.join([self.label(n) for n in subject.absent])
            return subject.unknown or absent, []
        if name == "place":
            return self.label(subject.place), [
                self._base.place_fact(name) for name in subject.names
            ]
        clause = next((c for c in ("located", "lie", "kind") if c in options), None)
        if clause is None:
            return self.join([self.label(n) for n in subject.names]), []
        return self._clauses(clause, subject.names)

    def _clauses(self, clause: str, names: Sequence[str]) -> tuple[str, list[str]]:
        base, templates = self._base, self._words.clauses
        if clause == "kind":
            known = [name for name in names if base.kind_fact(name) in base.facts]
            described = [
                templates[clause].format(
                    name=self.label(name),
                    city=self.label(base.place_of(name)),
                    kind=self._fact(base.kind_fact(name), frozenset()),
                )
                for name in known
            ]
            kinds = map(base.kind_fact, known)
            return self.join(described), [*kinds, *map(base.place_fact, known)]
        texts: list[str] = []
        facts: list[str] = []
        for city, group in itertools.groupby(names, key=base.place_of):
            together = list(group)
            facts += map(base.place_fact, together)
            called = self.join([self.label(name) for name in together])
            several = f"{clause}_plural" if len(together) > 1 else clause
            template = templates.get(several, templates[clause])
            texts.append(template.format(name=called, city=self.label(city)))
        return self.join(texts), facts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
