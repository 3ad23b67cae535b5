"""Conversations outlive the server that holds them."""

import contextlib
import json
import signal
import sqlite3
from pathlib import Path

import pytest
from rest_client import Server


def messages_of(store: Path, sender: str) -> list[str]:
    """Return what a sender has said, as the store holds it."""
    with contextlib.closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(
            "SELECT data FROM events WHERE sender_id = ? AND type_name = 'user' "
            "ORDER BY id",
            (sender,),
        ).fetchall()
    return [json.loads(data)["text"] for (data,) in rows]


@pytest.mark.usefixtures("model")
def test_conversations_go_on_where_they_were_after_the_server_was_killed(
    tmp_path: Path,
) -> None:
    store = tmp_path / "not" / "made yet" / "conversations.db"
    first = Server(tmp_path, store)
    try:
        first.client.say("kari", "Hvem fikk penger i Bergen?")
        first.client.say("ola", "Hva sier direktøren i Siva?")
    finally:
        first.stop(signal.SIGKILL)

    second = Server(tmp_path, store)
    try:
        tromso = second.client.say("kari", "og i Tromsø?")
        english = second.client.say("ola", "og på engelsk?")
        stranger = second.client.say("per", "og på engelsk?")
    finally:
        second.stop()

    assert tromso.kind == "answer"
    assert "Norinnova" in tromso.text
    assert english.payload["language"] == "en"
    assert "director.belief" in english.facts
    assert stranger.facts == []
    assert messages_of(store, "kari") == ["Hvem fikk penger i Bergen?", "og i Tromsø?"]
    assert messages_of(store, "ola") == [
        "Hva sier direktøren i Siva?",
        "og på engelsk?",
    ]
