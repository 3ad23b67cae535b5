"""What is known of each message, in columns: written with it, or filled in later."""

import asyncio
import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

from bot.receipt import note_receipt
from bot.store import ConversationStore
from bot.store.columns import KNOWN
from bot.store.migrating import HEAD
from bot.store.staff_tables import METADATA
from bot.store.tables import EVENTS, MESSAGES
from bot.store.widget_files import WIDGET_FILES

OLDER = Path(__file__).parent / "older_stores"
# Written by the version before the columns: its tables, and what was said in it.
BEFORE = OLDER / "of_version_0_2.sql"
OF_0_1 = OLDER / "of_version_0_1.sql"
# Written by the version before there were cases.
BEFORE_CASES = OLDER / "of_version_0_3.sql"
SLOTS = {"last_topic": {"type": "text", "mappings": []}}
SAID = (
    # text, kind, topic, intent, language, origin, pressed
    ("Hei!", "smalltalk", None, "greet", "nb", "web", False),
    (
        *("Hvor mye penger fikk miljøene?", "answer", "grant.amount"),
        *("ask_grant_amount", "nb", "web", False),
    ),
    (
        *("Hva handler saken om?", "answer", "document.summary"),
        *("ask_topic", "nb", "web", True),
    ),
    (
        *("Når er søknadsfristen?", "not_stated", "gap.application"),
        *("ask_application", "nb", "web", False),
    ),
    (
        *("Hva er hovedstaden i Frankrike?", "out_of_scope", None),
        *("out_of_scope", "nb", "web", False),
    ),
    ("Takk!", "smalltalk", None, "thank", "nb", "web", False),
    (
        *("How much money?", "answer", "grant.amount"),
        *("ask_grant_amount", "en", "rest", False),
    ),
    (
        *("penger bedrift hjelp", "not_stated", "gap.company_names"),
        *("ask_company_names", "nb", "rest", False),
    ),
    ("/too_long", "out_of_scope", None, "too_long", "nb", "rest", False),
    ("???", "smalltalk", None, "empty", "nb", "rest", False),
    (
        *("Kven fekk pengane?", "answer", "recipients.list"),
        *("ask_grant_recipients", "nn", "web", False),
    ),
    ("Noe annet", "smalltalk", None, "something_else", "nn", "web", True),
)


def older(file: Path, dump: Path, without: tuple[str, ...] = ()) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump.read_text("utf-8"))
        for table in without:
            connection.execute(f"DROP TABLE {table}")
        connection.commit()


def rows(store: ConversationStore) -> list[Any]:
    with store.engine.connect() as connection:
        in_order = sa.select(MESSAGES).order_by(MESSAGES.c.event_id)
        return list(connection.execute(in_order))


def known(store: ConversationStore) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (it.text, it.kind, it.topic, it.intent, it.language, it.origin, it.pressed)
        for it in rows(store)
    )


def turn(text: str, number: int, kind: str, topic: str | None = None) -> list[Event]:
    payload = {"kind": kind, "language": "nb", "intent": f"ask_{number}"}
    told = [SlotSet("last_topic", topic)] if topic else []
    return [
        UserUttered(
            text,
            intent={"name": f"ask_{number}", "confidence": 0.5},
            message_id=f"message-{number}",
            input_channel="web",
        ),
        BotUttered("Svar", {"buttons": []}),
        BotUttered(None, {"custom": {**payload, "confidence": 0.75}}),
        *told,
    ]


async def say(store: ConversationStore, sender: str, events: list[Event]) -> None:
    tracker = await store.get_or_create_tracker(sender)
    for event in events:
        tracker.update(event)
    await store.save(tracker)


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    made = ConversationStore.in_file(tmp_path / "conversations.db")
    made.domain = Domain.from_dict({"slots": SLOTS})
    return made


