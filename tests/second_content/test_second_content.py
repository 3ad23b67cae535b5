"""The code serves another announcement: a small content of its own, as one would write.

It stands in this folder: `knowledge/`, `data/` and `domain.yml`, and in
`questions.jsonl` what people ask about it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rest_client import Client, Server

CONTENT = Path(__file__).parent
QUESTIONS = [
    json.loads(line)
    for line in (CONTENT / "questions.jsonl").read_text("utf-8").splitlines()
]
LEAST_RIGHT = 0.9


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server of the other content; it trains first, unless there is a model."""
    folder = tmp_path_factory.mktemp("second_content")
    running = Server(
        folder,
        store=folder / "conversations.db",
        HELSE_CONTENT=str(CONTENT),
        HELSE_RATE_ADDRESS="1000000/minute",
    )
    yield running.client
    running.stop()


def fault(client: Client, question: dict[str, Any]) -> str | None:
    """Return what is wrong with the reply to a question, or None."""
    reply = client.ask(question["message"])
    if reply.kind != question["kind"]:
        return f"{question['message']}: {reply.kind} instead of {question['kind']}"
    missing = [said for said in question["says"] if not re.search(said, reply.text)]
    return f"{question['message']}: lacks {missing}: {reply.text}" if missing else None


def test_it_answers_questions_about_the_other_announcement(other: Client) -> None:
    faults = [found for q in QUESTIONS if (found := fault(other, q))]
    assert len(faults) <= (1 - LEAST_RIGHT) * len(QUESTIONS), "\n".join(faults)


def test_it_proves_what_it_says(other: Client) -> None:
    for question in QUESTIONS:
        if question["kind"] == "answer":
            payload = other.ask(question["message"]).payload
            assert payload["kind"] != "answer" or payload["sources"], question


def test_it_says_nothing_of_the_projects_own_announcement(other: Client) -> None:
    replies = [other.ask(question["message"]).text for question in QUESTIONS]
    assert not [text for text in replies if re.search("Siva|helsekonsort", text)]
