"""What trials leave beside the models goes with the proposals that it belongs to."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.aside import (
    LOCK,
    PID,
    claim,
    folder_of,
    folders,
    forget_orphans,
    is_running,
    keep_only,
)
from bot.staff.proposals.changes import Changes
from bot.staff.proposals.records import Proposals
from bot.store import ConversationStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore.in_file(tmp_path / "conversations.db")
    yield opened
    opened.engine.dispose()


def proposed(store: ConversationStore, conversation: str) -> int:
    return Proposals(store).add(
        author="local:Eva",
        title="Hva?",
        changes=Changes(),
        status="green",
        sender_id=conversation,
    )


def tried(store: ConversationStore, number: int, models: Path) -> Path:
    folder = folder_of(number, models)
    folder.mkdir(parents=True)
    claim(folder, store.engine)
    (folder / "after.json").write_text("Hva skrev de?", "utf-8")
    return folder


def test_what_was_tried_of_a_forgotten_conversation_is_gone(
    store: ConversationStore, tmp_path: Path
) -> None:
    kept = tried(store, proposed(store, "a"), tmp_path)
    gone = tried(store, proposed(store, "b"), tmp_path)
    store.forget("b")
    forget_orphans(store.engine, tmp_path)
    assert folders(tmp_path) == [kept]
    assert not gone.exists()


def test_what_is_tried_for_another_store_stays(
    store: ConversationStore, tmp_path: Path
) -> None:
    other = ConversationStore.in_file(tmp_path / "other.db")
    theirs = tried(other, 7, tmp_path)
    other.engine.dispose()
    forget_orphans(store.engine, tmp_path)
    assert theirs.exists()


def test_a_trial_that_runs_ends_with_its_proposal(
    store: ConversationStore, tmp_path: Path
) -> None:
    folder = tried(store, proposed(store, "a"), tmp_path)
    (folder / LOCK).touch()
    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)"],
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )
    (folder / PID).write_text(str(process.pid), "utf-8")
    assert is_running(folder)
    store.forget("a")
    forget_orphans(store.engine, tmp_path)
    assert process.wait(10) != 0
    assert not folder.exists()


def test_of_a_green_trial_only_the_model_stays(
    store: ConversationStore, tmp_path: Path
) -> None:
    folder = tried(store, proposed(store, "a"), tmp_path)
    (folder / "content").mkdir()
    (folder / "new.tar.gz").write_text("model", "utf-8")
    keep_only(folder, "new.tar.gz")
    assert {it.name for it in folder.iterdir()} == {"new.tar.gz", "owner"}
