"""The code serves another announcement: a small content of its own, as one would write.

It stands in this folder: `knowledge/`, `data/` and `domain.yml`, and in
`questions.jsonl` what people ask about it.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rest_client import Reply, Server

CONTENT = Path(__file__).parent
QUESTIONS = [
    json.loads(line)
    for line in (CONTENT / "questions.jsonl").read_text("utf-8").splitlines()
]
LEAST_RIGHT = 0.9

Asked = list[tuple[dict[str, Any], Reply]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Every question with the reply of a server of the other content.

    Each is asked in a conversation of its own. The server trains first, unless there is
    a model.
    """
    folder = tmp_path_factory.mktemp("second_content")
    running = Server(
        folder,
        store=folder / "conversations.db",
        HELSE_CONTENT=str(CONTENT),
        HELSE_RATE_ADDRESS="1000000/minute",
    )
    try:
        return [(q, running.client.ask(q["message"])) for q in QUESTIONS]
    finally:
        running.stop()


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


def test_it_says_nothing_of_the_projects_own_announcement(asked: Asked) -> None:
    texts = [reply.text for _, reply in asked]
    assert not [text for text in texts if re.search("Siva|helsekonsort", text)]
