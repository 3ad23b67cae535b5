"""The store of conversations, by itself: what it gives back, and what it forgets."""

import asyncio
import time
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.web import WebChannel
from bot.settings import Settings
from bot.store import ConversationStore
from bot.turns import Feedback

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


def say(store: ConversationStore, conversation: str, days_ago: float = 0) -> None:
    moment = time.time() - days_ago * DAY
    events = [
        UserUttered("Hei", message_id="message-1", timestamp=moment),
        BotUttered("Hallo", {"buttons": []}, timestamp=moment),
        BotUttered(None, {"custom": PAYLOAD}, timestamp=moment),
    ]
    asyncio.run(add(store, conversation, events))


def clear(store: ConversationStore, folder: Path) -> None:
    settings = Settings(store=folder / "conversations.db", kept_days=30)
    asyncio.run(WebChannel(settings, store, contact="").clear())


def test_what_is_older_than_the_days_is_forgotten_with_its_feedback(
    store: ConversationStore, tmp_path: Path
) -> None:
    for conversation, age in (("old", 31), ("young", 29), ("new", 0)):
        say(store, conversation, age)
        store.rate(conversation, "message-1", Feedback("up", "Fint"))
    clear(store, tmp_path)
    assert not store.holds("old")
    assert store.turns("old") == ()
    assert [store.holds(name) for name in ("young", "new")] == [True, True]
    assert {conversation for conversation, _, _ in store.rated()} == {"young", "new"}


def test_a_conversation_that_goes_on_is_kept_whole(
    store: ConversationStore, tmp_path: Path
) -> None:
    say(store, "kari", 40)
    say(store, "kari", 1)
    clear(store, tmp_path)
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
    assert store.is_readable()
    store.engine.dispose()
    (tmp_path / "conversations.db").write_bytes(b"no database " * 100)
    assert not store.is_readable()


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
