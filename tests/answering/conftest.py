"""Fixtures of the answering's tests."""

import pytest
from talking import Conversation

from bot.answering import Answerer, Service
from bot.knowledge import load_knowledge


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    """The answerer, which keeps nothing between two messages."""
    return Answerer(
        load_knowledge(), Service(contact="the front desk, post@example.org")
    )


@pytest.fixture
def talk(answerer: Answerer) -> Conversation:
    """A conversation that has not begun."""
    return Conversation(answerer)
