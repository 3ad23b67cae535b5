"""Holds what was said in cases against what was seen and what is kept."""

# Longer than other modules: each way in which something may go wrong, or take long.

import collections
import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from bot.store.case_tables import CASE_LINES, CASES
from trials.cases.book import Book, Mark, Said, Seen, Side
from trials.cluster.accounts import Account

_RELEASES = ("queued", "handed_back", "closed", "became_message")


@dataclasses.dataclass(frozen=True)
class Stored:
    """What the store holds of cases.

    Attributes:
        conversations: The conversation of each case, by its id.
        lines: The text of each line and the conversation that it stands in, in order.
        answered: When the cases of a conversation were answered: from and until.
    """

    conversations: Mapping[str, str]
    lines: Sequence[tuple[str, str]]
    answered: Mapping[str, Sequence[tuple[float, float]]]


@dataclasses.dataclass(frozen=True)
class Wait:
    """How long something was on its way.

    Attributes:
        way: From whom to whom, and how it was shown.
        began: When it was said.
        ended: When it was shown.
    """

    way: str
    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """From the moment when it was said."""
        return self.ended - self.began

    @property
    def is_pushed(self) -> bool:
        """Whether it was to come at once, and not when somebody asked again."""
        return not self.way.endswith("asking")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How it went.

    Attributes:
        citizens: What went wrong with what citizens said.
        staff: What went wrong with what the staff said.
        robot: What the robot answered though a person was answering.
        afterwards: What the staff saw only when all was over.
        waits: How long each was on its way.
        disturbed: From when until when the servers were disturbed.
        faults: What else went wrong.
    """

    citizens: Account
    staff: Account
    robot: Sequence[str]
    afterwards: int
    waits: Sequence[Wait]
    disturbed: Sequence[tuple[float, float]]
    faults: Sequence[str]

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        accounts = self.citizens.is_clean and self.staff.is_clean
        return accounts and not (self.robot or self.faults)

    def pushed(self) -> list[float]:
        """Return how long it took what was to come at once, undisturbed; in order."""
        return sorted(
            it.seconds
            for it in self.waits
            if it.is_pushed and not self._is_disturbed(it)
        )

    def _is_disturbed(self, wait: Wait) -> bool:
        return any(
            wait.began < until and wait.ended > since for since, until in self.disturbed
        )

    def lines(self) -> list[str]:
        """Return it in words, line by line."""
        told = [
            f"Of citizens: {self.citizens}",
            f"Of the staff: {self.staff}",
            f"{len(self.robot)} replies of the robot while a person answered",
            f"{self.afterwards} seen by the staff only afterwards",
        ]
        for disturbed in (False, True):
            ways: dict[str, list[float]] = collections.defaultdict(list)
            for it in self.waits:
                if self._is_disturbed(it) == disturbed:
                    ways[it.way].append(it.seconds)
            when = "disturbed, " if disturbed else ""
            for way, seconds in sorted(ways.items()):
                told.append(f"{when}{way}: {figures(sorted(seconds))}")
        return told


def figures(seconds: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the most, of some in order."""
    return (
        f"{len(seconds)}, p50 {percentile(seconds, 50):.2f} s, "
        f"p95 {percentile(seconds, 95):.2f} s, max {seconds[-1]:.2f} s"
    )


