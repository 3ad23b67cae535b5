"""What is handed out: feedback that a spreadsheet shows, a copy of a conversation."""

import csv
import io
import json
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.exporting import copy_of, require, write_feedback
from bot.store import ConversationStore, Feedback

PAYLOAD = {"kind": "answer", "intent": "greet"}


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore.in_file(tmp_path / "conversations.db")


def write(store: ConversationStore, text: str, comment: str) -> None:
    """Write a turn and its feedback as a server has, this one's or an older one's."""
    user = {"event": "user", "text": text, "message_id": "m", "metadata": {}}
    bot = {"event": "bot", "text": "Svar", "data": {"custom": PAYLOAD}}
    with store.engine.begin() as connection:
        for event in (user, bot):
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, timestamp, data) "
                "VALUES ('kari', ?, 1, ?)",
                (event["event"], json.dumps({**event, "timestamp": 1})),
            )
    store.rate("kari", "m", Feedback("down", comment))


def exported(store: ConversationStore) -> dict[str, str]:
    file = io.StringIO()
    write_feedback(store, file)
    written = file.getvalue()
    written.encode("utf-8")
    assert written[0] == "\ufeff"
    [row] = csv.DictReader(io.StringIO(written[1:]))
    return row


@pytest.mark.parametrize("comment", ["=1+1", "+47", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_comment_is_a_formula(store: ConversationStore, comment: str) -> None:
    write(store, "Hei", comment)
    assert exported(store)["comment"] == f"'{comment}"


def test_words_stay_as_they_are(store: ConversationStore) -> None:
    write(store, "Hvor mye?", "Uklart, så jeg ga opp = 0")
    row = exported(store)
    assert (row["message"], row["comment"]) == (
        "Hvor mye?",
        "Uklart, så jeg ga opp = 0",
    )


def test_half_a_letter_in_the_store_does_not_end_the_export(
    store: ConversationStore,
) -> None:
    write(store, "Hei \ud800", "Fint")
    assert exported(store)["message"] == "Hei ?"


def test_a_copy_holds_all_that_is_kept_of_a_conversation(
    store: ConversationStore,
) -> None:
    write(store, "Hei", "Fint")
    copy = copy_of(store, "kari")
    [turn] = copy["turns"]
    assert (turn["text"], turn["feedback"]["comment"]) == ("Hei", "Fint")
    assert len(copy["events"]) == 2
    assert copy["slots"] == {}
    store.forget("kari")
    with pytest.raises(StoreError, match="holds no conversation 'kari'"):
        require(store, "kari")
