"""A store that an older version wrote is gone on with, as it stands."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from rest_client import Server
from web_client import WebClient

OLDER = Path(__file__).parent / "older_stores"
DUMP = OLDER / "of_version_0_1.sql"
# The same conversation, as the version before the cases kept it.
BEFORE_CASES = OLDER / "of_version_0_3.sql"
CONVERSATION = "web-1c116d1bea3cc9880dbff7c05b27a8a3"
SECRET = "0123456789abcdef"
SAID = ["Hei!", "Hva er en næringshage?", "og inkubatorene?"]
# Those that were added to Rasa's one table, the latest first.
ADDED = ("standings", "messages", "feedback")


def write_store(file: Path, without: tuple[str, ...], dump: Path = DUMP) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump.read_text("utf-8"))
        for table in without:
            connection.execute(f"DROP TABLE {table}")
        connection.commit()


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    "without", [ADDED[:count] for count in range(len(ADDED) + 1)], ids=str
)
def test_a_conversation_of_an_older_store_goes_on(
    tmp_path: Path, without: tuple[str, ...]
) -> None:
    store = tmp_path / "conversations.db"
    write_store(store, without)
    # The conversation is some time ago.
    server = Server(tmp_path, store, HELSE_SECRET=SECRET, HELSE_KEPT_DAYS="3650")
    try:
        token = TimestampSigner(SECRET, salt="conversation").sign(CONVERSATION)
        client = WebClient(server.url, token.decode())
        kept = client.turns()
        assert [turn["text"] for turn in kept] == SAID
        if "feedback" not in without:
            assert kept[0]["feedback"] == {"rating": "up", "comment": "Bra"}
        again = client.send(SAID[1], message=kept[1]["id"]).json()
        assert again == kept[1]
        more = client.say("og hagene?")
        assert (more["reply"]["kind"], more["reply"]["language"]) == ("answer", "nb")
        client.rate(more["id"], rating="down")
        assert [turn["text"] for turn in client.turns()] == [*SAID, "og hagene?"]
    finally:
        server.stop()


@pytest.mark.usefixtures("model")
def test_a_store_from_before_there_were_cases_takes_them(tmp_path: Path) -> None:
    store = tmp_path / "conversations.db"
    write_store(store, (), BEFORE_CASES)
    server = Server(
        tmp_path,
        store,
        HELSE_SECRET=SECRET,
        HELSE_KEPT_DAYS="3650",
        HELSE_CASES="on",
    )
    try:
        token = TimestampSigner(SECRET, salt="conversation").sign(CONVERSATION)
        client = WebClient(server.url, token.decode())
        assert [turn["text"] for turn in client.turns()] == SAID
        told = client.call("GET", "conversation/case").json()
        assert (told["case"], told["lines"]) == (None, [])
        left = {"text": "Ring meg", "reach": "22 24 90 90", "share": True}
        answer = client.call(
            "POST",
            "conversation/case/message",
            json={"id": "message-left", "language": "nb", **left},
        )
        assert answer.json()["case"]["state"] == "message"
        assert client.say("og hagene?")["reply"]["kind"] == "answer"
    finally:
        server.stop()