@pytest.mark.parametrize(
    "without", [(), ("standings",), ("standings", "messages")], ids=str
)
def test_a_file_of_the_version_before_is_migrated_as_it_was_said(
    tmp_path: Path, without: tuple[str, ...]
) -> None:
    file = tmp_path / "conversations.db"
    older(file, BEFORE, without)
    store = ConversationStore.in_file(file)
    before = store.turns("kari")
    assert store.fill_in() == 3
    assert known(store) == SAID
    with store.engine.connect() as connection:
        times = sa.select(EVENTS.c.timestamp).where(EVENTS.c.type_name == "user")
        said_at = [it for (it,) in connection.execute(times.order_by(EVENTS.c.id))]
    assert [it.said_at for it in rows(store)] == said_at
    assert rows(store)[0].confidence == 0.9997
    # Nobody knows any more.
    assert {it.took for it in rows(store)} == {None}
    assert store.turns("kari") == before
    assert [given.rating for _, _, given in store.rated()] == ["down"]
    assert store.fill_in() == 0


@pytest.mark.parametrize("dump", [BEFORE, OF_0_1, BEFORE_CASES, None], ids=str)
def test_the_tables_are_what_the_code_takes_them_for(
    tmp_path: Path, dump: Path | None
) -> None:
    file = tmp_path / "conversations.db"
    if dump:
        older(file, dump)
    store = ConversationStore.in_file(file)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        all_tables = [MESSAGES.metadata, METADATA, WIDGET_FILES.metadata]
        differences = compare_metadata(context, all_tables)
    # SQLite's own, of what counts up.
    assert [it for it in differences if "sqlite_sequence" not in str(it)] == []


def test_a_database_bears_the_number_of_the_last_migration(
    store: ConversationStore,
) -> None:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD


def test_a_migration_that_was_broken_off_is_done_when_tried_again(
    tmp_path: Path,
) -> None:
    file = tmp_path / "conversations.db"
    older(file, BEFORE)
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE messages ADD COLUMN said_at FLOAT")
        connection.execute("ALTER TABLE messages ADD COLUMN kind VARCHAR(32)")
        index = "messages_by_kind ON messages (kind, said_at)"
        connection.execute(f"CREATE INDEX {index}")
        connection.commit()
    store = ConversationStore.in_file(file)
    store.fill_in()
    assert known(store) == SAID


def test_a_server_of_the_version_before_goes_on_and_its_rows_are_filled_in(
    store: ConversationStore,
) -> None:
    asyncio.run(say(store, "kari", turn("Hei", 1, "smalltalk")))
    asyncio.run(say(store, "kari", turn("Hvor mye?", 2, "answer", "grant.amount")))
    asyncio.run(say(store, "kari", turn("Sikker?", 3, "answer")))
    written = known(store)
    with store.engine.begin() as connection:
        # As it writes them.
        connection.execute(
            MESSAGES.update()
            .where(MESSAGES.c.message_id != "message-1")
            .values(dict.fromkeys(KNOWN))
        )
    assert known(store) != written
    assert store.fill_in() == 1
    assert known(store) == written


def test_a_topic_is_that_which_was_told_and_not_one_told_before(
    store: ConversationStore,
) -> None:
    asyncio.run(say(store, "kari", turn("Hvor mye?", 1, "answer", "grant.amount")))
    asyncio.run(say(store, "kari", turn("Sikker?", 2, "answer")))
    asyncio.run(say(store, "kari", turn("Hei", 3, "smalltalk")))
    assert [it.topic for it in rows(store)] == ["grant.amount", "grant.amount", None]


def test_a_message_without_a_reply_has_no_kind(store: ConversationStore) -> None:
    asyncio.run(say(store, "kari", turn("Hei", 1, "smalltalk")[:1]))
    [row] = rows(store)
    assert (row.text, row.kind, row.intent) == ("Hei", None, "ask_1")


def test_what_a_reply_took_counts_from_the_receipt_of_the_message(
    store: ConversationStore,
) -> None:
    async def answer_late() -> None:
        note_receipt()
        await asyncio.sleep(0.05)
        await say(store, "kari", turn("Hei", 1, "smalltalk"))

    began = time.perf_counter()
    asyncio.run(answer_late())
    [row] = rows(store)
    assert 0.05 <= row.took < time.perf_counter() - began


def test_text_that_no_database_takes_loses_no_message(
    store: ConversationStore,
) -> None:
    asyncio.run(say(store, "kari", turn("a\ud800b\0c", 1, "smalltalk")))
    [row] = rows(store)
    assert row.text == "a?b\ufffdc"
