"""Made-up traffic: said by the assistant, spread over a month, marked, removable."""

import datetime
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import ConversationStore
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS
from bot.training import model_file
from trials.demo import __main__ as demo
from trials.demo.moments import DAYS, moments
from trials.demo.recordings import Recording, read_recordings
from trials.demo.talking import Talker
from trials.demo.writing import holds_real, remove, write

HELD = 40
DAY = 24 * 3600


@pytest.fixture(scope="module")
def recordings(
    model: None,  # noqa: ARG001 - the conversations are held with it
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Recording]:
    aside = ConversationStore.in_file(tmp_path_factory.mktemp("aside") / "aside.db")
    Talker(model_file(), aside, random.Random(1)).hold(HELD)
    return read_recordings(aside)


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


def rows(store: ConversationStore, table: sa.Table) -> list[Any]:
    with store.engine.connect() as connection:
        return list(connection.execute(table.select().order_by(*table.primary_key)))


def add_real(store: ConversationStore, origin: str = "web") -> None:
    its = {"sender_id": f"{origin}-kari", "message_id": "1", "origin": origin}
    with store.engine.begin() as connection:
        row = {**its, "event_id": 1, "said_at": time.time(), "kind": "answer"}
        connection.execute(MESSAGES.insert(), row)
        event = {"id": 1, "sender_id": f"{origin}-kari", "type_name": "user"}
        data = {"timestamp": time.time(), "data": "{}"}
        connection.execute(EVENTS.insert(), {**event, **data})


def test_all_that_is_made_up_is_marked(
    store: ConversationStore, recordings: list[Recording]
) -> None:
    write(store, recordings, 100, random.Random(1))
    senders = {row.sender_id for row in rows(store, MESSAGES)}
    assert len(senders) == 100
    assert all(sender.startswith("demo-") for sender in senders)
    assert {row.origin for row in rows(store, MESSAGES)} == {"demo"}
    for table in (EVENTS, STANDINGS, FEEDBACK):
        assert {row.sender_id for row in rows(store, table)} <= senders


def test_a_copy_reads_like_a_conversation_that_was_held(
    store: ConversationStore, recordings: list[Recording]
) -> None:
    write(store, recordings, 3 * HELD, random.Random(1))
    said = Counter(
        tuple(message["text"] for message in it.messages) for it in recordings
    )
    senders = [row.sender_id for row in rows(store, STANDINGS)]
    read = {sender: store.turns(sender) for sender in senders}
    assert Counter(
        tuple(turn.text for turn in turns) for turns in read.values()
    ) == Counter({texts: 3 * count for texts, count in said.items()})
    ids = [turn.id for turns in read.values() for turn in turns]
    assert len(ids) == len(set(ids)) == len(rows(store, MESSAGES))
    for turns in read.values():
        assert [turn.time for turn in turns] == sorted(turn.time for turn in turns)
    rated = sum(turn.feedback is not None for turns in read.values() for turn in turns)
    assert rated == len(rows(store, FEEDBACK)) > 0
    places = {row.id for row in rows(store, EVENTS) if row.type_name == "user"}
    assert {row.event_id for row in rows(store, MESSAGES)} == places


def test_the_columns_are_what_would_be_filled_in(
    store: ConversationStore, recordings: list[Recording]
) -> None:
    write(store, recordings, HELD, random.Random(1))
    written = rows(store, MESSAGES)
    names = [name for name in MESSAGES.c.keys()[3:] if name != "took"]
    with store.engine.begin() as connection:
        connection.execute(MESSAGES.update().values(dict.fromkeys(names)))
    assert store.fill_in() == HELD
    for before, after in zip(written, rows(store, MESSAGES), strict=True):
        assert after.said_at == pytest.approx(before.said_at, abs=1e-3)
        rest = [name for name in names if name != "said_at"]
        assert [after[name] for name in rest] == [before[name] for name in rest]


def test_many_sorts_of_replies_come_of_it(recordings: list[Recording]) -> None:
    messages = [message for it in recordings for message in it.messages]
    kinds = Counter(message["kind"] for message in messages)
    assert {"answer", "not_stated", "smalltalk", "out_of_scope"} <= set(kinds)
    assert {message["language"] for message in messages} == {"nb", "nn", "en"}
    assert {message["pressed"] for message in messages} == {True, False}
    assert {it["rating"] for each in recordings for it in each.feedback} == {
        "up",
        "down",
    }
    assert all(0 < message["took"] < 60 for message in messages)


def test_people_write_by_day_and_on_weekdays() -> None:
    now = datetime.datetime(2026, 11, 26, 12).timestamp()
    begun = moments(random.Random(1), 10_000, now)
    assert begun == sorted(begun)
    assert now - DAYS * DAY < begun[0]
    assert begun[-1] < now
    times = [datetime.datetime.fromtimestamp(it) for it in begun]
    weekend = sum(it.weekday() >= 5 for it in times)
    night = sum(it.hour < 5 for it in times)
    assert 0 < weekend < len(times) * 0.15
    assert 0 < night < len(times) * 0.05


def test_only_what_is_made_up_is_removed(
    store: ConversationStore, recordings: list[Recording]
) -> None:
    add_real(store)
    write(store, recordings, 250, random.Random(1))
    assert remove(store) == 250
    assert [row.sender_id for row in rows(store, MESSAGES)] == ["web-kari"]
    assert [row.sender_id for row in rows(store, EVENTS)] == ["web-kari"]
    assert rows(store, STANDINGS) == rows(store, FEEDBACK) == []


def test_somebody_who_calls_themselves_demo_is_not_removed(
    store: ConversationStore,
) -> None:
    with store.engine.begin() as connection:
        its = {"sender_id": "demo-kari", "message_id": "1", "origin": "rest"}
        connection.execute(MESSAGES.insert(), {**its, "event_id": 1})
    assert remove(store) == 0
    assert len(rows(store, MESSAGES)) == 1


@pytest.mark.parametrize(
    ("origin", "real"), [("web", True), ("rest", True), ("test", False)]
)
def test_a_store_with_conversations_of_people_is_told_apart(
    store: ConversationStore, origin: str, real: bool
) -> None:
    add_real(store, origin)
    assert holds_real(store) == real


def test_the_command_makes_and_removes_them(
    model: None,  # noqa: ARG001 - the conversations are held with it
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "conversations.db"
    monkeypatch.setenv("HELSE_STORE", str(file))
    assert demo.main(["--count", "5"]) == 0
    store = ConversationStore.in_file(file)
    assert len(rows(store, STANDINGS)) == 5
    add = "UPDATE messages SET origin = 'web', sender_id = 'web-kari' WHERE event_id ="
    with store.engine.begin() as connection:
        first = connection.execute(sa.select(sa.func.min(MESSAGES.c.event_id))).scalar()
        connection.execute(sa.text(f"{add} {first}"))
    assert demo.main(["--count", "5"]) == 1
    assert "--beside-real" in capsys.readouterr().err
    assert demo.main(["--count", "5", "--beside-real"]) == 0
    assert demo.main(["--remove"]) == 0
    assert {row.sender_id for row in rows(store, MESSAGES)} == {"web-kari"}
