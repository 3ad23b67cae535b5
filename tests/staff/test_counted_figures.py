"""Figures of conversations whose numbers are known."""

import csv
import dataclasses
import datetime
import io
import json
import time
import zoneinfo
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.staff.figures.files import as_json, write_csv
from bot.staff.figures.summary import Asked, Days, figures
from bot.store import ConversationStore
from bot.store.tables import FEEDBACK, MESSAGES

OSLO = zoneinfo.ZoneInfo("Europe/Oslo")
# Noon of a Wednesday.
NOW = datetime.datetime(2026, 11, 25, 12, 30, tzinfo=OSLO).timestamp()
HOUR, DAY = 3600, 24 * 3600


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


def say(
    store: ConversationStore,
    conversation: str,
    *messages: dict[str, Any],
    ago: float = HOUR,
    origin: str = "web",
) -> None:
    """Write messages as the server does: each is given what differs from an answer."""
    with store.engine.begin() as connection:
        first = connection.execute(MESSAGES.select()).all()
        for place, message in enumerate(messages, len(first) + 1):
            row = {
                "event_id": place,
                "sender_id": conversation,
                "message_id": str(place),
                "said_at": NOW - ago + place / 1000,
                "kind": "answer",
                "topic": "grant.amount",
                "intent": "ask_grant_amount",
                "language": "nb",
                "origin": origin,
                "took": 0.02,
                "pressed": False,
                **message,
            }
            rating = row.pop("rating", None)
            connection.execute(MESSAGES.insert(), row)
            if rating:
                its = {"sender_id": conversation, "message_id": str(place)}
                given = {"timestamp": NOW - ago, "rating": rating, "comment": ""}
                connection.execute(FEEDBACK.insert(), {**its, **given})


PRESSED = {"pressed": True, "intent": "ask_topic"}
GAP = {"kind": "not_stated", "topic": "gap.application", "intent": "ask_application"}
OUTSIDE = {"kind": "out_of_scope", "topic": None, "intent": "out_of_scope"}
UNCLEAR = {"kind": "clarify", "topic": None, "intent": "nlu_fallback"}
HELLO = {"kind": "smalltalk", "topic": None, "intent": "greet"}


def fill(store: ConversationStore) -> None:
    """Hold 20 conversations: 6 with 4 messages, 14 with 2."""
    for number in range(6):
        say(
            store,
            f"web-long-{number}",
            UNCLEAR,
            {"rating": "up", **PRESSED},
            GAP,
            {"language": "nn", "rating": "up"},
        )
    for number in range(7):
        say(store, f"web-out-{number}", OUTSIDE, {"topic": "recipients.list"})
    for number in range(7):
        say(store, f"web-in-{number}", PRESSED, {"took": 2.0})


def test_all_is_counted_that_was_said(store: ConversationStore) -> None:
    fill(store)
    told = figures(store, 1, NOW)
    assert (told.conversations, told.messages) == (20, 52)
    assert told.kinds == {
        "answer": 33,
        "out_of_scope": 7,
        "not_stated": 6,
        "clarify": 6,
        "smalltalk": 0,
        "handover": 0,
        "relayed": 0,
    }
    assert told.languages == {"nb": 46, "nn": 6, "en": 0}
    assert told.ratings == {"up": 12, "down": 0}
    assert told.median_turns == 2
    assert (told.median_seconds, told.p95_seconds) == (0.02, 2.0)
    assert (told.clarified, told.clarified_answered) == (6, 6)
    assert told.answered == (
        # A press counts by its topic, as what was written does.
        Asked("grant.amount", 26, 13),
        Asked("recipients.list", 7, 0),
    )
    assert told.not_stated == (Asked("gap.application", 6, 0),)
    assert told.out_of_scope == {"out_of_scope": 7}
    assert told.unclear == {"nlu_fallback": 6}
    assert not told.has_demo


