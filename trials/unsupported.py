"""Finds what a reply states without support in the knowledge base."""

import re
from collections.abc import Iterable, Iterator

from bot.knowledge import KnowledgeBase
from bot.knowledge.models import SeasonFact, TextFact, TopicWording
from bot.reading.lexicon import word_table
from bot.reading.spelling import fold, words_of
from trials.figures import WORD, Figure, figures, number_words

_MONTHS = re.compile(
    r"\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november"
    r"|desember|January|February|March|May(?= \d)|June|July|October|December)\b"
)
_CAPITALISED = re.compile(r"[A-ZÆØÅ][\w-]*(?:['’]s\b)?")
# Where a capital says nothing about the word that has it.
_SENTENCE_START = re.compile(r"(?:^|[.!?:;|]\s+|\n\s*|[«“\"(]\s*|[–•-]\s+)$")
# Capitals that name nothing one could be wrong about.
_NO_NAMES = frozenset({"I", "NOK", "OK", "Noreg"})


class Scanner:
    """Finds what replies state that nothing supports."""

    def __init__(self, base: KnowledgeBase) -> None:
        """Collect what the knowledge base supports."""
        seasons = [f.value for f in base.facts.values() if isinstance(f, SeasonFact)]
        self._years = {season.year for season in seasons}
        self._seasons = {season.season for season in seasons}
        self._base = base
        self._counts = _counts_of_names(base)
        self._values = self._values_of([*base.facts, *base.derived])
        known = " ".join(_known_texts(base))
        self._names = set(_CAPITALISED.findall(known)) | _NO_NAMES
        self._openings = _openings(base)

    def unsupported(self, text: str, asked: str) -> list[str]:
        """Return what neither the knowledge base nor the person holds.

        Figures in digits or words and times must be values of the knowledge base or
        follow from them. Names may also be the person's own, said back. A name shows by
        its capital, so one in lower case is not found.

        Args:
            text: The reply's text.
            asked: What the person has written in the conversation.

        Returns:
            Each as it is written: figures, then times, then names.
        """
        found = [
            *self.unsupported_figures(text),
            *self._stray_times(text),
            *self._stray_names(text, set(words_of(asked))),
        ]
        return list(dict.fromkeys(found))

    def unproven(
        self, text: str, facts: Iterable[str], quotes: Iterable[str]
    ) -> list[str]:
        """Return the figures of a reply that neither its facts nor its quotes hold.

        This is narrower than `unsupported`: another figure of the knowledge base, in
        the place of the right one, is found.

        Args:
            text: The reply's text.
            facts: Ids of the facts that it states; those not known do not count.
            quotes: The passages that it gives as its sources.
        """
        values = self._values_of(facts)
        for figure in figures("\n".join(quotes)):
            values[figure.unit].add(round(figure.value, 1))
        found = [
            figure.written
            for figure in figures(text)
            if round(figure.value, 1) not in values[figure.unit]
        ]
        return list(dict.fromkeys(found))

    def unsupported_figures(self, text: str) -> list[str]:
        """Return the figures of a text that the knowledge base does not hold."""
        found = [f.written for f in figures(text) if not self._is_supported(f)]
        return list(dict.fromkeys(found))

    def _is_supported(self, figure: Figure) -> bool:
        if figure.unit == "count" and figure.value in self._years:
            return True
        return round(figure.value, 1) in self._values[figure.unit]

    def _values_of(self, facts: Iterable[str]) -> dict[str, set[float]]:
        """Return the figures that facts allow, by unit, to one decimal or none."""
        base = self._base
        values = {"count": set(self._counts), "kroner": set(), "percent": set()}
        known = [fact for fact in facts if fact in base.facts or fact in base.derived]
        for fact in _with_operands(base, known):
            kind = base.figure_kind(fact)
            if kind in ("amount", "count", "percent"):
                unit = "kroner" if kind == "amount" else kind
                value = base.value(fact)
                values[unit] |= {float(round(value)), round(value, 1)}
            # What is listed may be counted.
            if len(base.linked_names(fact)) > 1:
                values["count"].add(float(len(base.linked_names(fact))))
        return values

    def _stray_times(self, text: str) -> Iterator[str]:
        yield from _MONTHS.findall(text)
        seasons = word_table("seasons")
        for match in WORD.finditer(text):
            season = seasons.get(fold(match.group()))
            if season is not None and season not in self._seasons:
                yield match.group()

    def _stray_names(self, text: str, echoed: set[str]) -> Iterator[str]:
        for match in _CAPITALISED.finditer(text):
            before = text[: match.start()]
            if before[-1:].isalnum() or before[-1:] == "-":
                continue
            word = re.sub(r"['’]s$", "", match.group())
            forms = {word, word.removesuffix("s"), word.rstrip("-")}
            known = forms & self._names or set(words_of(word)) <= echoed
            opens = _SENTENCE_START.search(before) and fold(word) in self._openings
            if not known and not opens:
                yield match.group()


def _with_operands(base: KnowledgeBase, facts: Iterable[str]) -> set[str]:
    """Return some facts and all that those derived among them are worked out from."""
    found = set(facts)
    for fact in facts:
        if fact in base.derived:
            found |= _with_operands(base, base.derived[fact].operands)
    return found


def _counts_of_names(base: KnowledgeBase) -> set[float]:
    """Return how many names topics are about, which any reply may count."""
    return {float(len(t.about)) for t in base.topics.values() if len(t.about) > 1}


def _known_texts(base: KnowledgeBase) -> Iterator[str]:
    yield base.announcement
    for name in base.names.values():
        if name.places or any(alias in base.announcement for alias in name.aliases):
            yield from (name.label.nb, name.label.nn, name.label.en, *name.aliases)
    for fact in base.facts.values():
        text = getattr(fact, "text", None)
        if text is not None:
            yield from (text.nb, text.nn, text.en)


def _openings(base: KnowledgeBase) -> set[str]:
    """Return the folded words that sentences of the wording begin with."""
    templates: list[str] = []
    for wording in base.wording.values():
        for topic in wording.topics.values():
            templates += _templates(topic)
        templates += wording.gaps["frame"], *wording.verdicts.values()
        templates += wording.clauses.values()
        templates += [text for texts in wording.talk.values() for text in texts]
    for fact in base.facts.values():
        if isinstance(fact, TextFact):
            templates += fact.text.nb, fact.text.nn, fact.text.en
    starts = {
        words_of(part)[0]
        for template in templates
        for part in re.split(r"[.!?:]\s+", template)
        if words_of(part) and not part.startswith("{")
    }
    return starts | set(number_words(english=False))


def _templates(topic: TopicWording) -> list[str]:
    texts = (topic.answer, topic.answer_plural, topic.simple)
    return [text for text in texts if text]
