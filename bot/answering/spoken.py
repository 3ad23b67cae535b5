"""Finds the names, values and figures in a question, with their places in it."""

from __future__ import annotations

import bisect
import dataclasses
import functools
from collections.abc import Mapping, Sequence

from bot.answering.frame import Figure
from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.reading.lexicon import ends_with, word_list, word_table
from bot.reading.names import NameMatcher
from bot.reading.phrases import PhraseFinder, PhraseMatch
from bot.reading.quantities import Quantity, find_quantities, units
from bot.reading.spelling import Token

# Words on either side of a figure among which the thing that it counts is looked for.
_REACH = 5

Spoken = Sequence[tuple[str, range]]
"""Ids of names and values, each with its places among the words; "" is unknown."""


@dataclasses.dataclass(frozen=True)
class Words:
    """The words of a question, and the part in which it asks or claims.

    Attributes:
        text: The question.
        tokens: Its words.
        start: Where in the text that part begins.
        end: Where it ends.
    """

    text: str
    tokens: Sequence[Token]
    start: int
    end: int

    @property
    def claimed(self) -> str:
        """The text of that part."""
        return self.text[self.start : self.end]

    @functools.cached_property
    def inside(self) -> list[int]:
        """The places of the words in that part."""
        return [
            place
            for place, token in enumerate(self.tokens)
            if self.start <= token.start and token.end <= self.end
        ]

    def written(self, places: range) -> str:
        """Return some words that follow each other, as they are written."""
        return self.text[self.tokens[places[0]].start : self.tokens[places[-1]].end]


@functools.lru_cache(maxsize=4)
def _finder(base: KnowledgeBase) -> PhraseFinder:
    """Return what finds the values of the vocabulary."""
    return PhraseFinder({v.id: v.forms.all() for v in base.values.values()})


def records(base: KnowledgeBase, question: Question) -> tuple[object, ...]:
    """Return the records of the names in a question."""
    return tuple(base.names[name] for name in question.names)


@functools.lru_cache(maxsize=256)
def matcher(names: tuple[object, ...]) -> NameMatcher:
    """Return what finds some names."""
    return NameMatcher(names)  # type: ignore[arg-type]


def places_of_names(
    base: KnowledgeBase, question: Question, tokens: Sequence[Token]
) -> list[tuple[str, range]]:
    """Return at which words the names stand that were found in a question."""
    found: list[tuple[str, int, int]] = []
    if question.names:
        known = matcher(records(base, question))
        found += [(m.id, m.start, m.end) for m in known.find(question.text)]
    for name in question.unknown:
        start = question.text.find(name)
        if start >= 0:
            found.append(("", start, start + len(name)))
    spoken = []
    for name_id, start, end in found:
        inside = [n for n, t in enumerate(tokens) if start < t.end and t.start < end]
        if inside:
            spoken.append((name_id, range(inside[0], inside[-1] + 1)))
    return spoken


def values_in(base: KnowledgeBase, words: Words, named: Spoken) -> list[PhraseMatch]:
    """Return the values of the vocabulary that are no part of a name."""
    found = _finder(base).find(
        [token.word for token in words.tokens],
        [words.text[token.start : token.end].lower() for token in words.tokens],
    )
    at: dict[int, list[tuple[str, range]]] = {}
    for name, places in named:
        for place in places:
            at.setdefault(place, []).append((name, places))
    return [
        hit
        for hit in found
        if not any(_lies_inside(hit, *each) for each in at.get(hit.start, ()))
        or base.type_of(hit.id) in base.content.within_names
    ]


def without_values(
    unknown: tuple[str, ...], words: Words, named: Spoken, values: list[PhraseMatch]
) -> tuple[str, ...]:
    """Return the unknown names that are more than values of the vocabulary."""
    valued = {
        place for hit in values if hit.whole for place in range(hit.start, hit.end)
    }
    known = {
        words.written(places)
        for name, places in named
        if not name and valued.issuperset(places)
    }
    return tuple(written for written in unknown if written not in known)


def spellings(words: Words, spoken: Spoken) -> dict[str, tuple[str, ...]]:
    """Return the folded words with which each name and value is written, in order."""
    found: dict[str, list[str]] = {}
    for name, places in sorted(spoken, key=lambda each: each[1].start):
        written = found.setdefault(name, [])
        written += (words.tokens[place].word for place in places)
    return {name: tuple(written) for name, written in found.items()}


def _lies_inside(hit: PhraseMatch, name: str, places: range) -> bool:
    """Tell whether a value is only part of a longer name, or of an unknown one."""
    inside = hit.start in places and hit.end - 1 in places
    part = hit.end - hit.start < len(places)
    return inside and (part or not (name or hit.whole))


def figures_in(
    base: KnowledgeBase,
    text: str,
    tokens: Sequence[Token],
    spoken: Spoken,
) -> tuple[Figure, ...]:
    """Return the figures in a text, each with what it counts."""
    countable = frozenset().union(*base.counted.values())
    at: dict[int, list[str]] = {}
    for name, places in spoken:
        if name in countable:
            for place in places:
                at.setdefault(place, []).append(name)
    quantities = find_quantities(text)
    starts = {q.start for q in quantities}
    begin = [token.start for token in tokens]
    return tuple(
        _figure(quantity, tokens, begin, at, starts) for quantity in quantities
    )


def _figure(
    quantity: Quantity,
    tokens: Sequence[Token],
    begin: list[int],
    at: Mapping[int, list[str]],
    starts: set[int],
) -> Figure:
    first = bisect.bisect_left(begin, quantity.end)
    after = range(first, min(first + _REACH, len(tokens)))
    last = bisect.bisect_left(begin, quantity.start)
    if last and tokens[last - 1].end > quantity.start:
        last -= 1
    before = range(last - 1, max(last - 1 - _REACH, -1), -1)
    counts: list[str] = []
    amount = quantity.unit == "kroner"
    for place in () if amount else after:
        if tokens[place].start in starts or tokens[place].word in word_list("and"):
            break
        counts += at.get(place, [])
    for place in before:
        if place in at:
            counts += at[place]
            break
        if tokens[place].word not in word_list("linking"):
            break
    preceding = " ".join(tokens[place].word for place in before[::-1])
    limit, length = ends_with(preceding, "limits")
    return Figure(
        quantity,
        tuple(dict.fromkeys(counts)),
        tokens[after[0]].word if after else "",
        limit,
        tuple(before[:length]),
        not word_list("only").isdisjoint(preceding.split()[-2:]),
    )


def places_of_figures(figures: tuple[Figure, ...], tokens: Sequence[Token]) -> set[int]:
    """Return the words that belong to figures, with their units, and to times."""
    measures = {word for unit in units() for word in unit.split()}
    times = {*word_table("seasons"), *word_table("months")}
    taken = {place for figure in figures for place in figure.limited_at}
    spans = sorted((f.quantity.start, f.quantity.end) for f in figures)
    for place, (start, end, word) in enumerate(tokens):
        # Two that begin at one place, as a fraction and its number, lie side by side.
        last = bisect.bisect_right(spans, start, key=lambda span: span[0])
        inside = any(end <= each for _, each in spans[max(last - 2, 0) : last])
        if inside or word in measures or word in times or word.strip("%").isdigit():
            taken.add(place)
    return taken
