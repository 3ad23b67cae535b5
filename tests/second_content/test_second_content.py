"""The code serves another announcement: a small content of its own, as one would write.

It stands in this folder: `knowledge/`, `data/` and `domain.yml`, and in
`questions.jsonl` what people ask about it.
"""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rest_client import Reply, Server

from bot.knowledge import load_knowledge

CONTENT = Path(__file__).parent
QUESTIONS = [
    json.loads(line)
    for line in (CONTENT / "questions.jsonl").read_text("utf-8").splitlines()
]
LEAST_RIGHT = 0.9

Asked = list[tuple[dict[str, Any], Reply]]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the other content. It trains first, unless there is a model."""
    folder = tmp_path_factory.mktemp("second_content")
    running = Server(
        folder,
        store=folder / "conversations.db",
        HELSE_CONTENT=str(CONTENT),
        HELSE_RATE_ADDRESS="1000000/minute",
    )
    yield running
    running.stop()


@pytest.fixture(scope="module")
def asked(other: Server) -> Asked:
    """Every question with its reply; each is asked in a conversation of its own."""
    return [(q, other.client.ask(q["message"])) for q in QUESTIONS]


def fault(question: dict[str, Any], reply: Reply) -> str | None:
    """Return what is wrong with the reply to a question, or None."""
    if reply.kind != question["kind"]:
        return f"{question['message']}: {reply.kind} instead of {question['kind']}"
    missing = [said for said in question["says"] if not re.search(said, reply.text)]
    return f"{question['message']}: lacks {missing}: {reply.text}" if missing else None


def test_it_answers_questions_about_the_other_announcement(asked: Asked) -> None:
    faults = [found for question, reply in asked if (found := fault(question, reply))]
    assert len(faults) <= (1 - LEAST_RIGHT) * len(QUESTIONS), "\n".join(faults)


def test_it_proves_what_it_says(asked: Asked) -> None:
    for question, reply in asked:
        if question["kind"] == "answer":
            payload = reply.payload
            assert payload["kind"] != "answer" or payload["sources"], question


def test_it_lists_names_as_a_list_and_proves_them_in_whole_sentences(
    asked: Asked,
) -> None:
    announcement = (CONTENT / "knowledge" / "announcement.txt").read_text("utf-8")
    blocks = [block for _, reply in asked for block in reply.payload["blocks"]]
    lists = [[item["text"] for item in b["items"]] for b in blocks if "items" in b]
    names = ["Granlia skole", "Fossmo skole", "Kompasset", "Notnaustet", "Fyrlykta"]
    assert names in lists
    passages = [p for block in blocks for p in block.get("passages", ())]
    assert passages
    for passage in passages:
        text = "".join(part["text"] for part in passage["parts"])
        assert text == announcement[passage["start"] : passage["end"]]


def test_it_says_nothing_of_the_projects_own_announcement(asked: Asked) -> None:
    texts = [reply.text for _, reply in asked]
    assert not [text for text in texts if re.search("Siva|helsekonsort", text)]


def test_the_words_of_its_buttons_get_what_the_buttons_get(other: Server) -> None:
    words = load_knowledge(CONTENT / "knowledge").wording["en"]
    asks = {topic: said.ask for topic, said in words.topics.items() if said.ask}
    for topic, label in {**asks, **words.gap_questions}.items():
        sender = uuid.uuid4().hex
        other.client.say(sender, "Hello, who are you?")
        pressed = other.client.say(sender, f'/ask_topic{{"topic": "{topic}"}}')
        typed = other.client.ask(label)
        assert (typed.kind, typed.text) == (pressed.kind, pressed.text), label
        assert typed.facts == pressed.facts, label
