"""Opening hours: of the week, but for holidays and closed days, whatever the clock."""

import datetime

import pytest

from bot.cases import CaseRules, Cases
from bot.hours import NEVER, ZONE, Hours, days_of, hours_of
from bot.settings import read_settings
from bot.store import ConversationStore

UTC = datetime.timezone.utc
OFFICE = hours_of("man-fre 09:00-15:00")


@pytest.fixture(autouse=True)
def _no_holidays() -> None:
    """Those of the year count here."""


def at(written: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(written).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26T08:59:59", False),
        ("2026-11-26T09:00:00", True),
        ("2026-11-26T14:59:59", True),
        ("2026-11-26T15:00:00", False),
        ("2026-11-28T10:00:00", False),  # Saturday
        ("2026-04-02T10:00:00", False),  # Maundy Thursday
        ("2026-05-14T10:00:00", False),  # Ascension Day
        ("2027-05-17T10:00:00", False),  # Constitution Day, a Monday
        ("2026-12-25T10:00:00", False),
        ("2026-12-24T10:00:00", True),  # no public holiday
    ],
)
def test_it_is_open_in_the_hours_of_the_week_but_not_on_public_holidays(
    moment: str, is_open: bool
) -> None:
    assert OFFICE.are_open(at(moment)) is is_open


def test_public_holidays_may_have_hours_of_their_own() -> None:
    always = hours_of("man-søn,helligdag 00:00-24:00")
    assert always.are_open(at("2026-12-25T10:00:00"))
    short = hours_of("man-fre 09:00-15:00; helligdag 10:00-11:00")
    assert short.are_open(at("2026-12-25T10:30:00"))
    assert not short.are_open(at("2026-12-25T09:30:00"))


def test_closed_days_are_closed_too() -> None:
    closed = Hours(OFFICE.spans, closed=days_of("2026-12-24 2026-12-28..2026-12-31"))
    assert not closed.are_open(at("2026-12-24T10:00:00"))
    assert not closed.are_open(at("2026-12-30T10:00:00"))
    # Over Christmas, a weekend, the closed days and New Year's Day, and a weekend.
    opening = closed.next_opening(at("2026-12-23T15:00:00"))
    assert opening == at("2027-01-04T09:00:00")


def test_it_opens_next_later_the_same_day_or_after_the_weekend() -> None:
    assert OFFICE.next_opening(at("2026-11-26T07:00:00")) == at("2026-11-26T09:00:00")
    assert OFFICE.next_opening(at("2026-11-27T15:00:00")) == at("2026-11-30T09:00:00")
    split = hours_of("man-fre 09:00-11:30,12:00-14:00")
    assert split.next_opening(at("2026-11-26T11:45:00")) == at("2026-11-26T12:00:00")
    assert not split.are_open(at("2026-11-26T11:30:00"))


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        # The clock is put forward in the night to Sunday 29 March 2026, and back in
        # that to 25 October.
        ("2026-03-27T20:00:00", datetime.datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("2026-03-20T20:00:00", datetime.datetime(2026, 3, 23, 8, tzinfo=UTC)),
        ("2026-10-23T20:00:00", datetime.datetime(2026, 10, 26, 8, tzinfo=UTC)),
        ("2026-10-16T20:00:00", datetime.datetime(2026, 10, 19, 7, tzinfo=UTC)),
    ],
)
def test_nine_is_nine_in_summer_and_in_winter(
    before: str, opens: datetime.datetime
) -> None:
    assert OFFICE.next_opening(at(before)) == opens
    assert OFFICE.are_open(opens)
    assert not OFFICE.are_open(opens - datetime.timedelta(seconds=1))


def test_hours_in_the_night_when_the_clock_is_changed_are_told_right() -> None:
    night = hours_of("søn 02:30-04:00")
    # There is no half past two then.
    spring = datetime.datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert night.are_open(spring + datetime.timedelta(minutes=30))
    # And twice in autumn.
    autumn = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert night.are_open(autumn)
    assert night.are_open(autumn + datetime.timedelta(hours=1))


def test_whoever_has_no_hours_is_never_open() -> None:
    assert not NEVER.are_open(at("2026-11-26T10:00:00"))
    assert NEVER.next_opening(at("2026-11-26T10:00:00")) is None


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("man 09:00-15:00", [(1, 540, 900)]),
        ("MÅN,ons 9:00-15:00", [(1, 540, 900), (3, 540, 900)]),
        ("mon-tue 00:00-24:00", [(1, 0, 1440), (2, 0, 1440)]),
        ("fre 12:00-13:00; man 09:00-10:00 ;", [(1, 540, 600), (5, 720, 780)]),
        ("lau-sun 10:00-11:00,12:30-13:00", [
            (6, 600, 660), (6, 750, 780), (7, 600, 660), (7, 750, 780),
        ]),
        ("", []),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(
    written: str, spans: list[tuple[int, int, int]]
) -> None:
    assert [(it.day, it.begin, it.end) for it in hours_of(written).spans] == spans


@pytest.mark.parametrize(
    "written",
    [
        *("man", "09:00-15:00", "man 9-15", "mandag 09:00-15:00", "man 15:00-09:00"),
        *("man 09:00-25:00", "man 09:60-10:00", "fre-man 09:00-15:00", "man 09:00"),
        *("man 09:00-12:00; man 11:00-15:00", "man 09:00-12:00, 13:00-15:00"),
    ],
)
def test_what_are_no_hours_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        hours_of(written)


@pytest.mark.parametrize(
    "written",
    ["24.12.2026", "2026-13-01", "2026-12-31..2026-12-24", "2026-01-01..2030-01-01"],
)
def test_what_are_no_days_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days_of(written)


def test_people_are_told_when_it_opens_next(store: ConversationStore) -> None:
    settings = read_settings(
        {
            "HELSE_CASES": "on",
            "HELSE_HOURS": "man-fre 09:00-15:00",
            "HELSE_CLOSED_DAYS": "2026-11-27",
        }
    )
    cases = Cases(store.engine, CaseRules.from_settings(settings))
    told = cases.reach(at("2026-11-26T16:00:00"))
    assert (told.state, told.opens_at) == ("closed", at("2026-11-30T09:00:00"))
    assert cases.reach(at("2026-11-26T10:00:00")).state == "away"
    off = Cases(store.engine, CaseRules.from_settings(read_settings({})))
    assert off.reach(at("2026-11-26T10:00:00")).state == "off"
