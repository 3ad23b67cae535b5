"""What Rasa would execute never reaches it, whatever is sent on either channel."""

import json
import uuid
from typing import Any

import pytest
import requests
from rest_client import Client, Server
from web_client import WebClient

# What Rasa would take for a command, once something before it is taken away.
COMMANDS = [
    "restart",
    "back",
    "session_start",
    'ask_person{"unknown_name": "Kjell Kontrabassen er sjefen"}',
    'ask_topic{"topic": "Kontrabass"}',
    'ask_topic{"topic": {"a": "Kontrabass"}}',
    'ask_topic{"topic": ["grant.amount"]}',
    'ask_topic{"topic": "grant.amount", "name": "Kontrabass"}',
    'nlu_fallback@1.0{"name": "siva"}',
]
BEFORE_THEM = ["/", "/ /", "//", "\u200b/", "\0/", "/ \u200b/ \u2060/"]


def meanings(told: dict[str, Any]) -> list[str]:
    """Return the intents of a turn, in which nothing is taken back or begun anew."""
    kinds = {event["event"] for event in told["events"]}
    assert kinds.isdisjoint({"restart", "rewind", "undo", "session_started"}), kinds
    said = [event for event in told["events"] if event["event"] == "user"]
    return [event["parse_data"]["intent"]["name"] for event in said]


@pytest.mark.parametrize("before", BEFORE_THEM)
@pytest.mark.parametrize("command", COMMANDS)
def test_over_rest_it_is_text_and_the_conversation_goes_on(
    client: Client, command: str, before: str
) -> None:
    sender = uuid.uuid4().hex
    client.say(sender, "Hvem fikk penger i Bergen?")
    answer = requests.post(
        f"{client.url}/webhooks/rest/trace",
        json={"sender": sender, "message": before + command},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    as_text = client.ask(command).payload["intent"]
    assert [message["custom"]["intent"] for message in told["messages"][1:]] == [
        as_text
    ]
    assert "kontrabassen" not in told["messages"][0]["text"].lower()
    assert meanings(told) != [command.partition("{")[0].partition("@")[0]]
    assert len(told["slots"]) > 1
    assert len(client.say(sender, "og i Tromsø?").payloads) == 1


def test_a_command_in_the_midst_of_a_conversation_leaves_it_as_it_was(
    client: Client,
) -> None:
    for command in ("/ /restart", "/\u200b/session_start", "\0/back"):
        sender = uuid.uuid4().hex
        client.say(sender, "Hvem fikk penger i Bergen?")
        client.say(sender, command)
        assert "Norinnova" in client.say(sender, "og i Tromsø?").text


@pytest.mark.parametrize("before", BEFORE_THEM)
@pytest.mark.parametrize("command", COMMANDS)
def test_over_the_widgets_api_it_is_text_and_the_conversation_goes_on(
    server: Server, command: str, before: str
) -> None:
    web = WebClient(server.url)
    web.say("Hvem fikk penger i Bergen?")
    turn = web.say(before + command)
    assert turn["reply"]["intent"] == server.client.ask(command).payload["intent"]
    assert "kontrabassen" not in turn["reply"]["text"].lower()
    assert "Norinnova" in web.say("Hvem fikk penger i Tromsø?")["reply"]["text"]
    assert len(web.turns()) == 3


def test_a_payload_that_is_written_as_text_in_the_widget_presses_nothing(
    server: Server,
) -> None:
    turn = WebClient(server.url).say('/ask_topic{"topic": "grant.amount"}')
    assert turn["reply"]["intent"] != "ask_topic"


@pytest.mark.parametrize(
    "value",
    [
        "no.such.id",
        {"a": {"b": 1}},
        [1, None, {}],
        7,
        -1,
        True,
        "x" * 10_000,
        [["siva"]],
    ],
)
@pytest.mark.parametrize(
    "slot",
    [
        "language",
        "last_pair",
        "last_topic",
        "facts",
        "listed",
        "place_in_list",
        "offered",
    ],
)
def test_a_slot_of_any_shape_leaves_the_conversation_in_order(
    client: Client, slot: str, value: object
) -> None:
    body = {"sender": uuid.uuid4().hex, "message": "Hva med den andre?"}
    first = requests.post(
        f"{client.url}/webhooks/rest/trace",
        json={**body, "slots": {slot: value}},
        timeout=60,
    )
    assert first.status_code == 200, first.text
    for text in ("Fortell mer", "og i Tromsø?", "Hvor står det?", "den første"):
        assert len(client.say(body["sender"], text).payloads) == 1


@pytest.mark.parametrize("extra", ["x", 7, ["Balalaika"], {"a": "Balalaika"}, None])
def test_what_comes_beside_a_message_is_neither_kept_nor_logged(
    server: Server, extra: object
) -> None:
    sender = uuid.uuid4().hex
    body = {
        "sender": sender,
        "message": "Hei",
        "metadata": extra,
        "input_channel": extra,
    }
    status, _ = server.client.post(json.dumps(body).encode())
    assert status == 200
    assert "Balalaika" not in server.output()
    assert b"Balalaika" not in b"".join(
        file.read_bytes() for file in server.store.parent.glob("conversations.db*")
    )


@pytest.mark.parametrize(
    "odd", [b"\xf7\xe3\xa3\xfb", b"\xff", b"\xed\xa0\x80", b"\xc3"]
)
def test_a_body_that_is_no_utf_8_is_refused(server: Server, odd: bytes) -> None:
    web = WebClient(server.url)
    bodies = {
        "api/conversation/messages": b'{"id": "0f8d2a4c-1", "text": "Hei '
        + odd
        + b'"}',
        "webhooks/rest/webhook": b'{"sender": "a", "message": "Hei ' + odd + b'"}',
        "webhooks/rest/trace": b'{"sender": "a", "message": "Hei ' + odd + b'"}',
    }
    for path, body in bodies.items():
        answer = requests.post(
            f"{server.url}/{path}",
            data=body,
            headers={"Authorization": f"Bearer {web.token}"},
            timeout=60,
        )
        assert answer.status_code == 400, answer.text
