"""Fixtures of the tests of cases: a store, its cases, and some of the staff."""

from pathlib import Path

import pytest
from employees import ALWAYS, KARI
from rasa.shared.core.domain import Domain

from bot.cases import CaseRules, Cases
from bot.store import ConversationStore


@pytest.fixture(autouse=True)
def _no_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here does not hang on the day."""
    monkeypatch.setattr("bot.hours._holidays", lambda _: frozenset())


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    made = ConversationStore.in_file(tmp_path / "conversations.db")
    made.domain = Domain.empty()
    return made


@pytest.fixture
def cases(store: ConversationStore) -> Cases:
    """Cases in opening hours, with Kari at her desk."""
    made = Cases(store.engine, CaseRules(True, ALWAYS))
    made.ping(KARI)
    return made
