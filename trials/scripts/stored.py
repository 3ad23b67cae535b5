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


def read_stored(settings: Settings, conversation: str) -> list[Said]:
    """Return what was said in a conversation, oldest first.

    Messages that were too long to read are left out: the store does not keep them.

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
        events = ConversationStore.in_database(settings.database).events(conversation)
    else:
        place, setting = str(settings.store), "HELSE_STORE"
        events = _events(settings.store, conversation)
    if not events:
        raise TrialError(
            f"{place} holds no conversation '{conversation}': correct the id, or the "
            f"setting {setting}"
        )
    return list(_said(events))


def _events(store: Path, conversation: str) -> list[dict[str, Any]]:
    if not store.exists():
        raise TrialError(f"there is no {store}; correct the setting HELSE_STORE")
    query = "SELECT data FROM events WHERE sender_id = ? ORDER BY id"
    try:
        # Opened for reading only: a server may be writing to it.
        address = f"{store.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(query, (conversation,))
            return [json.loads(data) for (data,) in rows]
    except sqlite3.Error as error:
        raise TrialError(f"{store} cannot be read as a store ({error})") from error


def _said(events: Iterable[Mapping[str, Any]]) -> Iterator[Said]:
    message, parts = "", list[Mapping[str, Any]]()
    for event in events:
        if event["event"] == "user":
            yield from _turn(message, parts)
            message, parts = event.get("text") or "", []
        elif event["event"] == "bot":
            data = event.get("data") or {}
            parts.append({"text": event.get("text"), "custom": data.get("custom")})
    yield from _turn(message, parts)


def _turn(message: str, parts: list[Mapping[str, Any]]) -> Iterator[Said]:
    reply = Reply(parts)
    if message and message != f"/{TOO_LONG}" and reply.payload:
        yield (_WORDLESS if message == f"/{EMPTY}" else message), reply
