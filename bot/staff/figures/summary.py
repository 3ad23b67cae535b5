"""The figures of a time: how much was asked, what of it, and how it was answered.

They are of all together: nothing here is about one conversation or one of the staff,
and what is too small is hidden (`bot/staff/figures/hiding.py`).
"""

# Longer than other modules: one figure after the other.

import bisect
import dataclasses
import datetime
import math
import time
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias, get_args

from bot.answering.reply import KINDS, Kind
from bot.languages import LANGUAGES
from bot.staff.figures.cases import CaseNumbers, Number, case_numbers
from bot.staff.figures.counting import HOUR, PER_SECOND, Counts, What, count, holds_demo
from bot.staff.figures.hiding import LEAST, cells, is_small, part, shown
from bot.staff.figures.quantiles import median, quantile
from bot.store import ConversationStore

Days: TypeAlias = Literal[1, 7, 30]
PERIODS: tuple[Days, ...] = get_args(Days)
"""The times that figures are told of, in days; the one day is the last 24 hours."""
RATINGS = ("up", "down")
# Central European time, summer time included.
_ZONE = zoneinfo.ZoneInfo("CET")
_HOURS_A_DAY = 24


@dataclasses.dataclass(frozen=True)
class Asked:
    """How often a topic or gap was asked for, and how often of that by a button."""

    name: str
    number: Number
    pressed: Number


@dataclasses.dataclass(frozen=True)
class Step:
    """What came in an hour or a day.

    Attributes:
        begins: When it begins, with the zone.
        conversations: How many conversations began.
        messages: How many messages came.
    """

    begins: datetime.datetime
    conversations: Number
    messages: Number


@dataclasses.dataclass(frozen=True)
class Figures:
    """The figures of a time. A number that is hidden is None.

    Attributes:
        days: Of how many days: 1, 7 or 30.
        since: When the time begins.
        until: When they were counted.
        has_demo: Whether made-up conversations are among them.
        conversations: How many conversations.
        messages: How many messages.
        median_turns: Messages of the conversation in the middle.
        median_seconds: What the reply in the middle took.
        p95_seconds: What 95 of 100 replies took at most.
        kinds: How many replies of each kind.
        languages: How many replies in each language.
        ratings: How many thumbs up and down.
        clarified: How many questions were asked back about.
        clarified_answered: How many of those the next reply answered.
        answered: How often each topic was told.
        not_stated: How often was asked for each gap.
        out_of_scope: How often each intent was none of the assistant's business.
        unclear: How often each intent was asked back about.
        steps: What came in each hour of 24, or each day.
        cases: Of those who wanted a human being.
    """

    days: Days
    since: datetime.datetime
    until: datetime.datetime
    has_demo: bool
    conversations: Number
    messages: Number
    median_turns: float | None
    median_seconds: float | None
    p95_seconds: float | None
    kinds: dict[str, Number]
    languages: dict[str, Number]
    ratings: dict[str, Number]
    clarified: Number
    clarified_answered: Number
    answered: tuple[Asked, ...]
    not_stated: tuple[Asked, ...]
    out_of_scope: dict[str, Number]
    unclear: dict[str, Number]
    steps: tuple[Step, ...]
    cases: CaseNumbers


def figures(store: ConversationStore, days: Days, now: float | None = None) -> Figures:
    """Return the figures of the last days.

    Args:
        store: The conversations.
        days: How many days, today being one of them.
        now: Until when; this moment when left out.
    """
    until = datetime.datetime.fromtimestamp(time.time() if now is None else now, _ZONE)
    beginnings = _beginnings(days, until)
    counts = count(store, beginnings[0].timestamp(), until.timestamp())
    conversations = sum(counts.turns.values())
    # Where there are so few conversations, all numbers would be about those few.
    hides = is_small(conversations)
    kinds = _table(_by(counts, KINDS, lambda what: what.kind), hides)
    languages = _by(counts, LANGUAGES, lambda what: what.language or "")
    clarified = kinds["clarify"]
    return Figures(
        days=days,
        since=beginnings[0],
        until=until,
        has_demo=holds_demo(store),
        conversations=None if hides else conversations,
        messages=None if hides else shown(sum(counts.messages.values())),
        median_turns=None if hides else median(counts.turns),
        median_seconds=_seconds(counts.took, 0.5, hides),
        p95_seconds=_seconds(counts.took, 0.95, hides),
        kinds=kinds,
        languages=_table(languages, hides),
        ratings={
            rating: None if hides else shown(counts.ratings[rating])
            for rating in RATINGS
        },
        clarified=clarified,
        clarified_answered=part(counts.answered, clarified),
        answered=_asked(counts, "answer", kinds),
        not_stated=_asked(counts, "not_stated", kinds),
        out_of_scope=_intents(counts, "out_of_scope", kinds),
        unclear=_intents(counts, "clarify", kinds),
        steps=_steps(counts, beginnings, hides, until),
        cases=case_numbers(store.engine, beginnings[0].timestamp(), until.timestamp()),
    )


