"""What people send becomes a message: text, unless it is the payload of a button."""

import pytest
from rasa.core.channels.channel import UserMessage

from bot.engine import Intake, TakenIn

INTAKE = Intake({"grant.amount"}, longest=100)
COMMANDS = ["/restart", "/session_start", "/back", '/ask_person{"unknown_name": "Per"}']
BEFORE_THEM = [
    "",
    " ",
    "/",
    "/ ",
    " / /",
    "\0",
    "\u200b",
    "\u200b/\n",
    "\ufeff",
    "\x1f/",
]
BUTTON = '/ask_topic{"topic": "grant.amount"}'


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("before", BEFORE_THEM)
@pytest.mark.parametrize(
    "take", [INTAKE.text, lambda it: INTAKE.taken_in(UserMessage(it))]
)
def test_nothing_before_a_command_makes_it_one(take, before: str, command: str) -> None:  # type: ignore[no-untyped-def]
    taken = take(before + command)
    assert taken.text == command[1:]
    assert taken.parse_data is None


def test_a_button_that_exists_is_pressed_by_exactly_its_payload() -> None:
    taken = INTAKE.taken_in(UserMessage(BUTTON))
    assert taken.parse_data
    assert taken.parse_data["intent"]["name"] == "ask_topic"
    assert taken.parse_data["entities"] == [
        {"entity": "topic", "value": "grant.amount"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        '/ask_topic{"topic": "no.such"}',
        '/ask_topic{"topic": ["grant.amount"]}',
        '/ask_topic{"topic": {"grant.amount": 1}}',
        '/ask_topic{"topic": "grant.amount", "name": "siva"}',
        '/ask_topic@0.5{"topic": "grant.amount"}',
        "/ask_topic{",
        "/ask_topic[]",
        "/ask_topicnull",
        "/ask_topic",
        "/empty",
        "/too_long",
    ],
)
def test_what_is_no_button_is_text(text: str) -> None:
    assert INTAKE.pressed(text) is None
    taken = INTAKE.taken_in(UserMessage(text))
    assert taken.parse_data is None
    assert not (taken.text or "").startswith("/")


def test_a_text_never_becomes_a_button_where_buttons_have_a_way_of_their_own() -> None:
    assert INTAKE.text(BUTTON).parse_data is None


def test_what_is_taken_in_once_stays_as_it_is() -> None:
    taken = INTAKE.pressed(BUTTON, "Hvor mye?")
    assert isinstance(taken, TakenIn)
    assert INTAKE.taken_in(taken) is taken


def test_of_a_message_that_is_too_long_nothing_is_kept() -> None:
    taken = INTAKE.text("a" * 101)
    assert taken.text == "/too_long"
    assert taken.metadata == {}
    assert taken.parse_data
    assert taken.parse_data["intent"]["name"] == "too_long"


@pytest.mark.parametrize("text", ["", "  ", "?!", "👍", "\0", "///", "\u200b"])
def test_a_message_without_a_word_is_an_intent_of_its_own(text: str) -> None:
    taken = INTAKE.text(text)
    assert taken.parse_data
    assert taken.parse_data["intent"]["name"] == "empty"


def test_half_of_a_letter_is_never_kept() -> None:
    taken = INTAKE.text("Hei \ud800 du \udfff")
    assert taken.text == "Hei \ufffd du \ufffd"
    alone = INTAKE.text("\ud800")
    assert alone.metadata == {"said": "\ufffd"}
