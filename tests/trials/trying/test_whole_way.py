"""A proposal goes the whole way: it is tried, approved, served, and taken back."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from proposing import AUTHOR, EXAMPLE, FILE, OTHER, TEST, copy_of_content, made
from rest_client import Server

from bot.staff.proposals.records import Proposal, Proposals
from bot.staff.proposals.refusals import RefusedError
from bot.staff.proposals.releasing import approve, undo
from bot.staff.proposals.trying import Trials
from bot.store import ConversationStore
from bot.training import MODELS_DIR, model_name, release_name, trained

SECONDS_TO_TRY = 400.0
SECONDS_TO_GO_OVER = 30.0


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The content in force, with its model."""
    copy = copy_of_content(tmp_path)
    monkeypatch.setenv("HELSE_CONTENT", str(copy))
    trained(print)
    yield copy
    for file in MODELS_DIR.glob(f"{Path(release_name(copy)).stem}*"):
        file.unlink()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore.in_file(tmp_path / "conversations.db")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def trials(store: ConversationStore) -> Iterator[Trials]:
    yield Trials(store)
    for folder in MODELS_DIR.glob("trying-*"):
        shutil.rmtree(folder)


def tried(store: ConversationStore, trials: Trials, number: int) -> Proposal:
    trials.begin(number, AUTHOR)
    deadline = time.monotonic() + SECONDS_TO_TRY
    while (proposal := Proposals(store).get(number)).status == "trying":
        assert time.monotonic() < deadline, trials.progress(proposal)
        time.sleep(0.5)
        trials.collect()
    return proposal


def wait_for(server: Server, model: str) -> None:
    """Wait until a server says that it answers with a model."""
    deadline = time.monotonic() + SECONDS_TO_GO_OVER
    while f"is served: {model}" not in server.output().splitlines()[-1]:
        assert time.monotonic() < deadline, server.output()
        time.sleep(0.2)


def test_what_is_tried_and_approved_is_served_and_can_be_taken_back(
    content: Path, store: ConversationStore, trials: Trials, tmp_path: Path
) -> None:
    number = made(store)
    proposal = tried(store, trials, number)
    trial = proposal.trial or {}
    assert proposal.status == "green", trial
    assert [turn["right"] for turn in trial["new"]] == [True]
    assert EXAMPLE not in (content / FILE).read_text("utf-8")
    server = Server(tmp_path, store=tmp_path / "served.db", HELSE_CONTENT=str(content))
    try:
        approve(store, number, OTHER)
        model = Path(trial["model"]).name
        assert (MODELS_DIR / model).exists()
        assert EXAMPLE in (content / FILE).read_text("utf-8")
        wait_for(server, model)
        assert server.client.ask(TEST).kind == "answer"
        undo(store, number, AUTHOR)
        assert EXAMPLE not in (content / FILE).read_text("utf-8")
        wait_for(server, model_name(content=content))
    finally:
        server.stop()


@pytest.mark.usefixtures("content")
def test_a_trial_is_alone_and_can_be_stopped(
    store: ConversationStore, trials: Trials
) -> None:
    first = made(store)
    second = made(store, example="Blir det mye sol?", test_sentence="Mye sol her?")
    trials.begin(first, AUTHOR)
    with pytest.raises(RefusedError) as caught:
        trials.begin(second, AUTHOR)
    assert caught.value.reason == "other_trial"
    assert trials.stop(first, AUTHOR).status == "open"
    assert not list(MODELS_DIR.glob("trying-*"))


@pytest.mark.usefixtures("content")
def test_a_trial_goes_on_without_the_console_and_one_that_died_is_broken_off(
    store: ConversationStore, trials: Trials
) -> None:
    number = made(store)
    trials.begin(number, AUTHOR)
    # Another console, which has not started it.
    later = Trials(store)
    later.collect()
    assert Proposals(store).get(number).status == "trying"
    pid = int((MODELS_DIR / f"trying-{number}" / "pid").read_text("utf-8"))
    os.killpg(pid, 9)
    deadline = time.monotonic() + 10
    while (proposal := Proposals(store).get(number)).status == "trying":
        assert time.monotonic() < deadline
        time.sleep(0.1)
        later.collect()
    assert (proposal.status, (proposal.trial or {})["broken_off"]) == ("open", True)


def test_a_content_that_hangs_loose_is_red_before_anything_is_trained(
    content: Path, store: ConversationStore, trials: Trials
) -> None:
    number = made(store)
    # What validation finds and the form of the proposal does not.
    domain = content / "domain.yml"
    domain.write_text(domain.read_text("utf-8").replace("  - ask_power\n", ""), "utf-8")
    proposal = tried(store, trials, number)
    trial = proposal.trial or {}
    assert (proposal.status, trial["reasons"]) == ("red", ["validation"])
    assert "ask_power" in trial["said"]
    assert "train" not in trial["seconds"]