@pytest.mark.parametrize("origin", ["test", "staff"])
def test_tests_and_staff_change_no_figure(
    store: ConversationStore, origin: str
) -> None:
    fill(store)
    before = figures(store, 1, NOW)
    for number in range(9):
        say(store, f"other-{number}", UNCLEAR, GAP, {"rating": "down"}, origin=origin)
    assert figures(store, 1, NOW) == before


@pytest.mark.parametrize("origin", ["rest", "demo"])
def test_what_came_over_rest_and_what_is_made_up_counts(
    store: ConversationStore, origin: str
) -> None:
    fill(store)
    say(store, "other", {}, {}, origin=origin)
    told = figures(store, 1, NOW)
    assert (told.conversations, told.messages) == (21, 54)
    assert told.has_demo == (origin == "demo")


@pytest.mark.parametrize(
    ("days", "inside", "outside"),
    [
        (1, 23.4 * HOUR, 23.6 * HOUR),
        (7, 6.5 * DAY, 6.6 * DAY),
        (30, 29.5 * DAY, 29.6 * DAY),
    ],
)
def test_a_time_begins_with_a_whole_hour_or_day(
    store: ConversationStore, days: Days, inside: float, outside: float
) -> None:
    for number in range(6):
        say(store, f"in-{number}", {}, ago=inside)
        say(store, f"out-{number}", {}, ago=outside)
    told = figures(store, days, NOW)
    assert (told.conversations, told.messages) == (6, 6)
    assert len(told.steps) == {1: 24, 7: 7, 30: 30}[days]
    assert told.steps[0].begins == told.since
    assert (told.steps[0].conversations, told.steps[0].messages) == (6, 6)


def test_the_day_on_which_the_clock_changes_is_one_day(
    store: ConversationStore,
) -> None:
    # Summer time ends on 25 October: that day has 25 hours.
    noon = datetime.datetime(2026, 10, 27, 12, tzinfo=OSLO).timestamp()
    late = datetime.datetime(2026, 10, 25, 23, 30, tzinfo=OSLO).timestamp()
    for number in range(6):
        say(store, f"web-{number}", {}, ago=NOW - late)
    told = figures(store, 7, noon)
    came = [(it.begins.day, it.messages) for it in told.steps if it.messages]
    assert came == [(25, 6)]


def test_a_conversation_counts_once_when_it_began(store: ConversationStore) -> None:
    for number in range(6):
        say(store, f"web-{number}", {}, ago=3 * DAY)
        say(store, f"web-{number}", {}, {}, ago=1 * DAY)
    told = figures(store, 7, NOW)
    assert told.conversations == 6
    assert [it.conversations for it in told.steps] == [0, 0, 0, 6, 0, 0, 0]
    assert [it.messages for it in told.steps] == [0, 0, 0, 6, 0, 12, 0]


def test_a_clarification_that_led_nowhere_is_none_that_was_answered(
    store: ConversationStore,
) -> None:
    for number in range(6):
        say(store, f"yes-{number}", UNCLEAR, {})
        say(store, f"no-{number}", UNCLEAR, OUTSIDE, {})
        say(store, f"end-{number}", UNCLEAR)
    told = figures(store, 1, NOW)
    assert (told.clarified, told.clarified_answered) == (18, 6)


def test_what_is_small_is_hidden_and_what_it_could_be_found_from(
    store: ConversationStore,
) -> None:
    fill(store)
    for number in range(2):
        say(store, f"web-hello-{number}", {**HELLO, "language": "en"})
    say(store, "web-press", {"topic": "pot.amount", **PRESSED})
    told = figures(store, 1, NOW)
    assert told.messages == 55
    # The smallest beside it are hidden too, both of them, and what they are made of.
    hidden = [kind for kind, number in told.kinds.items() if number is None]
    assert hidden == ["clarify", "not_stated", "smalltalk"]
    assert (told.clarified, told.clarified_answered) == (None, None)
    assert (told.unclear, told.not_stated) == ({}, ())
    assert told.languages == {"nb": 47, "en": None, "nn": None}
    assert told.answered == (
        Asked("grant.amount", 26, 13),
        Asked("pot.amount", None, None),
        Asked("recipients.list", None, None),
    )


