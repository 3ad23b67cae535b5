"""When people can be reached: days and hours, public holidays and other closed days."""

import dataclasses
import datetime
import functools
import itertools
import re
import zoneinfo
from collections.abc import Collection, Iterator

ZONE = zoneinfo.ZoneInfo("Europe/Oslo")
"""The time that opening hours are told in."""
_COUNTRY = "NO"
# As people write them in Bokmål, Nynorsk and English; Monday is 1. Public holidays are
# a day of their own, whatever day of the week they fall on.
_DAYS = {
    name: number
    for number, names in enumerate(
        (
            ("man", "mån", "mon"),
            ("tir", "tys", "tue"),
            ("ons", "wed"),
            ("tor", "thu"),
            ("fre", "fri"),
            ("lør", "lau", "sat"),
            ("søn", "sun"),
            ("helligdag", "heilagdag", "holiday"),
        ),
        1,
    )
    for name in names
}
HOLIDAY = 8
"""The weekday that a public holiday counts as."""
_ENTRY = re.compile(r"(?P<days>[a-zåæø,-]+) +(?P<spans>[0-9:,-]+)")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
_MINUTES_OF_A_DAY = 24 * 60
# As far ahead as an opening is looked for: over any holidays, and a summer's closing.
_DAYS_AHEAD = 400


@dataclasses.dataclass(frozen=True)
class Span:
    """Some hours of a weekday.

    Attributes:
        day: The weekday, from 1 for Monday; 8 is a public holiday.
        begin: The minute of the day at which it begins.
        end: The minute before which it ends.
    """

    day: int
    begin: int
    end: int


@dataclasses.dataclass(frozen=True)
class Hours:
    """Opening hours.

    Attributes:
        spans: The hours of the week, in order; none where it is never open.
        written: The hours as they were written.
        closed: Days that are closed beside the public holidays.
    """

    spans: tuple[Span, ...] = ()
    written: str = ""
    closed: frozenset[datetime.date] = frozenset()

    def are_open(self, moment: datetime.datetime) -> bool:
        """Tell whether it is open at a moment."""
        local = moment.astimezone(ZONE)
        minute = local.hour * 60 + local.minute
        return any(
            span.begin <= minute < span.end for span in self._spans_of(local.date())
        )

    def next_opening(self, moment: datetime.datetime) -> datetime.datetime | None:
        """Return when it opens next after a moment; None where it never does."""
        today = moment.astimezone(ZONE).date()
        for ahead in range(_DAYS_AHEAD if self.spans else 0):
            day = today + datetime.timedelta(days=ahead)
            for span in self._spans_of(day):
                hour, minute = divmod(span.begin, 60)
                begin = datetime.datetime.combine(day, datetime.time(hour, minute))
                opening = begin.replace(tzinfo=ZONE)
                if opening > moment:
                    return opening.astimezone(datetime.timezone.utc)
        return None

    def _spans_of(self, day: datetime.date) -> Iterator[Span]:
        if day in self.closed:
            return
        weekday = HOLIDAY if day in _holidays(day.year) else day.isoweekday()
        for span in self.spans:
            if span.day == weekday:
                yield span


NEVER = Hours()
"""The hours of those who are never open."""


def hours_of(written: str) -> Hours:
    """Return opening hours: `man-tor 09:00-15:00; fre 09:00-11:30,12:00-14:00`.

    On public holidays it is closed, unless they have hours: `helligdag 10:00-12:00`.

    Raises:
        ValueError: They are not written like that.
    """
    entries = [it.strip() for it in written.split(";") if it.strip()]
    spans = sorted(
        {span for entry in entries for span in _spans_in(entry)},
        key=lambda it: (it.day, it.begin),
    )
    for one, other in itertools.pairwise(spans):
        if one.day == other.day and other.begin < one.end:
            raise ValueError("of one day hours overlap")
    return Hours(tuple(spans), written.strip())


def days_of(written: str) -> frozenset[datetime.date]:
    """Return days, such as `2026-12-24 2026-12-28..2026-12-31`.

    Raises:
        ValueError: They are not written like that.
    """
    days: set[datetime.date] = set()
    for part in written.split():
        first, _, last = part.partition("..")
        day = datetime.date.fromisoformat(first)
        until = datetime.date.fromisoformat(last or first)
        if not day <= until <= day + datetime.timedelta(days=_DAYS_AHEAD):
            raise ValueError(f"'{part}' ends before it begins, or is too long")
        while day <= until:
            days.add(day)
            day += datetime.timedelta(days=1)
    return frozenset(days)


def _spans_in(entry: str) -> Iterator[Span]:
    found = _ENTRY.fullmatch(entry.lower())
    if not found:
        raise ValueError(f"'{entry}' is no day with its hours")
    days = [it for part in found["days"].split(",") for it in _days_in(part)]
    for part in found["spans"].split(","):
        span = _SPAN.fullmatch(part)
        if not span:
            raise ValueError(f"'{part}' are no hours")
        hours, minutes = (int(span[1]), int(span[3])), (int(span[2]), int(span[4]))
        begin, end = (h * 60 + m for h, m in zip(hours, minutes, strict=True))
        if max(minutes) >= 60 or not begin < end <= _MINUTES_OF_A_DAY:
            raise ValueError(f"'{part}' are no hours of one day")
        for day in days:
            yield Span(day, begin, end)


def _days_in(part: str) -> Iterator[int]:
    first, _, last = part.partition("-")
    if first not in _DAYS or (last or first) not in _DAYS:
        raise ValueError(f"'{part}' are no weekdays")
    begin, end = _DAYS[first], _DAYS[last or first]
    if begin > end:
        raise ValueError(f"'{part}' goes beyond the week: name its days apart")
    yield from range(begin, end + 1)


@functools.cache
def _holidays(year: int) -> Collection[datetime.date]:
    """Return the public holidays of a year."""
    # It takes a while to import, and only who has opening hours needs it.
    import holidays

    return frozenset(holidays.country_holidays(_COUNTRY, years=year))
