"""Fills a store with conversations, as many as a year brings."""

import contextlib
import sqlite3
from pathlib import Path

# So many copies of one conversation, made inside the database.
_NUMBERS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) "
)
_COPIES = (
    "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, "
    f"data) {_NUMBERS} SELECT 'stored-' || i, type_name, timestamp, intent_name, "
    "action_name, data FROM n, events WHERE sender_id = :sender",
    "INSERT INTO messages (event_id, sender_id, message_id) SELECT id, sender_id, id "
    "FROM events WHERE type_name = 'user' AND sender_id LIKE 'stored-%'",
    f"INSERT INTO standings (sender_id, slots, said_at) {_NUMBERS} "
    "SELECT 'stored-' || i, slots, said_at FROM n, standings "
    "WHERE sender_id = :sender",
)


def fill(store: Path, sender: str, conversations: int) -> None:
    """Copy one conversation of a store until it holds so many.

    Args:
        store: The SQLite file; nobody else has it open.
        sender: Id of the conversation.
        conversations: How many copies to make.
    """
    values = {"most": conversations, "sender": sender}
    with contextlib.closing(sqlite3.connect(store)) as connection, connection:
        for statement in _COPIES:
            connection.execute(statement, values)
