"""Every fact that the knowledge base holds can be asked for."""

from pathlib import Path

import pytest
import yaml
from rest_client import Client

from bot.knowledge import load_knowledge

QUESTIONS: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "fact_questions.yml").read_text("utf-8")
)


def test_there_is_a_question_for_every_fact_and_for_nothing_else() -> None:
    base = load_knowledge()
    assert set(QUESTIONS) == {*base.facts, *base.derived}


@pytest.mark.parametrize("fact", QUESTIONS)
def test_a_fact_is_stated_when_it_is_asked_for(client: Client, fact: str) -> None:
    reply = client.ask(QUESTIONS[fact])
    assert fact in reply.facts, f"{reply.payload['intent']}: {reply.text}"
    assert reply.kind == "answer"
