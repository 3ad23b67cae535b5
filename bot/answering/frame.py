"""What one question means: who it is about, and what it asks or claims."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Literal

from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.reading.form import Form
from bot.reading.quantities import Moment, Quantity
from bot.reading.spelling import fold

Act = Literal["ask", "claim", "remark"]


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure in a question.

    Attributes:
        quantity: Its value and unit.
        counts: Ids of the names or values that it counts, if that is said.
        thing: The word right after it, which it may count too.
        limit: Whether something is said to be `more` or `less` than it, at `least` or
            `most` as much, or just as much (`as_many`).
        limited_at: Places of the words that say so.
        only: It is said that there are only so many.
    """

    quantity: Quantity
    counts: tuple[str, ...] = ()
    thing: str = ""
    limit: str | None = None
    limited_at: tuple[int, ...] = ()
    only: bool = False


@dataclasses.dataclass(frozen=True)
class Clause:
    """A part of a question between `and`, `but` and such.

    Attributes:
        spoken: Ids of the names and values in it.
        plain: Its folded words that belong to none, nor to a figure.
        figures: It holds a figure.
    """

    spoken: tuple[str, ...]
    plain: tuple[str, ...]
    figures: bool


@dataclasses.dataclass(frozen=True)
class Frame:
    """What one question means.

    Attributes:
        question: The question as it was understood.
        act: `ask` for a question with a question word or a request, `claim` for one
            that can only be answered with yes or no, `remark` for a statement that
            nobody has asked to be confirmed.
        subject: What it is about: the first half of the intent's pair, or empty.
        attribute: What is asked of it: the second half, or empty.
        values: Ids of the values of the vocabulary in it.
        figures: The figures in it.
        moment: The season and year in it, or None.
        asks: The kinds of its question words.
        cues: What its words turn to, such as `share` or `other`.
        form: How it is put.
        plain: Its folded words that claim something, and belong to no name, value or
            figure.
        written_as: The folded words with which each name or value is written.
        titled: Ids of names that are mentioned by a title alone.
        denied: What it claims is a denial.
        contrast: It denies a part, as `and not abroad` does.
        contrasted: Ids of the names and values in that part alone.
        clauses: The ids of the names and values in each of its clauses, with the plain
            words there.
        capitalised: Those of its plain words that are written with a capital letter
            inside the sentence.
    """

    question: Question
    act: Act
    subject: str
    attribute: str
    values: tuple[str, ...]
    figures: tuple[Figure, ...]
    moment: Moment | None
    asks: tuple[str, ...]
    cues: tuple[str, ...]
    form: Form
    plain: tuple[str, ...]
    written_as: Mapping[str, tuple[str, ...]]
    titled: frozenset[str]
    denied: bool
    contrast: bool
    contrasted: frozenset[str]
    clauses: tuple[Clause, ...]
    capitalised: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the names in it."""
        return self.question.names

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names in it that are not known, as they were written."""
        return self.question.unknown

    @functools.cached_property
    def folded(self) -> str:
        """Its words, folded."""
        return fold(self.question.text)

    def marks(self, base: KnowledgeBase) -> frozenset[str]:
        """Return all that a route can ask for, of what is named or said."""
        named = (*self.names, *self.values)
        units = {figure.quantity.unit for figure in self.figures}
        return frozenset(
            {
                *named,
                *(base.type_of(name) for name in named),
                *(["unknown"] if self.unknown else []),
                *(["figure"] if units else []),
                *(["amount"] if "kroner" in units else []),
                *(["count"] if "count" in units else []),
                *self.cues,
            }
        )

    def described(self) -> str:
        """Return it in one line, for maintainers."""
        parts = {
            "names": [*self.names, *(f"«{name}»" for name in self.unknown)],
            "values": self.values,
            "figures": [
                f"{f.quantity.value:g} {'/'.join(f.counts) or f.quantity.unit}"
                for f in self.figures
            ],
            "asks": self.asks,
            "cues": self.cues,
        }
        told = [f"{key}: {', '.join(map(str, v))}" for key, v in parts.items() if v]
        pair = f"{self.subject}.{self.attribute}" if self.attribute else "no pair"
        return "; ".join([f"{self.act} {pair}", *told])