def _table(counts: Mapping[str, int], hides: bool) -> dict[str, Number]:
    return dict.fromkeys(counts) if hides else cells(counts)


def _by(
    counts: Counts, names: Iterable[str], name_of: Callable[[What], str]
) -> Counter[str]:
    """Return the messages counted by something, with 0 of what there is none of."""
    by = Counter(dict.fromkeys(names, 0))
    for what, number in counts.messages.items():
        by[name_of(what)] += number
    return by


def _asked(
    counts: Counts, kind: Kind, kinds: Mapping[str, Number]
) -> tuple[Asked, ...]:
    """Return how often each topic or gap was asked for, with replies of one kind."""
    if kinds[kind] is None:
        return ()
    by: Counter[str] = Counter()
    pressed: Counter[str] = Counter()
    for what, number in counts.messages.items():
        if what.kind == kind:
            by[what.topic or ""] += number
            pressed[what.topic or ""] += number * what.pressed
    return tuple(
        Asked(name, number, part(pressed[name], number))
        for name, number in cells(by).items()
    )


def _intents(
    counts: Counts, kind: Kind, kinds: Mapping[str, Number]
) -> dict[str, Number]:
    """Return how often each intent got a reply of one kind."""
    if kinds[kind] is None:
        return {}
    by: Counter[str] = Counter()
    for what, number in counts.messages.items():
        if what.kind == kind:
            by[what.intent or ""] += number
    return cells(by)


def _beginnings(days: Days, until: datetime.datetime) -> list[datetime.datetime]:
    """Return when the hours of the last 24 begin, or the last days."""
    if days == 1:
        hour = math.floor(until.timestamp() / HOUR)
        moments = [hour - past for past in reversed(range(_HOURS_A_DAY))]
        return [datetime.datetime.fromtimestamp(it * HOUR, _ZONE) for it in moments]
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
    past_days = [datetime.timedelta(days=past) for past in reversed(range(days))]
    # A day may have 23 or 25 hours: what is subtracted is of the calendar.
    return [midnight - past for past in past_days]


def _steps(
    counts: Counts,
    beginnings: list[datetime.datetime],
    hides: bool,
    until: datetime.datetime,
) -> tuple[Step, ...]:
    hours = [math.floor(it.timestamp() / HOUR) for it in beginnings]
    parts, kept = _told_elsewhere(beginnings, until)

    def spread(by_hour: Counter[int]) -> dict[str, Number]:
        of_step = Counter({str(place): 0 for place in range(len(hours))})
        for hour, number in by_hour.items():
            of_step[str(bisect.bisect_right(hours, hour) - 1)] += number
        return dict.fromkeys(of_step) if hides else cells(of_step, parts, kept)

    began, messages = spread(counts.began), spread(counts.by_hour)
    return tuple(
        Step(begins, began[str(place)], messages[str(place)])
        for place, begins in enumerate(beginnings)
    )


def _told_elsewhere(
    beginnings: list[datetime.datetime], until: datetime.datetime
) -> tuple[tuple[list[str], ...], list[str]]:
    """Return the steps whose sum the figures of another time tell too, and today.

    The hours of today are together the day that the other times tell; the last 7 of 30
    days have a table of their own, from which the 23 before them follow.
    """
    places = [str(place) for place in range(len(beginnings))]
    if len(beginnings) == _HOURS_A_DAY:
        midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
        begun = sum(it < midnight for it in beginnings)
        today = places[begun:]
        # A day of one hour is told by the others as it is.
        return (today, places[:begun]), today if len(today) == 1 else []
    week = len(places) - min(PERIODS[1], len(places))
    return ((places[week:], places[:week]) if week else ()), places[-1:]


def _seconds(took: Counter[int], share: float, hides: bool) -> float | None:
    """Return what a share of the replies took at most; None where they are few."""
    if hides or sum(took.values()) < LEAST:
        return None
    return quantile(took, share) / PER_SECOND
