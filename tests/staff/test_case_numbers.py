"""Figures of cases whose numbers are known."""

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest

from bot.staff.figures.cases import CaseNumbers, case_numbers
from bot.staff.figures.files import as_json, write_csv
from bot.staff.figures.summary import figures
from bot.store import ConversationStore
from bot.store.case_tables import CASES
from bot.store.tables import MESSAGES

NOW = time.time()
HOUR = 3600


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


def add(store: ConversationStore, number: int = 1, **changes: Any) -> None:
    """Add cases: each waited for a minute, was answered, and closed by the staff."""
    with store.engine.begin() as connection:
        first = len(connection.execute(CASES.select()).all())
        for place in range(first, first + number):
            opened = NOW - HOUR
            row = {
                "sender_id": f"person-{place}",
                "number": 100_000 + place,
                "state": "closed",
                "reason": "asked",
                "language": "nb",
                "topic": "grant.amount",
                "opened_at": opened,
                "waiting_since": opened,
                "taken_at": opened + 60,
                "closed_by": "staff",
                "changed_at": opened,
                "last_line": 0,
                **changes,
            }
            connection.execute(CASES.insert(), row)


def numbers(store: ConversationStore) -> CaseNumbers:
    return case_numbers(store.engine, NOW - 2 * HOUR, NOW)


MESSAGE = {"state": "message", "waiting_since": None, "taken_at": None}
OPEN = {"closed_by": None}


def test_all_is_counted(store: ConversationStore) -> None:
    add(store, 10)
    add(store, 5, taken_at=NOW - HOUR + 300, closed_by="citizen", reason="thumbs")
    add(store, 6, **MESSAGE, **OPEN, topic=None, language="en", reason="not_stated")
    add(store, 7, opened_at=NOW - 3 * HOUR)
    told = numbers(store)
    assert told.opened == 21
    assert (told.median_wait, told.p90_wait) == (60, 300)
    assert told.ways == {"live": 15, "message": 6, "neither": 0}
    assert told.closed_by == {"staff": 10, "nobody": 6, "citizen": 5, "time": 0}
    assert told.reasons == {"asked": 10, "not_stated": 6, "thumbs": 5, "clarify": 0}
    assert told.languages == {"nb": 15, "en": 6, "nn": 0}
    assert told.about == {"grant.amount": 15, "": 6}


def test_small_numbers_are_hidden_with_what_would_tell_them(
    store: ConversationStore,
) -> None:
    add(store, 10)
    add(store, 3, closed_by="citizen", topic="recipients.list")
    told = numbers(store)
    assert told.opened == 13
    assert told.closed_by["citizen"] is told.closed_by["staff"] is None
    assert told.about == {"grant.amount": None, "recipients.list": None}


def test_of_fewer_than_five_cases_nothing_is_told(store: ConversationStore) -> None:
    add(store, 4)
    told = numbers(store)
    assert told.opened is told.median_wait is told.p90_wait is None
    assert set(told.ways.values()) == {None}
    assert told.about == {}


def test_the_wait_of_fewer_than_five_is_not_told(store: ConversationStore) -> None:
    add(store, 4)
    add(store, 6, **MESSAGE, **OPEN)
    told = numbers(store)
    assert told.opened == 10
    assert told.median_wait is told.p90_wait is None


def test_the_files_hold_them(store: ConversationStore) -> None:
    add(store, 9)
    told = figures(store, 1, NOW)
    file = io.StringIO()
    write_csv(told, file)
    rows = file.getvalue().split("\r\n")
    for row in (
        *("cases,opened,number,9", "cases,median_wait,value,60"),
        *("cases_ways,live,number,9", "cases_about,grant.amount,number,9"),
    ):
        assert row in rows
    assert json.loads(json.dumps(as_json(told)))["cases"]["opened"] == 9


def test_without_cases_there_is_no_table_of_them(store: ConversationStore) -> None:
    file = io.StringIO()
    write_csv(figures(store, 1, NOW), file)
    told = [row for row in file.getvalue().split("\r\n") if row.startswith("cases")]
    assert told == ["cases,opened,number,0"]


def test_what_went_to_the_staff_is_no_reply_that_was_quick(
    store: ConversationStore,
) -> None:
    with store.engine.begin() as connection:
        for place in range(20):
            relayed = place % 2
            row = {
                "event_id": place + 1,
                "sender_id": f"person-{place // 2}",
                "message_id": str(place),
                "said_at": NOW - 60,
                "kind": "relayed" if relayed else "answer",
                "language": "nb",
                "origin": "web",
                "took": 0.001 if relayed else 0.5,
                "pressed": False,
            }
            connection.execute(MESSAGES.insert(), row)
    told = figures(store, 1, NOW)
    assert told.kinds["relayed"] == 10
    assert told.median_seconds == 0.5
