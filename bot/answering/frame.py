"""What one question means: who it is about, what it asks or claims, what it points to.

The frame is read from the words alone; the conversation is not looked at.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Mapping
from typing import Literal

from bot.answering.question import Question
from bot.knowledge import KnowledgeBase
from bot.reading.form import Form, read_form
from bot.reading.lexicon import (
    CUES,
    ends_with,
    holds_any,
    meanings_in,
    word_list,
    word_table,
)
from bot.reading.names import NameMatcher
from bot.reading.phrases import PhraseFinder, PhraseMatch
from bot.reading.quantities import Moment, Quantity, find_moment, find_quantities
from bot.reading.segments import claimed_span
from bot.reading.spelling import WORD, fold

Act = Literal["ask", "claim", "remark"]
# Words on either side of a figure among which the thing that it counts is looked for.
_REACH = 5


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure in a question.

    Attributes:
        quantity: Its value and unit.
        counts: Ids of the names or values that it counts, if that is said.
        thing: The word right after it, which it may count too.
        limit: Whether something is said to be `more` or `less` than it, or at `least`
            or `most` as much.
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
        words_of: The folded words with which each name or value is written.
        titled: Ids of names that are mentioned by a title alone.
        denied: What it claims is a denial.
        contrast: It denies a part, as `and not abroad` does.
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
    words_of: Mapping[str, tuple[str, ...]]
    titled: frozenset[str]
    denied: bool
    contrast: bool
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


def read_frame(base: KnowledgeBase, question: Question) -> Frame:
    """Return what a question means."""
    text = question.text
    start, end = claimed_span(text)
    question = _of_span(base, question, start, end)
    tokens = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    named = _places_of_names(base, question, tokens)
    values = [
        hit
        for hit in _finder(base).find(
            [word for _, _, word in tokens],
            [text[a:b].lower() for a, b, _ in tokens],
        )
        if not any(_lies_inside(hit, name, places) for name, places in named)
        or base.type_of(hit.id) in base.content.within_names
    ]
    valued = {
        place for hit in values if hit.whole for place in range(hit.start, hit.end)
    }
    unknown = tuple(
        written
        for written in question.unknown
        if not any(
            not name
            and valued.issuperset(places)
            and _is_at(text, tokens, places, written)
            for name, places in named
        )
    )
    question = dataclasses.replace(question, unknown=unknown)
    spoken = [*((hit.id, range(hit.start, hit.end)) for hit in values), *named]
    figures = tuple(
        figure
        for figure in _figures(base, text, tokens, spoken)
        if start <= figure.quantity.start < end
    )
    taken = {place for _, places in spoken for place in places}
    taken |= _places_of_figures(figures, tokens)
    plain = tuple(
        word
        for place, (a, b, word) in enumerate(tokens)
        if place not in taken and start <= a and b <= end
    )
    subject, _, attribute = base.intents.get(question.intent, "").partition(".")
    inside = text[start:end]
    folded = fold(inside)
    form = _form(text, inside)
    asks = meanings_in(folded, "asks")
    words_of: dict[str, tuple[str, ...]] = {}
    for name, places in sorted(spoken, key=lambda each: each[1].start):
        words = tuple(tokens[place][2] for place in places)
        words_of[name] = (*words_of.get(name, ()), *words)
    return Frame(
        question=question,
        act=_act(form, inside, asks, bool(figures)),
        subject=subject,
        attribute=attribute,
        values=tuple(dict.fromkeys(hit.id for hit in values)),
        figures=figures,
        moment=find_moment(inside),
        asks=asks,
        cues=tuple(cue for cue in CUES if cue in meanings_in(folded, "cues")),
        form=form,
        plain=plain,
        words_of=words_of,
        titled=frozenset(
            name
            for name, words in words_of.items()
            if name in base.names and _is_title(base, name, words)
        ),
        # `ten did not get any` denies nothing: it is what the figure counts.
        denied=form.negated and _denies(tokens, taken, start, end),
        contrast=_contrasts([w for a, b, w in tokens if start <= a and b <= end]),
        clauses=_clauses(tokens, spoken, taken, start, end),
        capitalised=frozenset(
            word
            for place, (a, b, word) in enumerate(tokens)
            if place and place not in taken and text[a:b][:1].isupper()
        ),
    )


def _denies(
    tokens: list[tuple[int, int, str]], taken: set[int], start: int, end: int
) -> bool:
    """Tell a denial from `abroad and not at home`, where only a part is denied."""
    for place, (a, b, word) in enumerate(tokens):
        if start <= a and b <= end and place not in taken:
            before = tokens[place - 1][2] if place else ""
            denying = word_list("negations").intersection((word, f"{before} {word}"))
            if denying and before not in word_list("joints"):
                return True
    return False


def _contrasts(words: list[str]) -> bool:
    joints, negations = word_list("joints"), word_list("negations")
    return any(a in joints and b in negations for a, b in itertools.pairwise(words))


def _clauses(
    tokens: list[tuple[int, int, str]],
    spoken: list[tuple[str, range]],
    taken: set[int],
    start: int,
    end: int,
) -> tuple[Clause, ...]:
    inside = [n for n, (a, b, _) in enumerate(tokens) if start <= a and b <= end]
    parts: list[list[int]] = [[]]
    for place in inside:
        if tokens[place][2] in word_list("joints"):
            parts.append([])
        else:
            parts[-1].append(place)
    clauses = []
    for part in parts:
        held = [name for name, places in spoken if set(part) & set(places)]
        plain = tuple(tokens[place][2] for place in part if place not in taken)
        figures = any(tokens[place][2][:1].isdigit() for place in part)
        clauses.append(Clause(tuple(filter(None, held)), plain, figures))
    return tuple(clauses)


def _is_at(
    text: str, tokens: list[tuple[int, int, str]], places: range, written: str
) -> bool:
    return text[tokens[places[0]][0] : tokens[places[-1]][1]] == written


def _form(text: str, inside: str) -> Form:
    """Return how a question is put; `is that right?` may stand in its own sentence."""
    form = read_form(inside)
    if form.confirming or not read_form(text).confirming:
        return form
    return dataclasses.replace(form, confirming=True, yes_no=True, asks_to_tell=False)


def _of_span(base: KnowledgeBase, question: Question, start: int, end: int) -> Question:
    """Return a question without the names that only its background holds.

    Who asks of themselves, as `are we among them` does, asks of those too.
    """
    inside = question.text[start:end]
    if inside == question.text or holds_any(fold(inside), "ourselves"):
        return question
    found = (
        {m.id for m in _matcher(_records(base, question)).find(inside)}
        if question.names
        else set()
    )
    unknown = tuple(name for name in question.unknown if name in inside)
    names = tuple(name for name in question.names if name in found)
    if not names and not unknown:
        return question
    return dataclasses.replace(question, names=names, unknown=unknown)


def _records(base: KnowledgeBase, question: Question) -> tuple[object, ...]:
    return tuple(base.names[name] for name in question.names)


def _is_title(base: KnowledgeBase, name: str, words: tuple[str, ...]) -> bool:
    """Tell whether words for a name are none of its own, but a title's."""
    record = base.names[name]
    own = {word for alias in record.aliases for word in fold(alias).split()}
    return bool(record.titles) and own.isdisjoint(words)


