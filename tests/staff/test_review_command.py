"""`python -m bot.cli review` lists what needs eyes."""

import json
from pathlib import Path

import pytest
from said import say

from bot.cli import main
from bot.staff.review.command import REASONS as CHOICES
from bot.staff.review.entries import REASONS
from bot.store import ConversationStore


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationStore:
    """The store that the command reads."""
    file = tmp_path / "conversations.db"
    monkeypatch.setenv("HELSE_STORE", str(file))
    return ConversationStore.in_file(file)


def test_groups_are_listed(
    store: ConversationStore, capsys: pytest.CaptureFixture[str]
) -> None:
    say(store, "a", "Er det gratis parkering der?", kind="not_stated")
    say(store, "b", "er de gratis\nparkering \x1b[31mder", kind="not_stated")
    say(store, "c", "Hvem er statsminister?", kind="out_of_scope", thumb="down")
    assert main(["review"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2: not_stated 2",
        "    er de gratis parkering [31mder",
        "    Er det gratis parkering der?",
        "",
        "1: out_of_scope 1, disliked 1",
        "    Hvem er statsminister?",
        "",
        "3 messages in 2 groups need eyes.",
    ]


def test_they_are_filtered_and_printed_as_json(
    store: ConversationStore, capsys: pytest.CaptureFixture[str]
) -> None:
    say(store, "a", "Er det gratis parkering der?", kind="not_stated", days_ago=9)
    say(store, "b", "Kven er statsminister?", kind="clarify", language="nn")
    assert main(["review", "--json", "--language", "nn", "--days", "7"]) == 0
    [group] = json.loads(capsys.readouterr().out)
    assert group["examples"] == ["Kven er statsminister?"]
    assert group["entries"][0]["conversation"] == "b"
    assert group["entries"][0]["reasons"] == ["clarify"]


def test_it_knows_every_reason() -> None:
    assert CHOICES == REASONS
