"""Whatever is sent gets a clear reply or a clear error, and the server stays up."""

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from rest_client import Client, Server

TRACES = ("Traceback", "Error:", "Exception", "NoneType", 'File "')


@pytest.fixture(autouse=True)
def _the_server_is_unharmed(server: Server) -> Iterator[None]:
    yield
    reply = server.client.ask("Hvem fikk penger?")
    assert reply.kind == "answer"
    assert "recipients.list" in reply.facts
    assert "Traceback" not in server.output()


def assert_says_something_clear(text: str) -> None:
    assert text.strip()
    assert not [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \t\n\u00a0\u2003", id="whitespace"),
        pytest.param("\x00\x07\x1b\x7f", id="control characters"),
        pytest.param("\u200b\u200d\ufeff", id="characters without width"),
        pytest.param("😀🎉👍🏽", id="emoji"),
        pytest.param("?!... --- ///", id="punctuation"),
    ],
)
def test_a_message_without_a_word_is_asked_for_words(client: Client, text: str) -> None:
    reply = client.ask(text)
    assert_says_something_clear(reply.text)
    assert (reply.kind, reply.facts) == ("smalltalk", [])
    assert reply.payload["intent"] == "empty"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 10_000, id="one word"),
        pytest.param("Hvem fikk penger? " * 556, id="many questions"),
        pytest.param("\x00" * 10_000, id="control characters"),
        pytest.param("😀" * 10_000, id="emoji"),
    ],
)
def test_a_message_of_ten_thousand_characters_is_said_to_be_too_long(
    client: Client, text: str
) -> None:
    reply = client.ask(text)
    assert_says_something_clear(reply.text)
    assert reply.kind == "out_of_scope"
    assert reply.payload["intent"] == "too_long"


def test_a_message_just_short_enough_is_read(client: Client) -> None:
    question = "Hvem fikk penger?"
    assert client.ask(question.rjust(1000)).kind == "answer"


def test_control_characters_inside_a_question_do_no_harm(client: Client) -> None:
    reply = client.ask("Hvem\x00 fikk\x1b penger\x07?")
    assert "recipients.list" in reply.facts


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        "/back",
        "/unknown_intent",
        "/ask_grant_amount",
        '/ask_topic{"topic": "no.such.topic"}',
        '/ask_topic{"topic": 1}',
        "/ask_topic{",
        "/ask_topic",
        "/empty",
        "//restart",
    ],
)
def test_a_command_of_rasas_is_taken_for_plain_text(client: Client, text: str) -> None:
    sender = uuid.uuid4().hex
    client.say(sender, "Hvem fikk penger i Bergen?")
    reply = client.say(sender, text)
    assert_says_something_clear(reply.text)
    assert len(reply.payloads) == 1
    # The conversation is neither wiped nor wound back.
    assert "Norinnova" in client.say(sender, "og i Tromsø?").text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('hei')</script>",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE events; --",
        "{{ 7 * 7 }} ${7*7} %s %(name)s {0} {names}",
        "../../../../etc/passwd",
    ],
)
def test_code_in_a_message_is_neither_run_nor_sent_back(
    client: Client, text: str
) -> None:
    reply = client.ask(text)
    assert_says_something_clear(reply.text)
    assert text not in reply.text
    assert "<" not in reply.text
    assert reply.kind != "answer"


def test_a_tag_beside_a_question_is_not_sent_back(client: Client) -> None:
    reply = client.ask("Fikk <b onclick=alert(1)>Snekkerbua</b> i Bodø penger?")
    assert_says_something_clear(reply.text)
    assert "<" not in reply.text


@pytest.mark.parametrize(
    ("body", "named"),
    [
        pytest.param(b"", "JSON", id="nothing"),
        pytest.param(b"{", "JSON", id="broken JSON"),
        pytest.param(b'{"sender": "a", "message": "hei"', "JSON", id="cut-off JSON"),
        pytest.param(b"\xff\xfe\x00", "JSON", id="bytes that are no text"),
        pytest.param(b"[" * 100_000, "JSON", id="JSON that is nested too deep"),
        pytest.param(b"[]", "object", id="a list"),
        pytest.param(b"null", "object", id="null"),
        pytest.param(b'"hei"', "object", id="a text"),
        pytest.param(b"1", "object", id="a number"),
        pytest.param(b'{"sender": "a"}', "message", id="no message"),
        pytest.param(b'{"sender": "a", "text": "hei"}', "message", id="another field"),
        pytest.param(
            b'{"sender": "a", "message": null}', "message", id="a message that is null"
        ),
        pytest.param(
            b'{"sender": "a", "message": 7}', "message", id="a message that is a number"
        ),
        pytest.param(
            b'{"sender": "a", "message": ["hei"]}',
            "message",
            id="a message that is a list",
        ),
        pytest.param(b'{"message": "hei"}', "sender", id="no sender"),
        pytest.param(
            b'{"sender": " ", "message": "hei"}', "sender", id="an empty sender"
        ),
        pytest.param(
            b'{"sender": 7, "message": "hei"}', "sender", id="a sender that is a number"
        ),
        pytest.param(
            json.dumps({"sender": "a" * 256, "message": "hei"}).encode(),
            "sender",
            id="a sender too long to store",
        ),
        pytest.param(
            b'{"sender": "\\ud800a", "message": "hei"}',
            "sender",
            id="a sender of half a letter",
        ),
    ],
)
def test_a_request_that_is_no_message_gets_an_error_that_says_why(
    client: Client, body: bytes, named: str
) -> None:
    status, answer = client.post(body)
    assert status == 400
    assert set(answer) == {"error"}
    assert answer["error"]["code"] == "invalid_request"
    assert named in answer["error"]["message"]
    assert_says_something_clear(answer["error"]["message"])


