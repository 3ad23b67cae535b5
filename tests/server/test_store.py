"""The store of conversations, by itself: what it gives back, and what it forgets."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.store import ConversationStore, Feedback
from bot.store.staff_tables import AUDIT, MARKS, PROPOSALS, SETTLED
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS

DAY = 24 * 60 * 60
PAYLOAD = {"kind": "answer", "language": "nb", "facts": [], "sources": []}


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    made = ConversationStore.in_file(tmp_path / "conversations.db")
    made.domain = Domain.empty()
    return made


async def add(store: ConversationStore, conversation: str, events: list[Event]) -> None:
    tracker = await store.get_or_create_full_tracker(conversation, False)
    for event in events:
        tracker.update(event)
    await store.save(tracker)


def events_of(store: ConversationStore, conversation: str) -> list[Event]:
    tracker = asyncio.run(store.retrieve_full_tracker(conversation))
    assert tracker
    return list(tracker.events)


def say(
    store: ConversationStore,
    conversation: str,
    days_ago: float = 0,
    message: str = "message-1",
) -> None:
    moment = time.time() - days_ago * DAY
    events = [
        UserUttered("Hei", message_id=message, timestamp=moment),
        BotUttered("Hallo", {"buttons": []}, timestamp=moment),
        BotUttered(None, {"custom": PAYLOAD}, timestamp=moment),
    ]
    asyncio.run(add(store, conversation, events))


def test_what_is_older_than_the_days_is_forgotten_with_its_feedback(
    store: ConversationStore,
) -> None:
    for conversation, age in (("old", 31), ("young", 29), ("new", 0)):
        say(store, conversation, age)
        store.rate(conversation, "message-1", Feedback("up", "Fint"))
    store.forget_old(30)
    assert not store.holds("old")
    assert store.turns("old") == ()
    assert [store.holds(name) for name in ("young", "new")] == [True, True]
    assert {conversation for conversation, _, _ in store.rated()} == {"young", "new"}


def test_a_conversation_that_goes_on_is_kept_whole(
    store: ConversationStore,
) -> None:
    say(store, "kari", 40)
    say(store, "kari", 1, "message-2")
    store.forget_old(30)
    texts = [event.as_dict().get("text") for event in events_of(store, "kari")]
    assert texts.count("Hei") == 2


def test_the_file_is_for_its_owner_alone(
    store: ConversationStore, tmp_path: Path
) -> None:
    say(store, "kari")
    for file in tmp_path.glob("conversations.db*"):
        assert file.stat().st_mode & 0o077 == 0


def test_a_store_that_has_lost_its_file_is_not_readable(
    store: ConversationStore, tmp_path: Path
) -> None:
    assert store.is_usable()
    store.engine.dispose()
    (tmp_path / "conversations.db").write_bytes(b"no database " * 100)
    assert not store.is_usable()


def test_what_people_wrote_stands_in_no_error(store: ConversationStore) -> None:
    with pytest.raises(SQLAlchemyError) as error:
        store.rate("kari", "message-1", Feedback(None, "Jeg heter Kari"))  # type: ignore[arg-type]
    assert "Kari" not in str(error.value)


def test_a_message_without_a_reply_is_no_turn(store: ConversationStore) -> None:
    event = UserUttered("Hei", message_id="message-1")
    asyncio.run(add(store, "kari", [event]))
    assert store.holds("kari")
    assert store.turns("kari") == ()


def test_feedback_is_listed_with_what_it_is_about(store: ConversationStore) -> None:
    say(store, "kari")
    store.rate("kari", "message-1", Feedback("down", "For kort"))
    [(conversation, turn, given)] = store.rated()
    assert (conversation, given) == ("kari", Feedback("down", "For kort"))
    assert (turn.text, turn.reply["text"]) == ("Hei", "Hallo")


def hold(
    store: ConversationStore, conversation: str, turns: int, first: int = 0
) -> None:
    """Say something so often, as Rasa does: read, add, write."""

    async def say_all() -> None:
        for number in range(first, first + turns):
            tracker = await store.get_or_create_tracker(conversation)
            for event in (
                ActionExecuted("action_listen"),
                UserUttered("Hei", message_id=f"message-{number}"),
                SlotSet("topic", f"topic-{number}"),
                BotUttered(f"Svar {number}", {"custom": PAYLOAD}),
            ):
                tracker.update(event)
            await store.save(tracker)

    asyncio.run(say_all())


@pytest.fixture
def with_slot(store: ConversationStore) -> ConversationStore:
    store.domain = Domain.from_dict(
        {"slots": {"topic": {"type": "any", "mappings": []}}}
    )
    return store


def test_a_conversation_goes_on_as_it_stands(with_slot: ConversationStore) -> None:
    began = time.time()
    hold(with_slot, "kari", 3)
    tracker = asyncio.run(with_slot.retrieve("kari"))
    assert tracker
    assert tracker.get_slot("topic") == "topic-2"
    assert tracker.latest_action_name == "action_listen"
    assert tracker.latest_message
    assert tracker.latest_message.timestamp >= began
    assert asyncio.run(with_slot.retrieve("nobody")) is None


def test_what_is_read_is_not_written_again(with_slot: ConversationStore) -> None:
    hold(with_slot, "kari", 3)
    texts = [event.as_dict().get("text") for event in events_of(with_slot, "kari")]
    assert texts.count("Hei") == 3
    tracker = asyncio.run(with_slot.retrieve("kari"))
    assert tracker
    asyncio.run(with_slot.save(tracker))
    assert len(events_of(with_slot, "kari")) == len(texts)


def test_a_slot_that_the_domain_no_longer_has_is_left_out(
    with_slot: ConversationStore,
) -> None:
    hold(with_slot, "kari", 1)
    with_slot.domain = Domain.empty()
    tracker = asyncio.run(with_slot.retrieve("kari"))
    assert tracker
    assert "topic" not in tracker.current_slot_values()


def test_a_conversation_of_rasas_own_store_goes_on(
    with_slot: ConversationStore, tmp_path: Path
) -> None:
    rasas = SQLTrackerStore(
        with_slot.domain, dialect="sqlite", db=str(tmp_path / "conversations.db")
    )
    tracker = asyncio.run(rasas.get_or_create_tracker("kari"))
    tracker.update(SlotSet("topic", "before"))
    tracker.update(UserUttered("Hei", message_id="message-before"))
    tracker.update(BotUttered("Svar", {"custom": PAYLOAD}))
    asyncio.run(rasas.save(tracker))
    # The server of this version starts for the first time.
    ours = ConversationStore.in_file(tmp_path / "conversations.db")
    ours.domain = with_slot.domain
    turn = ours.turn("kari", "message-before")
    assert turn
    assert turn.reply["text"] == "Svar"
    found = asyncio.run(ours.retrieve("kari"))
    assert found
    assert found.get_slot("topic") == "before"
    hold(ours, "kari", 1)
    texts = [turn.reply["text"] for turn in ours.turns("kari")]
    assert texts == ["Svar", "Svar 0"]


def test_one_turn_and_the_latest_are_found(with_slot: ConversationStore) -> None:
    hold(with_slot, "kari", 5)
    with_slot.rate("kari", "message-3", Feedback("up"))
    turn = with_slot.turn("kari", "message-3")
    assert turn
    assert (turn.reply["text"], turn.feedback) == ("Svar 3", Feedback("up"))
    assert with_slot.turn("kari", "message-9") is None
    assert with_slot.turn("ola", "message-3") is None
    latest = with_slot.turns("kari", latest=2)
    assert [turn.id for turn in latest] == ["message-3", "message-4"]
    assert with_slot.turns("kari", latest=9) == with_slot.turns("kari")


@pytest.mark.parametrize("turns", [3, 150])
def test_a_message_takes_the_same_few_statements_however_long_the_conversation(
    with_slot: ConversationStore, turns: int
) -> None:
    hold(with_slot, "kari", turns)
    assert with_slot._quick
    statements: list[str] = []
    with_slot._quick._connection.set_trace_callback(statements.append)
    hold(with_slot, "kari", 1, first=turns)
    kinds = [statement.split()[0] for statement in statements]
    events = ["INSERT"] * 5  # Four events, and where the message stands among them.
    assert kinds == ["SELECT", "BEGIN", *events, "UPDATE", "COMMIT"]


def test_what_the_quick_way_cannot_write_goes_the_other_and_blocks_nothing(
    with_slot: ConversationStore,
) -> None:
    hold(with_slot, "kari", 1)
    assert with_slot._quick
    connection = with_slot._quick._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    hold(with_slot, "ola", 40)
    connection.execute(f"PRAGMA max_page_count={1000 * pages}")
    hold(with_slot, "ola", 1, first=40)
    assert not connection.in_transaction
    assert len(with_slot.turns("ola")) == 41


def test_a_commit_that_fails_leaves_the_file_to_others(
    with_slot: ConversationStore,
) -> None:
    quick = with_slot._quick
    assert quick
    quick._connection.execute("PRAGMA foreign_keys=ON")
    quick._connection.executescript(
        "CREATE TABLE a (id PRIMARY KEY);"
        "CREATE TABLE b (id REFERENCES a DEFERRABLE INITIALLY DEFERRED)"
    )
    with pytest.raises(sqlite3.IntegrityError), quick.begin():
        quick._connection.execute("INSERT INTO b VALUES (1)")
    assert not quick._connection.in_transaction
    hold(with_slot, "kari", 1)
    assert with_slot.holds("kari")


def test_a_database_without_a_quick_way_gets_the_same(
    with_slot: ConversationStore,
) -> None:
    hold(with_slot, "kari", 2)
    with_slot._quick = None
    hold(with_slot, "ola", 2)
    kari, ola = (
        [(event.type_name, event.as_dict().get("text")) for event in found]
        for found in (events_of(with_slot, "kari"), events_of(with_slot, "ola"))
    )
    assert kari == ola
    tracker = asyncio.run(with_slot.retrieve("ola"))
    assert tracker
    assert tracker.get_slot("topic") == "topic-1"
    assert [turn.id for turn in with_slot.turns("ola")] == ["message-0", "message-1"]


def test_the_server_goes_on_while_another_writes(with_slot: ConversationStore) -> None:
    hold(with_slot, "kari", 1)
    file = str(with_slot.engine.url.database)
    blocking = sqlite3.connect(file, isolation_level=None)
    blocking.execute("BEGIN IMMEDIATE")

    async def go_on() -> int:
        tracker = await with_slot.get_or_create_tracker("kari")
        tracker.update(BotUttered("Svar"))
        saving = asyncio.create_task(with_slot.save(tracker))
        beats = 0
        while beats < 20:
            await asyncio.sleep(0.01)
            beats += 1
        assert not saving.done()
        blocking.execute("ROLLBACK")
        await saving
        return beats

    assert asyncio.run(go_on()) == 20
    assert len(events_of(with_slot, "kari")) == 6


def test_what_cannot_be_written_leaves_nothing_behind(
    with_slot: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(with_slot, "kari", 1)
    before = len(events_of(with_slot, "kari"))
    monkeypatch.setattr("bot.store.store._ADD_STANDING", None)
    with pytest.raises(AttributeError):
        hold(with_slot, "ola", 1)
    monkeypatch.undo()
    assert not with_slot.holds("ola")
    assert len(events_of(with_slot, "kari")) == before


def test_what_is_forgotten_stands_in_no_table(with_slot: ConversationStore) -> None:
    hold(with_slot, "kari", 2)
    with_slot.rate("kari", "message-1", Feedback("up"))
    with_slot.forget("kari")
    with with_slot.engine.connect() as connection:
        for table in with_slot.Base.metadata.sorted_tables:
            assert not connection.execute(sqlalchemy.select(table)).all()


def staff_keep(store: ConversationStore, conversation: str) -> None:
    """Have all tables of the staff hold something of a conversation."""
    its = {"sender_id": conversation, "message_id": "message-1"}
    proposal = {"title": "Ny formulering", "author": "kari", "content": "{}"}
    with store.engine.begin() as connection:
        settled = {"decision": "ignored", "person": "kari", "at": 0.0}
        connection.execute(SETTLED.insert(), {**its, **settled})
        mark = {"note": "Hjemmelig", "given_to": "ola", "person": "kari", "at": 0.0}
        connection.execute(MARKS.insert(), {**its, **mark})
        for status in ("open", "live"):
            times = {"created_at": 0.0, "changed_at": 0.0, "status": status}
            connection.execute(PROPOSALS.insert(), {**its, **proposal, **times})


def kept_by_staff(store: ConversationStore) -> dict[str, list[str | None]]:
    with store.engine.connect() as connection:
        return {
            table.name: [row.sender_id for row in connection.execute(table.select())]
            for table in (SETTLED, MARKS, PROPOSALS)
        }


@pytest.mark.parametrize("how", ["by the person", "by its age", "by an older server"])
def test_what_the_staff_keep_of_a_conversation_goes_with_it(
    store: ConversationStore, tmp_path: Path, how: str
) -> None:
    for conversation, age in (("old", 31), ("young", 1)):
        say(store, conversation, age)
        staff_keep(store, conversation)
    if how == "by the person":
        store.forget("old")
    elif how == "by an older server":
        with store.engine.begin() as connection:
            for table in (EVENTS, MESSAGES, STANDINGS, FEEDBACK):
                connection.execute(table.delete().where(table.c.sender_id == "old"))
        store.forget_old(30)
    else:
        store.forget_old(30)
    assert kept_by_staff(store) == {
        "staff_settled": ["young"],
        "staff_marks": ["young"],
        # What is in force stays, and does not tell where it came from.
        "staff_proposals": [None, "young", "young"],
    }
    store.forget("young")
    for file in tmp_path.glob("conversations.db*"):
        assert b"Hjemmelig" not in file.read_bytes()


def test_what_staff_did_is_forgotten_after_a_time(store: ConversationStore) -> None:
    did = {"person": "kari", "name": "Kari", "roles": "editor", "subject": ""}
    with store.engine.begin() as connection:
        for age in (366, 364):
            action = {"at": time.time() - age * DAY, "action": f"{age} days ago"}
            connection.execute(AUDIT.insert(), {**did, **action})
    store.forget_audit(365)
    with store.engine.connect() as connection:
        kept = [row.action for row in connection.execute(AUDIT.select())]
    assert kept == ["364 days ago"]
