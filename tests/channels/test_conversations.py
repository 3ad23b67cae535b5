"""A conversation on the web channel, from its opening to its deletion."""

import contextlib
import datetime
import sqlite3
from pathlib import Path

import pytest
from rest_client import Client, Server
from web_client import WebClient, code_of


def test_a_message_gets_the_reply_that_the_contract_promises(web: WebClient) -> None:
    turn = web.say("Hvem fikk penger?")
    reply = turn["reply"]
    assert turn["text"] == "Hvem fikk penger?"
    assert (reply["kind"], reply["language"]) == ("answer", "nb")
    assert "Aleap" in reply["text"]
    assert "recipients.list" in reply["facts"]
    assert all(source["quote"] for source in reply["sources"])
    assert datetime.datetime.fromisoformat(turn["time"]).tzinfo


def test_the_history_holds_what_was_said_in_its_order(web: WebClient) -> None:
    said = [web.say(text) for text in ("Hei", "Hvem fikk penger?", "og i Tromsø?")]
    assert "Norinnova" in said[-1]["reply"]["text"]
    assert web.turns() == said


def test_a_conversation_without_a_message_is_empty(web: WebClient) -> None:
    assert web.turns() == []


def test_a_pressed_button_shows_its_title_and_gets_its_answer(web: WebClient) -> None:
    button = web.say("Hvem fikk penger?")["reply"]["buttons"][0]
    turn = web.press(button["payload"])
    assert turn["text"] == button["title"]
    assert turn["reply"]["kind"] == "answer"
    assert web.turns()[-1] == turn


def test_the_contact_in_a_reply_is_given_as_links_too(web: WebClient) -> None:
    contact = web.call("GET", "about").json()["contact"]
    turn = web.say("Kan jeg få snakke med et menneske?")
    assert turn["reply"]["kind"] == "handover"
    assert contact in turn["reply"]["text"]
    assert turn["reply"]["links"] == [
        {"title": "regjeringen.no/nfd", "url": "https://regjeringen.no/nfd"},
        {"title": "siva.no", "url": "https://siva.no"},
    ]
    assert web.turns() == [turn]


def test_a_reply_without_a_contact_has_no_links(web: WebClient) -> None:
    assert web.say("Hvem fikk penger?")["reply"]["links"] == []


def test_a_button_that_nobody_offered_is_refused(web: WebClient) -> None:
    body = {"id": "12345678", "button": '/ask_topic{"topic": "grant.amount"}'}
    answer = web.call("POST", "conversation/messages", json=body)
    assert (answer.status_code, code_of(answer)) == (409, "unknown_button")
    assert web.turns() == []


@pytest.mark.parametrize("text", ["/restart", "/session_start", "/ask_grant_amount"])
def test_a_command_of_rasas_is_taken_for_plain_text(web: WebClient, text: str) -> None:
    web.say("Hvem fikk penger i Bergen?")
    web.say(text)
    assert len(web.turns()) == 2
    assert "Norinnova" in web.say("og i Tromsø?")["reply"]["text"]


def test_a_message_sent_again_is_not_said_twice(web: WebClient) -> None:
    first = web.send("Hvem fikk penger?", "the-same-id")
    again = web.send("Hvem fikk penger?", "the-same-id")
    assert again.json() == first.json()
    assert len(web.turns()) == 1


@pytest.mark.parametrize("text", ["???", "😀", "   ", "\ud83d"])
def test_a_message_without_words_is_shown_as_it_was_written(
    web: WebClient, text: str
) -> None:
    turn = web.say(text)
    assert turn["reply"]["intent"] == "empty"
    assert not turn["text"].startswith("/")
    assert web.turns() == [turn]


def test_a_message_of_the_greatest_length_is_read_and_a_longer_one_refused(
    web: WebClient,
) -> None:
    longest = web.call("GET", "about").json()["longest_message"]
    assert web.send("Hvem fikk penger?".ljust(longest, "?")).status_code == 200
    answer = web.send("😀" * (longest + 1))
    assert (answer.status_code, code_of(answer)) == (400, "too_long")
    assert str(longest) in answer.json()["error"]["message"]


def test_an_identity_number_is_neither_shown_nor_kept(
    web: WebClient, server: Server
) -> None:
    turn = web.say("Jeg er 01010154321. Hvem fikk penger?")
    assert "54321" not in turn["text"]
    web.rate(turn["id"], rating="down", comment="Ring 010101 54321")
    assert "54321" not in str(web.turns())
    kept = server.store.read_bytes()
    assert b"01010154321" not in kept
    assert b"010101 54321" not in kept


@pytest.mark.parametrize("between", [" ", "-", "\u00a0", "  ", " - "])
def test_an_identity_number_is_known_however_it_is_parted(
    web: WebClient, between: str
) -> None:
    assert "54321" not in web.say(f"Hei fra 010101{between}54321")["text"]


def test_a_comment_of_a_smile_alone_is_kept(web: WebClient) -> None:
    turn = web.say("Hei")
    web.rate(turn["id"], rating="up", comment=" 👍 ")
    assert web.turns()[0]["feedback"] == {"rating": "up", "comment": "👍"}


