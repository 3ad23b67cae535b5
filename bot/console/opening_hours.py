"""Tells the opening hours in words, and whether people can be reached now."""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from bot.cases import CaseRules, Reach
from bot.console.pages import texts
from bot.hours import HOLIDAY, ZONE, Hours, Span

_WEEK = range(1, HOLIDAY)


def hours_told(rules: CaseRules) -> list[tuple[str, str]]:
    """Return days and their hours in words: those of the week, and of holidays."""
    t = texts()["cases"]["hours"]
    rows = [(_days(t, days), _spans(t, hours)) for days, hours in _alike(rules.hours)]
    holidays = [it for it in rules.hours.spans if it.day == HOLIDAY]
    return [*rows, (t["holidays"], _spans(t, holidays))]


def closed_days_told(rules: CaseRules) -> str:
    """Return the closed days that are not over, in words; empty where there is none."""
    today = datetime.datetime.now(ZONE).date()
    return ", ".join(_date(day) for day in sorted(rules.hours.closed) if day >= today)


def reach_told(reach: Reach) -> str:
    """Return in words whether people can be reached now, and when they can next."""
    t = texts()["cases"]["reach"]
    if reach.state != "closed":
        return str(t[reach.state])
    if reach.opens_at is None:
        return str(t["never"])
    opens = reach.opens_at.astimezone(ZONE)
    day = texts()["cases"]["hours"]["days"][opens.weekday()]
    told: str = t["closed"].format(
        day=day, date=_date(opens.date()), time=f"{opens:%H.%M}"
    )
    return told


def _alike(hours: Hours) -> Iterator[tuple[list[int], list[Span]]]:
    """Yield days of the week that follow each other, with the hours that they share."""

    def spans_of(day: int) -> list[Span]:
        return [it for it in hours.spans if it.day == day]

    def times_of(day: int) -> list[tuple[int, int]]:
        return [(it.begin, it.end) for it in spans_of(day)]

    for _, group in itertools.groupby(_WEEK, times_of):
        days = list(group)
        yield days, spans_of(days[0])


def _days(t: Mapping[str, Any], days: list[int]) -> str:
    names = [str(t["days"][day - 1]) for day in (days[0], days[-1])]
    told = names[0] if len(days) == 1 else "–".join(names)
    return told[0].upper() + told[1:]


def _spans(t: Mapping[str, Any], spans: list[Span]) -> str:
    told = ", ".join(f"{_clock(it.begin)}–{_clock(it.end)}" for it in spans)
    return told or str(t["closed"])


def _clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"


def _date(day: datetime.date) -> str:
    return f"{day.day}. {texts()['figures']['months'][day.month - 1]} {day.year}"