def _lies_inside(hit: PhraseMatch, name: str, places: range) -> bool:
    """Tell whether a value is only part of a longer name, or of an unknown one."""
    inside = hit.start in places and hit.end - 1 in places
    part = hit.end - hit.start < len(places)
    return inside and (part or not (name or hit.whole))


def _act(form: Form, inside: str, asks: tuple[str, ...], figures: bool) -> Act:
    marked = inside.rstrip().endswith("?")
    if form.confirming:
        return "claim"
    asked = bool(asks) and not (form.inverted and form.relative)
    if asked or form.asks_to_tell:
        return "ask"
    if form.inverted and form.yes_no:
        return "claim"
    if marked and (figures or (form.yes_no and form.has_verb)):
        return "claim"
    return "ask" if marked else "remark"


@functools.lru_cache(maxsize=4)
def _finder_of(forms: tuple[tuple[str, tuple[str, ...]], ...]) -> PhraseFinder:
    return PhraseFinder(dict(forms))


def _finder(base: KnowledgeBase) -> PhraseFinder:
    return _finder_of(tuple((v.id, v.forms.all()) for v in base.values.values()))


@functools.lru_cache(maxsize=256)
def _matcher(names: tuple[object, ...]) -> NameMatcher:
    return NameMatcher(names)  # type: ignore[arg-type]


