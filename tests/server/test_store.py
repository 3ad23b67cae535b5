"""The store of conversations, by itself: what it gives back, and what it forgets."""

import asyncio
import time
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.store import ConversationStore, Feedback

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


def say(store: ConversationStore, conversation: str, days_ago: float = 0) -> None:
    moment = time.time() - days_ago * DAY
    events = [
        UserUttered("Hei", message_id="message-1", timestamp=moment),
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
    assert store.forget_older_than(30) == 1
    assert not store.holds("old")
    assert store.turns("old") == ()
    assert [store.holds(name) for name in ("young", "new")] == [True, True]
    assert {conversation for conversation, _, _ in store.rated()} == {"young", "new"}


def test_a_conversation_that_goes_on_is_kept_whole(store: ConversationStore) -> None:
    say(store, "kari", 40)
    say(store, "kari", 1)
    assert store.forget_older_than(30) == 0


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