def percentile(ordered: Sequence[float], percent: int) -> float:
    """Return the least value that so many of a hundred do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def stored_in(store: str) -> Stored:
    """Return what a database holds of cases."""
    engine = sa.create_engine(store)
    with engine.connect() as connection:
        cases = connection.execute(sa.select(CASES.c.id, CASES.c.sender_id)).all()
        ordered = sa.select(CASE_LINES).order_by(CASE_LINES.c.id)
        lines = connection.execute(ordered).all()
    engine.dispose()
    answered: dict[str, list[tuple[float, float]]] = collections.defaultdict(list)
    for line in lines:
        spans = answered[line.sender_id]
        if line.code == "taken":
            spans.append((line.at, float("inf")))
        elif line.code in _RELEASES and spans:
            spans[-1] = (spans[-1][0], min(spans[-1][1], line.at))
    return Stored(
        {str(case): sender for case, sender in cases},
        [(it.text, it.sender_id) for it in lines if it.text],
        answered,
    )


def outcome_of(
    book: Book,
    stored: Stored,
    *,
    afterwards: int = 0,
    disturbed: Sequence[tuple[float, float]] = (),
    faults: Sequence[str] = (),
) -> Outcome:
    """Return how it went.

    Args:
        book: What was said and seen.
        stored: What the store holds.
        afterwards: How much the staff saw only when all was over.
        disturbed: From when until when the servers were disturbed.
        faults: What else went wrong.
    """
    return Outcome(
        account_of(book, stored, "citizen"),
        account_of(book, stored, "staff"),
        [it.text for it in book.said if _is_robots(it, stored)],
        afterwards,
        waits_of(book),
        disturbed,
        faults,
    )


def account_of(book: Book, stored: Stored, by: Side) -> Account:
    """Return the account of what one side said to the other.

    What was acknowledged has to be kept once, in its conversation and in its place,
    and the other side has to have seen it there, once in each window.
    """
    said = [it for it in book.said if it.by == by and it.relayed]
    where = {it.text: _conversation(it, stored) for it in said}
    kept = [it for it in stored.lines if it[0] in where]
    seen = [it for it in book.seen if it.side != by and it.text in where]
    shown = {it.text for it in seen}
    crossed = [text for text, sender in kept if sender != where[text]]
    crossed += [it.text for it in seen if _conversation(it, stored) != where[it.text]]
    return Account(
        acknowledged=len(said),
        lost=tuple(it for it in where if it not in shown or it not in dict(kept)),
        doubled=(*_twice(text for text, _ in kept), *_shown_twice(seen)),
        crossed=tuple(dict.fromkeys(crossed)),
        disordered=_disordered(said, kept, seen),
    )


def waits_of(book: Book) -> list[Wait]:
    """Return how long what was said took to be shown on the other side.

    A case that is not on the screen is shown by a mark in the list, which tells of the
    first thing said in it, and not of those that follow before somebody opens it.
    """
    first: dict[str, Seen] = {}
    for it in sorted(book.seen, key=lambda it: it.at):
        first.setdefault(it.text, it)
    marks = _marked(book, first)
    waits = []
    for said in book.said:
        seen = first.get(said.text)
        if seen is None or not said.relayed or seen.side == said.by:
            continue
        mark = marks.get(said.text)
        if mark is not None and mark.at < seen.at:
            waits.append(Wait("citizen to list", said.began, mark.at))
        elif seen.how != "opened":
            waits.append(Wait(f"{said.by} to {seen.how}", said.began, seen.at))
    return waits


def _marked(book: Book, first: Mapping[str, Seen]) -> dict[str, Mark]:
    """Return the mark that told of something, by its text."""
    by_case: dict[str, list[Said]] = collections.defaultdict(list)
    for said in sorted(book.said, key=lambda it: it.began):
        seen = first.get(said.text)
        if said.by == "citizen" and said.relayed and seen is not None:
            by_case[seen.where].append(said)
    told: dict[str, Mark] = {}
    for mark in sorted(book.marks, key=lambda it: it.at):
        for said in by_case[mark.case]:
            is_new = said.text not in told and first[said.text].at > mark.at
            if said.began <= mark.at and is_new:
                told[said.text] = mark
                break
    return told


def _conversation(it: Said | Seen, stored: Stored) -> str:
    side = it.by if isinstance(it, Said) else it.side
    return it.where if side == "citizen" else stored.conversations.get(it.where, "")


def _is_robots(said: Said, stored: Stored) -> bool:
    """Tell whether the robot answered something though a person was there for it."""
    spans = stored.answered.get(said.where, ())
    return not said.relayed and any(
        since < said.began and said.ended < until for since, until in spans
    )


def _twice(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(item for item, n in collections.Counter(items).items() if n > 1)


def _shown_twice(seen: Iterable[Seen]) -> tuple[str, ...]:
    times = collections.Counter((it.window, it.where, it.text) for it in seen)
    return tuple(text for (_, _, text), n in times.items() if n > 1)


def _disordered(
    said: Sequence[Said], kept: Sequence[tuple[str, str]], seen: Sequence[Seen]
) -> tuple[str, ...]:
    """Return what stands before something that its conversation heard earlier."""
    places = {it.text: n for n, it in enumerate(sorted(said, key=lambda it: it.began))}
    shown: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    for text, sender in kept:
        shown["kept", sender].append(text)
    for it in seen:
        shown[it.window, it.where].append(it.text)
    return tuple(
        after
        for texts in shown.values()
        for before, after in itertools.pairwise(texts)
        if places[after] < places[before]
    )
