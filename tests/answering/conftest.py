"""Fixtures of the answering's tests."""

import pytest
from talking import Conversation

from bot.answering import Answerer, Service
from bot.knowledge import load_knowledge


@pytest.fixture
def talk() -> Conversation:
    """A conversation that has not begun."""
    return Conversation(
        Answerer(load_knowledge(), Service(contact="the front desk, post@example.org"))
    )