def test_of_few_conversations_nothing_is_told(store: ConversationStore) -> None:
    for number in range(4):
        say(store, f"web-{number}", *[{}] * 10)
    told = figures(store, 7, NOW)
    everything = dataclasses.asdict(told)
    # Of cases there are none, which tells of nobody.
    for name in ("days", "since", "until", "has_demo", "cases"):
        everything.pop(name)
    for step in everything["steps"]:
        step.pop("begins")
    assert set(numbers_in(everything)) == {None}


def numbers_in(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [it for each in value.values() for it in numbers_in(each)]
    if isinstance(value, (list, tuple)):
        return [it for each in value for it in numbers_in(each)]
    return [value]


def test_of_nothing_there_is_no_median(store: ConversationStore) -> None:
    told = figures(store, 30, NOW)
    assert (told.conversations, told.messages) == (0, 0)
    assert (told.median_turns, told.median_seconds) == (None, None)
    assert set(told.kinds.values()) == {0}


def test_files_hide_what_the_page_hides(store: ConversationStore) -> None:
    fill(store)
    say(store, "web-hello", HELLO)
    told = figures(store, 1, NOW)
    file = io.StringIO()
    write_csv(told, file)
    written = file.getvalue()
    assert written.startswith("\ufefftable,name,measure,number")
    rows = {
        (row["table"], row["name"], row["measure"]): row["number"]
        for row in csv.DictReader(io.StringIO(written.lstrip("\ufeff")))
    }
    assert rows["all", "messages", "number"] == "53"
    assert rows["kinds", "smalltalk", "number"] == "hidden"
    assert rows["answered", "grant.amount", "pressed"] == "13"
    assert rows["time", told.steps[22].begins.isoformat("T", "minutes"), "messages"]
    data = json.loads(json.dumps(as_json(told)))
    assert data["kinds"]["smalltalk"] is None
    assert data["messages"] == 53
    assert data["steps"][0]["begins"] == "2026-11-24T13:00+01:00"


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_the_command_line_tells_the_same(
    store: ConversationStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    form: str,
) -> None:
    ago = NOW - time.time() + HOUR
    for number in range(8):
        say(store, f"web-{number}", GAP, {}, ago=ago)
    monkeypatch.setenv("HELSE_STORE", str(tmp_path / "conversations.db"))
    assert main(["figures", "--days", "7", *filter(None, [form])]) == 0
    told = capfd.readouterr().out
    if form == "--json":
        assert json.loads(told)["conversations"] == 8
    elif form == "--csv":
        assert "not_stated,gap.application,number,8" in told
    else:
        assert [line.split() for line in told.splitlines()].count(["messages", "16"])


def said_hours_ago(store: ConversationStore, numbers: dict[float, int]) -> None:
    """Have so many conversations of one message each, so many hours ago."""
    for ago, number in numbers.items():
        for place in range(number):
            say(store, f"at-{ago}-{place}", {}, ago=ago * HOUR)


def test_what_a_week_hides_is_not_found_by_the_month(store: ConversationStore) -> None:
    said_hours_ago(store, {24: 3, 48: 9, 240: 6, 264: 20})
    week, month = figures(store, 7, now=NOW), figures(store, 30, now=NOW)
    by_day = {it.begins: it.messages for it in month.steps}
    known = [
        it.messages if it.messages is not None else by_day[it.begins]
        for it in week.steps
    ]
    assert known.count(None) != 1
    assert by_day[week.steps[-2].begins] is None


def test_what_the_hours_hide_is_not_found_by_the_day(store: ConversationStore) -> None:
    said_hours_ago(store, {1: 3, 2: 9, 14: 6, 15: 20})
    day, week = figures(store, 1, now=NOW), figures(store, 7, now=NOW)
    midnight = week.steps[-1].begins
    today = [it.messages for it in day.steps if it.begins >= midnight]
    assert week.steps[-1].messages == 12
    assert today.count(None) != 1
    assert 3 not in today
