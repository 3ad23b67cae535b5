"""The words of each button, typed, get what the button gets: the whole way."""

import logging
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot.answering import Context
from bot.answering.wording import Wording
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.store import ConversationStore
from bot.store.tables import MESSAGES
from bot.training import model_file
from trials.reply import Reply
from trials.trying.assistant import LocalAssistant

SOMETHING_ELSE = "/something_else"
# What was said before: small talk and, to end with, an answer of which no button asks.
BEFORE: Mapping[Language, tuple[str, ...]] = {
    "nb": ("Hei!", "Hvem fikk penger?", "Hva heter kunngjøringen?"),
    "nn": ("Hei!", "Kven fekk pengar?", "Kva heiter kunngjeringa?"),
    "en": ("Hello!", "Who got the money?", "What is the announcement called?"),
}
Said = tuple[Any, ...]


def buttons(language: Language) -> Iterator[tuple[str, str]]:
    """Yield the words and the payload of every button in a language."""
    base = load_knowledge()
    words = Wording(base, language)
    for topic in (*base.topics, *base.gaps):
        label = words.ask(topic)
        if label:
            yield label, f'/ask_topic{{"topic": "{topic}"}}'
    yield words.talk("other").text, SOMETHING_ELSE


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of what is said here."""
    return tmp_path_factory.mktemp("typed") / "conversations.db"


@pytest.fixture(scope="module")
def assistant(model: None, file: Path) -> Iterator[LocalAssistant]:  # noqa: ARG001
    """The whole assistant, in this process."""
    # Rasa's lines on each message take longer than the message.
    warnings_only = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=warnings_only)
    made = LocalAssistant(model_file(), file)
    yield made
    made.close()
    structlog.reset_defaults()


def said(
    assistant: LocalAssistant, message: str, slots: Mapping[str, Any] | None = None
) -> Said:
    """Say something in a new conversation, and return what a person gets of it."""
    sender = uuid.uuid4().hex
    told = assistant.trace(sender, message, slots)
    reply = Reply(told["messages"])
    (payload,) = reply.payloads
    got = (payload["kind"], payload["facts"], payload["sources"], payload["language"])
    return (*got, reply.text, reply.buttons, Context.from_slots(told["slots"]))


def odd(label: str) -> str:
    """Return a label as somebody in a hurry may type or paste it."""
    return unicodedata.normalize("NFD", f"  {label.rstrip('?').upper()} ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_gets_the_answer_of_its_button_at_once(
    assistant: LocalAssistant, language: Language
) -> None:
    wrong = []
    for label, payload in buttons(language):
        pressed = said(assistant, payload, {"language": language})
        texts = (label, odd(label))
        wrong += [text for text in texts if said(assistant, text) != pressed]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "before"),
    [
        *(("nb", "nb"), ("nn", "nn"), ("en", "en")),
        *(("nb", "nn"), ("nn", "en"), ("en", "nb")),
    ],
)
def test_every_label_gets_the_answer_of_its_button_later(
    assistant: LocalAssistant, language: Language, before: Language
) -> None:
    sender = uuid.uuid4().hex
    for text in BEFORE[before]:
        slots = assistant.trace(sender, text)["slots"]
    assert Context.from_slots(slots).language == before
    wrong = [
        label
        for label, payload in buttons(language)
        if said(assistant, label, slots)
        != said(assistant, payload, {**slots, "language": language})
    ]
    assert not wrong


def test_that_it_was_typed_is_kept(assistant: LocalAssistant, file: Path) -> None:
    label, payload = next(buttons("nb"))
    other, _ = [*buttons("nb")][-1]
    sender = uuid.uuid4().hex
    for message in (label, payload, other, SOMETHING_ELSE):
        assistant.say(sender, message)
    store = ConversationStore.in_file(file)
    mine = sa.select(MESSAGES.c.text, MESSAGES.c.pressed, MESSAGES.c.topic)
    with store.engine.connect() as connection:
        rows = connection.execute(
            mine.where(MESSAGES.c.sender_id == sender).order_by(MESSAGES.c.event_id)
        ).all()
    store.engine.dispose()
    topic = rows[0].topic
    assert topic
    assert [tuple(row) for row in rows] == [
        (label, False, topic),
        (payload, True, topic),
        (other, False, None),
        (SOMETHING_ELSE, True, None),
    ]
