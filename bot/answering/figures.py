"""Holds up the figures and times of a claim to those that are told."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from bot.answering.findings import THE_ORDER, Finding, Sort
from bot.answering.frame import Figure
from bot.answering.grounds import Check
from bot.knowledge.models import LAND, SeasonFact
from bot.reading.lexicon import word_list, word_table
from bot.reading.quantities import MILLION, Quantity

_KIND_OF_UNIT = {"kroner": "amount", "percent": "percent", "count": "count"}
# A figure is the same when it is off by less than this share, as `33` is for 33.3 %.
_TOLERANCE = 0.015


class Figures(Check):
    """The figures and times of one claim."""

    def findings(self) -> Iterator[Finding]:
        """Yield what becomes of each."""
        yield from self._ranking()
        yield from self._figures()
        yield from self._moment()

    def _ranking(self) -> Iterator[Finding]:
        """Hold up `more schools than clubs` to what there are of each."""
        cues = set(self._frame.cues) & {"more", "fewer", "equal"}
        ranked = {
            name: self._grounds.value(fact)
            for name in self._frame.written_as
            for fact in self._grounds.counting((name,))[:1]
        }
        if len(ranked) < 2:
            ranked = {
                name: self._grounds.value(fact)
                for name in self._selection.names
                for fact in self._grounds.counting((name,))[:1]
            }
        compared = not word_list("comparing").isdisjoint(self._frame.plain)
        limited = any(
            figure.limit or word_table("cues").get(figure.thing) not in cues
            for figure in self._frame.figures
        )
        if cues == {"equal"} and len(ranked) == 2:
            first, second = ranked.values()
            yield Finding("supports" if first == second else "contradicts", THE_ORDER)
        elif len(cues) == 1 and len(ranked) == 2 and compared and not limited:
            first, second = ranked.values()
            leads = first > second if "more" in cues else first < second
            yield Finding(
                "supports" if leads else "contradicts", THE_ORDER, strength="weak"
            )

    def _figures(self) -> Iterator[Finding]:
        """Yield what becomes of the figures.

        Beside a right figure of a fact another says something else of it.
        """
        found = [self._figure(figure) for figure in self._frame.figures]
        right = {finding.fact for finding in found if finding.sort == "supports"}
        for finding in found:
            counted = finding.fact and self._grounds.kind(finding.fact) == "count"
            if finding.sort == "contradicts" and counted and finding.fact in right:
                yield Finding("unexplained", finding.what)
            else:
                yield finding

    def _figure(self, figure: Figure) -> Finding:
        quantity = figure.quantity
        what = f"{quantity.value:g}"
        facts = self._comparable(figure)
        if self._is_of_list(quantity) or what in self._selection.settled:
            return Finding("supports", what)
        if self._counts_something_else(figure):
            return Finding("unexplained", what)
        if figure.limit and facts:
            return self._limit(figure, facts[0])
        for fact in facts:
            if any(
                _same(self._grounds.value(fact), claimed)
                for claimed in _readings(quantity)
            ):
                return Finding("supports", what, fact)
        if quantity.value == len(self._selection.subject.names):
            return Finding("supports", what)
        if not facts or self._is_narrowed() or self._is_of_another(quantity, facts[0]):
            return Finding("unexplained", what)
        bound = not set(figure.counts).isdisjoint(self._base.counted[facts[0]])
        firm = bound or self._grounds.kind(facts[0]) != "count"
        return Finding("contradicts", what, facts[0], "firm" if firm else "plain")

    def _is_of_another(self, quantity: Quantity, fact: str) -> bool:
        """Tell whether `the ten million` are told elsewhere, and not asked about."""
        elsewhere = self._anywhere(quantity, _KIND_OF_UNIT[quantity.unit])
        return quantity.definite and bool(elsewhere) and fact not in self._point

    def _is_of_list(self, quantity: Quantity) -> bool:
        """Tell whether a figure is of the list, whatever is asked: `one of the six`."""
        definite = quantity.definite and self._units == {"count"}
        of_list = definite or self._selection.holds is not None
        return of_list and quantity.value == len(self._base.members)

    @functools.cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(figure.quantity.unit for figure in self._frame.figures)

    def _counts_something_else(self, figure: Figure) -> bool:
        """Tell whether a figure is of a thing that nothing is told of: `12 pages`."""
        counted = figure.counts or figure.quantity.unit != "count" or not figure.thing
        if counted or "sum" in self._frame.cues:  # `35 plus 40`
            return False
        return not self._support.tells_of(self._selection.topic, figure.thing)

    def _comparable(self, figure: Figure) -> tuple[str, ...]:
        """Return the facts that a figure can be held up to, the likeliest first."""
        quantity = figure.quantity
        kind = _KIND_OF_UNIT[quantity.unit]
        if word_table("cues").get(figure.thing) in ("more", "fewer"):
            return self._differences()
        counting = self._of_kind(kind, self._grounds.counting(figure.counts))
        if counting and kind == "count":
            return self._counted(figure, counting)
        if counting and kind == "amount":
            return counting
        return self._told(quantity, kind) or self._anywhere(quantity, kind)

    def _counted(self, figure: Figure, counting: tuple[str, ...]) -> tuple[str, ...]:
        """Return the facts that count what a figure counts."""
        told = [fact for fact in counting if fact in self._facts]
        told.sort(key=lambda fact: fact not in self._point)
        counted = {*figure.counts} - set(self._base.content.harmless)
        if counted and not counted & self._base.names.keys():
            told += self._parted()
        elif not counted:
            told = told or list(self._of_kind("count", self._facts))
        return tuple(dict.fromkeys(told))

    def _parted(self) -> Iterator[str]:
        """Yield the fact of a part: `ten applicants did not get any` counts those."""
        for fact in self._point[:1]:
            counted = self._base.counted[fact]
            parted = self._frame.form.negated or not counted.isdisjoint(
                self._frame.values
            )
            if self._base.figure_kind(fact) == "count" and parted:
                yield fact

    def _told(self, quantity: Quantity, kind: str) -> tuple[str, ...]:
        """Return the facts of the topic that a figure of some kind can mean."""
        own = self._of_kind(kind, self._point)
        bound: tuple[str, ...] = ()
        if kind == "count" and not own:
            own = self._of_kind("amount", self._point)
        if kind == "percent" and not own:
            own = self._shares()
        if kind == "amount":
            bound = self._of_kind(kind, self._grounds.counting(self._frame.names))
            if own and set(bound).isdisjoint(own):
                bound = ()
        several = len(self._frame.figures) > 1 or quantity.definite
        whole = bool(bound) and bool(own) and self._frame.form.all
        others = self._of_kind(kind, self._facts) if several and not whole else ()
        return tuple(dict.fromkeys((*(bound or own), *others)))

    def _of_kind(self, kind: str, facts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(fact for fact in facts if self._grounds.kind(fact) == kind)

    def _differences(self) -> tuple[str, ...]:
        """Return the differences that are told: `five more than of those`."""
        derived = self._base.derived
        return tuple(
            fact
            for fact in self._facts
            if fact in derived and derived[fact].operation == "subtract"
        )

    def _anywhere(self, quantity: Quantity, kind: str) -> tuple[str, ...]:
        """Return the fact elsewhere whose figure this is: `the ten million`."""
        if kind == "count" and quantity.value != len(self._base.members):
            return ()
        every = (*self._base.facts, *self._base.derived)
        return tuple(
            fact
            for fact in every
            if self._grounds.kind(fact) == kind
            and _same(self._grounds.value(fact), quantity.value)
        )[:1]

    def _shares(self) -> tuple[str, ...]:
        """Return the facts that tell which share of something there is."""
        wanted = {*self._frame.names, *self._frame.values}
        return tuple(
            derived.id
            for derived in self._base.derived.values()
            if derived.operation == "percent"
            and wanted & self._base.counted[derived.operands[1]]
        )

    def _limit(self, figure: Figure, fact: str) -> Finding:
        value, limit = self._grounds.value(fact), figure.quantity.value
        if value >= MILLION > limit:
            limit *= MILLION
        holds = {
            "more": value > limit,
            "less": value < limit,
            "least": value >= limit,
            "most": value <= limit,
            "as_many": value == limit,
        }[str(figure.limit)]
        return Finding("supports" if holds else "contradicts", f"{limit:g}", fact)

    def _is_narrowed(self) -> bool:
        """Tell whether a figure is claimed of some part that is not told of."""
        stated = self._grounds.stated()
        return bool(self._frame.unknown) or any(
            self._base.type_of(name) in LAND and name not in stated
            for name in self._frame.names
        )

    def _moment(self) -> Iterator[Finding]:
        moment = self._frame.moment
        if moment is None:
            return
        what = f"{moment.season or ''} {moment.year or ''}".strip()
        for fact_id in self._facts:
            fact = self._base.facts.get(fact_id)
            if isinstance(fact, SeasonFact):
                right = moment.season in (None, fact.value.season)
                right = right and moment.year in (None, fact.value.year)
                sort: Sort = "contradicts"
                if right:
                    sort = "unexplained" if moment.month else "supports"
                yield Finding(sort, what, fact_id, "firm")
                return
        yield Finding("unexplained", what)


def _readings(quantity: Quantity) -> tuple[float, ...]:
    """Return a figure, and for a bare number the millions that it may stand for."""
    if quantity.unit == "count" and quantity.value < MILLION:
        return (quantity.value, quantity.value * MILLION)
    return (quantity.value,)


def _same(value: float, claimed: float) -> bool:
    return round(value) == claimed or abs(value - claimed) <= _TOLERANCE * abs(value)