@pytest.mark.parametrize(
    "sender",
    ["kari (at) home", "Kåre Ås", "a/b?c=d&e", "' OR 1=1 --", "😀", "a" * 255],
)
def test_any_sender_that_can_be_stored_is_kept(client: Client, sender: str) -> None:
    reply = client.say(sender, "Hvem fikk penger?")
    assert {message["recipient_id"] for message in reply.messages} == {sender}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hvem fikk penger? \ud83d", id="half an emoji"),
        pytest.param("H̵̡̛v̷̢̛e̶m̸ fikk penger?", id="letters piled high"),
        pytest.param("‮Hvem fikk penger?", id="text turned round"),
        pytest.param("Кто получил деньги?", id="Russian"),
        pytest.param("谁得到了钱?", id="Chinese"),
        pytest.param("123456789 000", id="figures"),
    ],
)
def test_odd_letters_get_a_reply(client: Client, text: str) -> None:
    reply = client.ask(text)
    assert_says_something_clear(reply.text)
    assert len(reply.payloads) == 1


def test_who_asks_for_a_stream_gets_the_whole_reply_once_it_is_stored(
    client: Client,
) -> None:
    url = f"{client.url}/webhooks/rest/webhook?stream=true"
    body = {"sender": uuid.uuid4().hex, "message": "Hvem fikk penger?"}
    messages = requests.post(url, json=body, timeout=60).json()
    assert [m["custom"]["kind"] for m in messages if "custom" in m] == ["answer"]


def test_an_extra_field_does_no_harm(client: Client) -> None:
    body: dict[str, Any] = {"sender": "a", "message": "Hvem fikk penger?"}
    body |= {"metadata": {"page": 1}, "unknown": [None]}
    status, messages = client.post(json.dumps(body).encode())
    assert status == 200
    assert [m["custom"]["kind"] for m in messages if "custom" in m] == ["answer"]


def test_quick_messages_of_one_conversation_each_get_one_reply(client: Client) -> None:
    sender = uuid.uuid4().hex
    texts = ["Hei", "Hvem fikk penger?", "Hvor mye?", "", "Takk", "asdf qwer"] * 2
    with ThreadPoolExecutor(len(texts)) as threads:
        replies = list(threads.map(lambda text: client.say(sender, text), texts))
    assert [len(reply.payloads) for reply in replies] == [1] * len(texts)
    assert all(reply.text for reply in replies)


def test_quick_messages_of_several_conversations_are_not_mixed_up(
    client: Client,
) -> None:
    cities = ["Oslo", "Stavanger", "Bergen", "Tromsø"] * 2
    senders = [uuid.uuid4().hex for _ in cities]

    def follow_up(sender: str, city: str) -> Any:
        client.say(sender, "Hvem fikk penger?")
        return client.say(sender, f"og i {city}?")

    with ThreadPoolExecutor(len(cities)) as threads:
        replies = list(threads.map(follow_up, senders, cities))
    for sender, city, reply in zip(senders, cities, replies, strict=True):
        assert {message["recipient_id"] for message in reply.messages} == {sender}
        assert city in reply.text


@pytest.mark.parametrize("number", ["01010112345", "010101 12345", "010101-12345"])
def test_an_identity_number_is_neither_said_back_nor_stored(
    client: Client, server: Server, number: str
) -> None:
    alone = client.ask(number)
    beside = client.ask(f"Jeg heter Kari, {number}. Hvem fikk penger?")
    assert alone.kind == "out_of_scope"
    assert beside.kind == "answer"
    for reply in (alone, beside):
        assert "fødselsnummer" in reply.text
        assert "12345" not in reply.text
    with contextlib.closing(sqlite3.connect(server.store)) as store:
        events = " ".join(str(row) for row in store.execute("select * from events"))
    assert alone.sender in events
    assert number not in events


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("010101 personnummer 12345", "fødselsnummer"),
        ("０１０１０１ １２３４５", "fødselsnummer"),
        ("tlf 412 34 567", "telefonnummer"),
        ("ola.nordmann@example.no", "e-postadresse"),
        ("1234.56.78903", "kontonummer"),
        ("4111 1111 1111 1111", "kortnummer"),
        ("passnr CCC123456", "passnummer"),
    ],
)
def test_what_is_personal_is_neither_said_back_nor_stored(
    client: Client, server: Server, written: str, told: str
) -> None:
    alone = client.ask(written)
    beside = client.ask(f"Hvem fikk penger? Hilsen Kari, {written}")
    assert (alone.kind, beside.kind) == ("out_of_scope", "answer")
    with contextlib.closing(sqlite3.connect(server.store)) as store:
        events = " ".join(str(row) for row in store.execute("select * from events"))
    number = written.split()[-1]
    for text in (alone.text, beside.text):
        assert told in text
        assert number not in text
    assert written not in events


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://[::1", "own"]
)
def test_a_page_of_another_site_cannot_write_to_the_channel(
    client: Client, origin: str
) -> None:
    url = f"{client.url}/webhooks/rest/webhook"
    body = {"sender": "a page's", "message": "Hei!"}
    # The name of the page's own server may have been made to point to this machine.
    headers = {"Origin": client.url if origin == "own" else origin}
    answer = requests.post(url, json=body, headers=headers, timeout=60)
    assert answer.status_code == 400, answer.text
