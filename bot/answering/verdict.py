"""Holds up what a question claims to the facts: yes, no, or neither.

A verdict takes that every word is explained. Then it is *no* where something is
contradicted, and else *yes*. In every other case there is none; but a wrong amount,
time or value of an exclusive type is wrong whatever other words stand by it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from bot.answering.figures import Figures
from bot.answering.findings import (
    A_COMPARISON,
    A_CONTRAST,
    ALL,
    EVERYTHING,
    ONLY,
    THE_LIST,
    THE_ORDER,
    Finding,
    Sort,
    Strength,
    Verdict,
)
from bot.answering.frame import Frame
from bot.answering.grounds import Check, Grounds
from bot.answering.named import Named
from bot.answering.pointing import leads_to
from bot.answering.select import Selection
from bot.answering.support import Support
from bot.knowledge import KnowledgeBase
from bot.reading.lexicon import word_list

_WHOLE = 100
_SHORT = 3
# Fewer words are keywords, and claim nothing.
_SENTENCE = 4
# A clause of so many words that say something adds to a claim.
_ADDITION = 2


def judge(
    base: KnowledgeBase, support: Support, frame: Frame, selection: Selection
) -> Verdict:
    """Return whether a claim holds; a question that claims nothing has no verdict."""
    form = frame.form
    topic = base.topics.get(selection.topic)
    if frame.act == "ask" or topic is None or form.either or form.doubted:
        return Verdict(None)
    if frame.act == "remark" and form.words < _SENTENCE:
        return Verdict(None)
    grounds = Grounds(base, support, frame, selection)
    findings = tuple(_Judgement(grounds).findings())
    sorts = [finding.sort for finding in findings]
    if topic.unsettled or "unsettles" in sorts:
        return Verdict(None, findings)
    if frame.denied or _denies_of_list(frame, selection):
        return Verdict(_denied(sorts), findings)
    against = {f.strength for f in findings if f.sort == "contradicts"}
    unexplained = {f.what for f in findings if f.sort == "unexplained"}
    if "firm" in against and unexplained.issubset(
        {*frame.plain, *base.names, *base.values}
    ):
        return Verdict(False, findings)
    if unexplained:
        return Verdict(None, findings)
    unproven = "unproven" in sorts
    if against:
        return Verdict(None if against == {"weak"} and unproven else False, findings)
    empty = word_list("empty_words") | word_list("of_the_claim")
    hollow = empty.issuperset(frame.plain) and "supports" not in sorts
    if frame.act == "remark" or hollow:
        return Verdict(None, findings)
    return Verdict(None if unproven else True, findings)


def with_right_figure(
    base: KnowledgeBase, selection: Selection, verdict: Verdict
) -> Selection:
    """Select the topic of the fact that a claim goes against, if its own tells not."""
    fact = verdict.contradicted
    stated = base.stated.get(selection.topic, ())
    if verdict.holds is not False or fact is None or fact in stated:
        return selection
    if fact == base.content.roster.fact:
        return selection
    for topic in base.topics.values():
        if topic.point[:1] == (fact,):
            return dataclasses.replace(selection, topic=topic.id)
    return selection


def _denies_of_list(frame: Frame, selection: Selection) -> bool:
    """Tell whether `Ann did not get any` denies; `ten did not get any` only counts."""
    words = {word for value in frame.values for word in frame.written_as[value]}
    inside = not words.isdisjoint(word_list("negations"))
    return inside and frame.form.negated and selection.holds is not None


def _denied(sorts: list[Sort]) -> bool | None:
    """Return whether the denial of a claim holds."""
    if "unexplained" in sorts or "unproven" in sorts:
        return None
    return "contradicts" in sorts


class _Judgement(Check):
    """One claim, held up to the facts of one topic."""

    def findings(self) -> Iterator[Finding]:
        """Yield what becomes of each thing that is claimed."""
        found = [*self._of_list(), *Figures(self._grounds).findings()]
        found += Named(self._grounds, found).findings()
        found += [*self._scope(found), *self._by_clause(), *self._additions(found)]
        found = [self._of_contrast(finding) for finding in found]
        yield from self._once(found)
        yield from self._words(found)

    def _of_list(self) -> Iterator[Finding]:
        if self._selection.holds is not None:
            sort: Sort = "supports" if self._selection.holds else "contradicts"
            strength: Strength = "weak" if self._frame.form.all else "plain"
            yield Finding(sort, THE_LIST, self._base.content.roster.fact, strength)

    def _of_contrast(self, finding: Finding) -> Finding:
        """Turn round what becomes of a part that is denied: `and not abroad`."""
        if finding.what not in self._frame.contrasted:
            return finding
        turned: Sort = "supports" if finding.sort == "contradicts" else "unexplained"
        return dataclasses.replace(finding, sort=turned)

    def _once(self, found: list[Finding]) -> Iterator[Finding]:
        """Leave out what is not explained where the same words are, as another."""
        written_as = self._frame.written_as
        explained = {
            word
            for finding in found
            if finding.sort in ("supports", "contradicts")
            for word in written_as.get(finding.what, ())
        }
        for finding in found:
            words = written_as.get(finding.what, ())
            twice = bool(words) and explained.issuperset(words)
            if finding.sort != "unexplained" or not twice:
                yield finding

    def _words(self, found: list[Finding]) -> Iterator[Finding]:
        comparing = word_list("comparing")
        words = [word for word in self._frame.plain if word not in comparing]
        compared = any(finding.what == THE_ORDER for finding in found)
        limited = any(figure.limit for figure in self._frame.figures)
        compares = len(words) < len(self._frame.plain) and not limited
        if (compares or "equal" in self._frame.cues) and not compared:
            yield Finding("unexplained", A_COMPARISON)
        if self._selection.holds is not None:
            words = [word for word in words if word not in word_list("quantifiers")]
        topic, familiar = self._selection.topic, self._frame.question.familiar
        if self._selection.holds is False:
            # Others may ask with the same words of something else.
            familiar = frozenset()
        exact = self._frame.capitalised
        against = {f.what for f in found if f.sort == "contradicts"}
        words = [word for word in words if word not in against]
        for word in self._support.unexplained(topic, words, familiar, exact):
            # A short word that nobody has heard is rather a slip or dialect.
            heard = self._support.heard(word) or len(word) <= _SHORT
            yield Finding("unproven" if heard else "unexplained", word)

    def _scope(self, found: list[Finding]) -> Iterator[Finding]:
        """Yield what becomes of `only`, `all` and `everything`."""
        form, whats = self._frame.form, {finding.what for finding in found}
        if self._frame.contrast and not self._frame.contrasted:
            yield Finding("unexplained", A_CONTRAST)
        if whats & {THE_LIST, ONLY}:
            return
        if form.all and self._is_share(self._point[:1]):
            yield Finding("contradicts", ALL, self._point[0])
        limited = any(figure.only for figure in self._frame.figures)
        against = any(finding.sort == "contradicts" for finding in found)
        if form.only and not limited and not against:
            yield Finding("unexplained", ONLY)
        summed = "sum" in self._frame.cues  # the `alt` of `i alt`
        if not summed and not word_list("totals").isdisjoint(self._frame.plain):
            yield Finding("unexplained", EVERYTHING)

    def _is_share(self, facts: tuple[str, ...]) -> bool:
        """Tell whether a count is a share of another, so that `all` is wrong."""
        counted = any(figure.quantity.unit == "count" for figure in self._frame.figures)
        return not counted and any(
            derived.operation == "percent"
            and derived.operands[0] in facts
            and self._grounds.kind(derived.operands[0]) == "count"
            and self._base.value(derived.id) < _WHOLE
            for derived in self._base.derived.values()
        )

    def _by_clause(self) -> Iterator[Finding]:
        """Hold up each clause that names one of several to what is told of that one."""
        base = self._base
        attribute = self._selection.pair.partition(".")[2]
        for clause in self._frame.clauses:
            names = [n for n in clause.spoken if n in base.names]
            led = [topic for n in names if (topic := leads_to(base, n, attribute))]
            if len(set(led)) != 1 or led[0] == self._selection.topic:
                continue
            facts = base.topics[led[0]].point if led[0] in base.topics else ()
            stated = {v for fact in facts for v in base.stated_by(fact)}
            kinds = {base.type_of(value) for value in stated}
            for value in set(clause.spoken) - base.names.keys():
                kind = base.type_of(value)
                if (
                    self._grounds.is_exclusive(kind)
                    and kind in kinds
                    and value not in stated
                ):
                    yield Finding("contradicts", value, facts[0])

    def _additions(self, found: list[Finding]) -> Iterator[Finding]:
        """Yield clauses that speak of nothing known, but add something."""
        known = {finding.what for finding in found if finding.sort == "supports"}
        empty = word_list("empty_words") | word_list("of_the_claim")
        for clause in self._frame.clauses[1:]:
            content = [word for word in clause.plain if word not in empty]
            spoken = not known.isdisjoint(clause.spoken) or clause.figures
            if len(content) >= _ADDITION and not spoken:
                yield Finding("unexplained", " ".join(content))