def test_feedback_is_kept_and_can_be_changed(web: WebClient) -> None:
    turn = web.say("Hvem fikk penger?")
    assert turn["feedback"] is None
    assert web.rate(turn["id"], rating="down", comment="Uklart").status_code == 204
    assert web.turns()[0]["feedback"] == {"rating": "down", "comment": "Uklart"}
    assert web.rate(turn["id"], rating="up").status_code == 204
    assert web.turns()[0]["feedback"] == {"rating": "up", "comment": ""}


@pytest.mark.parametrize(
    "feedback", [{}, {"rating": "good"}, {"rating": "up", "comment": "a" * 1001}]
)
def test_feedback_of_another_shape_is_refused(
    web: WebClient, feedback: dict[str, str]
) -> None:
    turn = web.say("Hei")
    answer = web.rate(turn["id"], **feedback)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert web.turns()[0]["feedback"] is None


def test_feedback_on_a_message_that_is_not_there_is_refused(web: WebClient) -> None:
    web.say("Hei")
    answer = web.rate("no-such-message", rating="up")
    assert (answer.status_code, code_of(answer)) == (404, "not_found")


def rows_of(store: Path, conversation: str) -> int:
    with contextlib.closing(sqlite3.connect(store)) as connection:
        return sum(
            connection.execute(
                f"SELECT count(*) FROM {table} WHERE sender_id = ?", (conversation,)
            ).fetchone()[0]
            for table in ("events", "feedback")
        )


def test_a_deleted_conversation_leaves_nothing_in_the_file(
    web: WebClient, server: Server
) -> None:
    turn = web.say("Fikk Snurrebassen Zeppelinfabrikk penger?")
    web.rate(turn["id"], rating="down", comment="Zeppelinare")
    conversation = web.token.split(".")[0]
    assert rows_of(server.store, conversation) > 3
    assert web.call("DELETE", "conversation").status_code == 204
    assert web.turns() == []
    assert rows_of(server.store, conversation) == 0
    for file in server.store.parent.glob(f"{server.store.name}*"):
        assert b"Zeppelin" not in file.read_bytes()


def test_a_deleted_conversation_remembers_nothing(web: WebClient) -> None:
    web.say("Hvem fikk penger i Bergen?")
    web.call("DELETE", "conversation")
    assert "Norinnova" not in web.say("og hva med den andre?")["reply"]["text"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "conversation"),
        ("DELETE", "conversation"),
        ("POST", "conversation/messages"),
        ("PUT", "conversation/messages/12345678/feedback"),
    ],
)
@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda _: "", id="no token"),
        pytest.param(lambda _: "web-1.2.3", id="a made-up token"),
        pytest.param(lambda token: token.split(".")[0], id="the id alone"),
        pytest.param(lambda token: token[:-1] + "~", id="another signature"),
        pytest.param(
            lambda token: token.replace("web-", "web-0", 1), id="another conversation"
        ),
    ],
)
def test_nobody_gets_into_a_conversation_without_its_token(
    web: WebClient, method: str, path: str, forge
) -> None:
    headers = {"Authorization": f"Bearer {forge(web.token)}"}
    body = {"id": "12345678", "text": "Hei", "rating": "up"}
    answer = web.call(method, path, headers=headers, json=body)
    assert (answer.status_code, code_of(answer)) == (401, "no_session")


def test_the_rest_channel_cannot_go_on_with_a_conversation_of_the_web_channel(
    web: WebClient, client: Client
) -> None:
    web.say("Hvem fikk penger i Bergen?")
    sender = web.token.split(".")[0]
    status, answer = client.post(
        f'{{"sender": "{sender}", "message": "og i Tromsø?"}}'.encode()
    )
    assert status == 400
    assert answer["error"]["code"] == "invalid_request"
    assert len(web.turns()) == 1


def test_two_conversations_know_nothing_of_each_other(server: Server) -> None:
    one, other = WebClient(server.url), WebClient(server.url)
    one.say("Hvem fikk penger i Bergen?")
    assert other.turns() == []
    assert "Norinnova" not in other.say("og hva med den andre?")["reply"]["text"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        pytest.param(b"", "body", id="nothing"),
        pytest.param(b"{", "JSON", id="broken JSON"),
        pytest.param(b"[]", "body", id="a list"),
        pytest.param(b"7", "body", id="a number"),
        pytest.param(b'{"text": "Hei"}', "id", id="no id"),
        pytest.param(b'{"id": "1", "text": "Hei"}', "id", id="too short an id"),
        pytest.param(b'{"id": "12345678"}', "text", id="no text"),
        pytest.param(b'{"id": "12345678", "text": ""}', "text", id="an empty text"),
        pytest.param(b'{"id": "12345678", "text": 7}', "text", id="a number as text"),
        pytest.param(
            b'{"id": "12345678", "text": "Hei", "sender": "web-1"}',
            "sender",
            id="a field too many",
        ),
        pytest.param(
            b'{"id": "12345678", "text": "Hei", "button": "/x"}',
            "text",
            id="both text and button",
        ),
    ],
)
def test_a_body_that_is_no_message_is_refused_with_the_field_named(
    web: WebClient, body: bytes, named: str
) -> None:
    answer = web.call("POST", "conversation/messages", data=body)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    assert named in answer.json()["error"]["message"]


def test_a_body_that_is_far_too_large_is_refused(web: WebClient) -> None:
    answer = web.call("POST", "conversation/messages", data=b"a" * 1_000_000)
    assert (answer.status_code, code_of(answer)) == (413, "too_large")
    assert web.say("Hei")["reply"]["kind"] == "smalltalk"
