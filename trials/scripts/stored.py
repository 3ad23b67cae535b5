"""Reads a conversation from where the server keeps them."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.intents import EMPTY, TOO_LONG
from bot.settings import Settings
from trials.errors import TrialError
from trials.reply import Reply
from trials.scripts.writing import Said

# A message without a word in it.
_WORDLESS = "?"
_DOWN = "down"
_EVENTS = "SELECT data FROM events WHERE sender_id = ? ORDER BY id"
_HAS_FEEDBACK = "SELECT 1 FROM sqlite_master WHERE name = 'feedback'"
_RATED = "SELECT message_id FROM feedback WHERE sender_id = ? AND rating = ?"


def read_stored(settings: Settings, conversation: str) -> list[Said]:
    """Return what was said in a conversation, oldest first.

    A button is the message that its payload is. Messages that were too long to read
    are left out: the store does not keep them.

    Args:
        settings: Name the SQLite file, or the database.
        conversation: The conversation's id: the sender's.

    Raises:
        TrialError: The file or the conversation is not there.
        StoreError: The database cannot be reached.
    """
    if settings.database:
        from bot.store import ConversationStore

        place, setting = "the database", "HELSE_DATABASE"
        store = ConversationStore.in_database(settings.database)
        events = store.events(conversation)
        wrong = {
            turn.id
            for turn in store.turns(conversation)
            if turn.feedback and turn.feedback.rating == _DOWN
        }
    else:
        place, setting = str(settings.store), "HELSE_STORE"
        events, wrong = _in_file(settings.store, conversation)
    if not events:
        raise TrialError(
            f"{place} holds no conversation '{conversation}': correct the id, or the "
            f"setting {setting}"
        )
    return list(_said(events, wrong))


def _in_file(store: Path, conversation: str) -> tuple[list[dict[str, Any]], set[str]]:
    """Return the events of a conversation, and the messages with a thumb down."""
    if not store.exists():
        raise TrialError(f"there is no {store}; correct the setting HELSE_STORE")
    try:
        # Opened for reading only: a server may be writing to it.
        address = f"{store.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(_EVENTS, (conversation,))
            events = [json.loads(data) for (data,) in rows]
            # Stores of the first versions keep no feedback.
            if not connection.execute(_HAS_FEEDBACK).fetchone():
                return events, set()
            rated = connection.execute(_RATED, (conversation, _DOWN))
            return events, {message for (message,) in rated}
    except sqlite3.Error as error:
        raise TrialError(f"{store} cannot be read as a store ({error})") from error


def _said(events: Iterable[Mapping[str, Any]], wrong: set[str]) -> Iterator[Said]:
    message, parts = None, list[Mapping[str, Any]]()
    for event in events:
        if event["event"] == "user":
            yield from _turn(message, parts, wrong)
            message, parts = event, []
        elif event["event"] == "bot":
            data = event.get("data") or {}
            parts.append({"text": event.get("text"), "custom": data.get("custom")})
    yield from _turn(message, parts, wrong)


def _turn(
    event: Mapping[str, Any] | None, parts: list[Mapping[str, Any]], wrong: set[str]
) -> Iterator[Said]:
    reply = Reply(parts)
    text = (event or {}).get("text") or ""
    if event is None or not text or text == f"/{TOO_LONG}" or not reply.payload:
        return
    is_wrong = event.get("message_id") in wrong
    if text == f"/{EMPTY}":
        yield Said(_WORDLESS, reply, is_wrong=is_wrong)
        return
    title = (event.get("metadata") or {}).get("said", "") if text[0] == "/" else ""
    yield Said(text, reply, title, is_wrong)