def _places_of_names(
    base: KnowledgeBase, question: Question, tokens: list[tuple[int, int, str]]
) -> list[tuple[str, range]]:
    """Return at which words the names stand that were found in a question."""
    found: list[tuple[str, int, int]] = []
    if question.names:
        matcher = _matcher(_records(base, question))
        found += [(m.id, m.start, m.end) for m in matcher.find(question.text)]
    for name in question.unknown:
        start = question.text.find(name)
        if start >= 0:
            found.append(("", start, start + len(name)))
    spoken = []
    for name_id, start, end in found:
        inside = [n for n, (a, b, _) in enumerate(tokens) if start < b and a < end]
        if inside:
            spoken.append((name_id, range(inside[0], inside[-1] + 1)))
    return spoken


def _figures(
    base: KnowledgeBase,
    text: str,
    tokens: list[tuple[int, int, str]],
    spoken: list[tuple[str, range]],
) -> tuple[Figure, ...]:
    countable = _countable(base)
    at: dict[int, list[str]] = {}
    for name, places in spoken:
        if name in countable:
            for place in places:
                at.setdefault(place, []).append(name)
    quantities = find_quantities(text)
    starts = {q.start for q in quantities}
    return tuple(_figure(quantity, tokens, at, starts) for quantity in quantities)


def _figure(
    quantity: Quantity,
    tokens: list[tuple[int, int, str]],
    at: Mapping[int, list[str]],
    starts: set[int],
) -> Figure:
    after = [n for n, (a, _, _) in enumerate(tokens) if a >= quantity.end]
    before = [n for n, (_, b, _) in enumerate(tokens) if b <= quantity.start][::-1]
    counts: list[str] = []
    amount = quantity.unit == "kroner"
    for place in () if amount else after[:_REACH]:
        if tokens[place][0] in starts or tokens[place][2] in word_list("and"):
            break
        counts += at.get(place, [])
    for place in before[:_REACH]:
        if place in at:
            counts += at[place]
            break
        if tokens[place][2] not in word_list("linking"):
            break
    preceding = " ".join(tokens[place][2] for place in before[:_REACH][::-1])
    limit, length = ends_with(preceding, "limits")
    return Figure(
        quantity,
        tuple(dict.fromkeys(counts)),
        tokens[after[0]][2] if after else "",
        limit,
        tuple(before[:length]),
        not word_list("only").isdisjoint(preceding.split()[-2:]),
    )


def _countable(base: KnowledgeBase) -> frozenset[str]:
    return frozenset(
        name for fact in (*base.facts, *base.derived) for name in base.counted_by(fact)
    )


def _places_of_figures(
    figures: tuple[Figure, ...], tokens: list[tuple[int, int, str]]
) -> set[int]:
    """Return the words that belong to figures, with their units, and to times."""
    units = frozenset(word_list("units"))
    times = {*word_table("seasons"), *word_table("months")}
    taken = {place for figure in figures for place in figure.limited_at}
    for place, (start, end, word) in enumerate(tokens):
        inside = any(
            f.quantity.start <= start and end <= f.quantity.end for f in figures
        )
        if inside or word in units or word in times or word.strip("%").isdigit():
            taken.add(place)
    return taken
