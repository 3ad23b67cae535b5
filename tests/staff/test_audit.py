"""The audit log: everything is kept once, and found again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.staff.audit import ACTIONS, Audit, Filter
from bot.staff.people import local_person
from bot.store import ConversationStore

EVA, ADA = local_person("Eva", {"editor"}), local_person("Ada", {"admin"})


@pytest.fixture
def audit(tmp_path: Path) -> Iterator[Audit]:
    store = ConversationStore.in_file(tmp_path / "conversations.db")
    yield Audit(store.engine)
    store.engine.dispose()


def actions(audit: Audit, wanted: Filter) -> list[tuple[str, str]]:
    entries, _ = audit.entries(wanted, 100)
    return [(entry.name, entry.action) for entry in entries]


def test_an_entry_says_when_who_with_which_roles_did_what_to_what(audit: Audit) -> None:
    before = time.time()
    audit.note(local_person("Begge", {"handler", "editor"}), "made_draft", "an-id")
    [entry], has_more = audit.entries(Filter(), 10)
    assert before <= entry.at <= time.time()
    assert (entry.person, entry.name) == ("local:Begge", "Begge")
    assert entry.roles == ("editor", "handler")
    assert (entry.action, entry.subject) == ("made_draft", "an-id")
    assert not has_more


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_found_by_itself(audit: Audit, action: str) -> None:
    for each in ACTIONS:
        audit.note(EVA, each)
    assert actions(audit, Filter(action=action)) == [("Eva", action)]


def test_entries_are_found_by_person_and_time_the_latest_first(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at, person in ((100.0, EVA), (200.0, ADA), (300.0, EVA)):
        monkeypatch.setattr(time, "time", lambda at=at: at)
        audit.note(person, "signed_in")
    found = [entry.at for entry in audit.entries(Filter(person=EVA.id), 10)[0]]
    assert found == [300.0, 100.0]
    found = [entry.at for entry in audit.entries(Filter(since=200, until=300), 10)[0]]
    assert found == [200.0]


def test_a_page_after_the_other_shows_each_entry_once(audit: Audit) -> None:
    for number in range(25):
        audit.note(EVA, "opened_conversation", str(number))
    seen: list[str] = []
    before, has_more = None, True
    while has_more:
        entries, has_more = audit.entries(Filter(), 10, before)
        seen += [entry.subject for entry in entries]
        before = entries[-1].id
    assert seen == [str(number) for number in reversed(range(25))]
    assert [entry.subject for entry in audit.all_entries(Filter())] == seen


def test_everybody_in_the_log_is_named_as_they_were_called_last(audit: Audit) -> None:
    audit.note(EVA, "signed_in")
    audit.note(ADA, "signed_in")
    audit.note(type(EVA)(EVA.id, "Eva Li", EVA.roles), "signed_in")
    assert audit.people() == ((ADA.id, "Ada"), (EVA.id, "Eva Li"))
