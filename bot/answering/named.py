"""Holds up the names and values of a claim to those that are told."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from bot.answering.findings import ONLY, Finding, Sort
from bot.answering.grounds import Check, Grounds
from bot.answering.pointing import leads_to
from bot.knowledge.models import FILLERS, PERSON, WHOLE
from bot.reading.lexicon import word_list
from bot.reading.spelling import words_of


class Named(Check):
    """The names and values of one claim."""

    def __init__(self, grounds: Grounds, found: Sequence[Finding]) -> None:
        """Take what they are held up to.

        Args:
            grounds: The facts.
            found: What became of the list and the figures.
        """
        super().__init__(grounds)
        self._held_up = any(finding.fact for finding in found)
        right = [f.fact for f in found if f.sort == "supports" and f.fact]
        self._stated = grounds.stated(right)

    def findings(self) -> Iterator[Finding]:
        """Yield what becomes of each."""
        yield from self._names()
        yield from self._values()

    def _names(self) -> Iterator[Finding]:
        stated = self._stated
        settled = set(self._selection.settled)
        named = [name for name in self._frame.names if name not in settled]
        supported = [
            name for name in named if name in stated and name not in self._frame.titled
        ]
        for name in named:
            if name in stated:
                yield Finding("supports", name)
            else:
                yield self._stranger(name, supported)
        if self._selection.holds is None:
            for written in self._frame.unknown:
                yield self._unknown(written, supported)
            yield from self._capitals(supported)
        yield from self._whole([name for name in named if name in stated])

    def _stranger(self, name: str, supported: list[str]) -> Finding:
        """Return what becomes of a known name that the topic does not tell of."""
        kind = self._base.type_of(name)
        told = {v for fact in self._point for v in self._base.stated_by(fact)}
        if not word_list("adding").isdisjoint(self._frame.plain):
            # `they too` does not say that others did not.
            return Finding("unexplained", name)
        beside = any(
            self._grounds.alike(self._base.type_of(v), kind)
            for v in (told & set(supported)) - set(self._base.content.harmless)
        )
        for fact in self._point:
            linked = self._base.stated_by(fact)
            alike = [
                v for v in linked if self._grounds.alike(self._base.type_of(v), kind)
            ]
            if not alike:
                continue
            if self._grounds.is_complete(fact) and not beside:
                return Finding("contradicts", name, fact)
            if self._grounds.is_complete(fact) and name in self._frame.titled:
                return Finding("contradicts", name, fact)
            if self._grounds.is_complete(fact) and len(alike) > 1:
                return Finding("contradicts", name, fact)
            if self._grounds.is_exclusive(kind):
                return Finding("contradicts", name, fact)
        if name in self._base.members and not supported and self._grounds.asks_who():
            return Finding("unexplained", name)
        others = bool(supported or self._held_up or told & set(self._frame.values))
        if self._is_background(name, others) or name in self._base.content.harmless:
            return Finding("supports", name)
        return Finding("unexplained", name)

    def _is_background(self, name: str, others: bool) -> bool:
        """Tell whether a name leads to the topic, or right claims hold it.

        These hold it beside something else that they claim; by itself it is claimed.
        """
        topic, words = self._selection.topic, self._frame.written_as.get(name, ())
        attribute = self._selection.pair.partition(".")[2]
        if leads_to(self._base, name, attribute) == topic:
            return True
        person = self._base.type_of(name) == PERSON
        roster = self._base.content.roster
        of_list = topic in roster.all_topics()
        held = (of_list and name in self._base.members) or (
            bool(words) and not person and self._support.of_topic(topic, words)
        )
        return held and others and not self._grounds.tells_what_somebody_is(name)

    def _capitals(self, supported: list[str]) -> Iterator[Finding]:
        """Yield capitalised words, such as a surname, that nothing explains."""
        topic, exact = self._selection.topic, self._frame.capitalised
        plain = [word for word in self._frame.plain if word in exact]
        for word in self._support.unexplained(topic, plain, frozenset(), exact):
            found = self._unknown(word, self._without_other_surname(word, supported))
            if found.sort == "contradicts":
                yield found

    def _without_other_surname(self, word: str, supported: list[str]) -> list[str]:
        """Return the names of those who are not here called by another surname."""
        before = self._words_before.get(word, set())
        return [
            name
            for name in supported
            if self._base.type_of(name) != PERSON
            or before.isdisjoint(self._frame.written_as.get(name, ()))
        ]

    @functools.cached_property
    def _words_before(self) -> dict[str, set[str]]:
        """The words that stand right before each word of the question."""
        before: dict[str, set[str]] = {}
        for first, word in itertools.pairwise(self._frame.folded.split()):
            before.setdefault(word, set()).add(first)
        return before

    def _unknown(self, written: str, supported: list[str]) -> Finding:
        """Return what becomes of an unknown name that is said to fill a fact."""
        if self._support.of_topic(self._selection.topic, words_of(written)):
            return Finding("supports", written)
        # What is written small may be a slip, and no name.
        named = written[:1].isupper() or written in self._frame.capitalised
        for fact in self._point if named else ():
            linked = self._base.linked_names(fact)
            fillers = [n for n in linked if self._base.type_of(n) in FILLERS]
            if (
                self._grounds.is_complete(fact)
                and fillers
                and not set(fillers) & set(supported)
            ):
                return Finding("contradicts", written, fact)
        return Finding("unexplained", written)

    def _whole(self, supported: list[str]) -> Iterator[Finding]:
        """Hold up `only health` or `all to health` to all that a fact names."""
        form = self._frame.form
        values = map(self._base.type_of, self._frame.values)
        if not (form.only or form.all or WHOLE in values):
            return
        kinds = {self._base.type_of(name) for name in supported}
        for fact in self._point:
            named = set(self._base.stated_by(fact)) & self._base.names.keys()
            alike = {name for name in named if self._base.type_of(name) in kinds}
            claimed = alike & set(supported)
            if (
                self._grounds.is_complete(fact)
                and claimed
                and len(claimed) < len(alike)
            ):
                yield Finding("contradicts", ONLY, fact)

    def _values(self) -> Iterator[Finding]:
        stated = self._stated
        for value in self._frame.values:
            kind = self._base.type_of(value)
            known = value in stated or value in self._counted
            if known or (
                value in self._base.content.harmless and not self._is_opposed(kind)
            ):
                yield Finding("supports", value)
            elif self._base.value_types[kind].unsettling:
                yield Finding("unsettles", value)
            elif kind in self._base.content.alike:
                yield self._stranger(value, [])
            else:
                yield from self._opposed(value, kind)

    def _is_opposed(self, kind: str) -> bool:
        """Tell whether the point of the topic states a value of an exclusive type."""
        values = (v for fact in self._point for v in self._base.stated_by(fact))
        return self._grounds.is_exclusive(kind) and kind in map(
            self._base.type_of, values
        )

    def _opposed(self, value: str, kind: str) -> Iterator[Finding]:
        for fact in self._point:
            linked = self._base.stated_by(fact)
            alike = [v for v in linked if self._base.type_of(v) == kind]
            if alike and self._grounds.is_exclusive(kind):
                beside = not set(alike).isdisjoint(self._frame.values)
                apart = beside and self._base.value_types[kind].side_by_side
                sort: Sort = "unexplained" if apart else "contradicts"
                yield Finding(sort, value, fact, "firm")
                return
        topic, familiar = self._selection.topic, self._frame.question.familiar
        words = self._frame.written_as[value]
        if self._grounds.is_exclusive(kind) or self._support.unexplained(
            topic, words, familiar
        ):
            yield Finding("unexplained", value)

    @property
    def _counted(self) -> frozenset[str]:
        return frozenset(c for figure in self._frame.figures for c in figure.counts)
