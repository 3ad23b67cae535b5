"""Tries proposals: one at a time, in a process of its own, on a copy of the content.

The process goes on when the console is stopped, and what it finds is taken up by
whoever looks next. One that ended without finding anything was broken off.
"""

import contextlib
import dataclasses
import fcntl
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bot.aside import (
    LOCK,
    PID,
    belongs_to,
    claim,
    clear,
    folder_of,
    folders,
    forget_orphans,
    is_running,
    keep_only,
)
from bot.knowledge import load_knowledge
from bot.releases import CONTENT, FileEdit, digest_of
from bot.settings import PROJECT_DIR, content_dir
from bot.staff.proposals.checking import problems
from bot.staff.proposals.edits import edits_of
from bot.staff.proposals.records import TRIABLE, Proposal, Proposals
from bot.staff.proposals.refusals import RefusedError
from bot.store import ConversationStore
from bot.training import MODELS_DIR

STEPS = ("validate", "train", "ask", "compare")
"""What a trial does, one after the other."""

# The share of the time that each takes, measured with today's content on two cores.
_SHARES = {"validate": 0.1, "train": 0.5, "ask": 0.2, "compare": 0.2}


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a trial has come.

    Attributes:
        step: Which of `STEPS` it takes.
        share: How much (0-1) of the whole is done.
        seconds: How long it has run.
    """

    step: str
    share: float
    seconds: float


class Trials:
    """The trials of the proposals of a store."""

    def __init__(self, store: ConversationStore, models: Path = MODELS_DIR) -> None:
        """Take the store, and where the trials' folders are."""
        self._proposals = Proposals(store)
        self._engine = store.engine
        self._models = models

    def begin(self, number: int, person: str) -> Proposal:
        """Begin to try a proposal.

        Args:
            number: The proposal.
            person: The id of who asks for it.

        Raises:
            RefusedError: Something in the proposal is wrong, its status does not allow
                it, or another is being tried.
        """
        if not person:
            raise RefusedError("nobody")
        self.collect()
        proposal = self._proposals.get(number)
        if proposal.status not in TRIABLE:
            raise RefusedError("wrong_status", status=proposal.status)
        if any(each.status == "trying" for each in self._proposals.all()):
            raise RefusedError("other_trial")
        found = problems(content_dir(), load_knowledge(), proposal.changes)
        if found:
            raise found[0]
        edits = edits_of(content_dir(), proposal.changes)
        started = {
            "started_at": time.time(),
            "by": person,
            "digest": digest_of(content_dir()),
            "edits": [dataclasses.asdict(edit) for edit in edits],
        }
        trying = self._proposals.save(proposal, status="trying", trial=started)
        self._start(trying, edits)
        return trying

    def progress(self, proposal: Proposal) -> Progress:
        """Return how far the trial of a proposal has come."""
        told = _read(folder_of(proposal.id, self._models) / "progress.json")
        step, share = told.get("step", STEPS[0]), told.get("share", 0.0)
        before = sum(_SHARES[earlier] for earlier in STEPS[: STEPS.index(step)])
        trial = proposal.trial or {}
        seconds = time.time() - float(trial.get("started_at", time.time()))
        return Progress(step, before + share * _SHARES[step], seconds)

    def collect(self) -> None:
        """Take up what trials have found that have ended since somebody looked.

        Trials of proposals that were forgotten meanwhile are ended.
        """
        forget_orphans(self._engine, self._models)
        for proposal in self._proposals.all():
            if proposal.status == "trying":
                with contextlib.suppress(RefusedError):
                    self._collect(proposal)

    def stop(self, number: int, person: str) -> Proposal:
        """Stop a trial.

        Raises:
            RefusedError: The proposal is not being tried.
        """
        if not person:
            raise RefusedError("nobody")
        proposal = self._proposals.get(number)
        if proposal.status != "trying":
            raise RefusedError("no_trial")
        clear(folder_of(number, self._models))
        return self._proposals.save(proposal, status="open", trial=None)

    def _start(self, proposal: Proposal, edits: tuple[FileEdit, ...]) -> None:
        folder = folder_of(proposal.id, self._models)
        for old in folders(self._models):
            if belongs_to(old, self._engine) or not is_running(old):
                clear(old)
        copy = folder / "content"
        copy.mkdir(parents=True)
        claim(folder, self._engine)
        for name in CONTENT:
            _copy(content_dir() / name, copy / name)
        for edit in edits:
            (copy / edit.file).parent.mkdir(parents=True, exist_ok=True)
            (copy / edit.file).write_text(edit.after or "", "utf-8")
        assert proposal.trial is not None
        order = {
            "folder": str(content_dir()),
            "digest": proposal.trial["digest"],
            "new": [each.name for each in proposal.changes.conversations],
        }
        (folder / "order.json").write_text(json.dumps(order), "utf-8")
        (folder / LOCK).touch()
        with (folder / "log").open("ab") as log, (folder / LOCK).open() as lock:
            # Held for the process from before it begins until it ends.
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = subprocess.Popen(
                [sys.executable, "-m", "trials.trying", str(folder.resolve())],
                cwd=PROJECT_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # What ends the console does not end it.
                start_new_session=True,
                pass_fds=[lock.fileno()],
            )
        (folder / PID).write_text(str(process.pid), "utf-8")

    def _collect(self, proposal: Proposal) -> None:
        folder = folder_of(proposal.id, self._models)
        if is_running(folder):
            return
        found = _read(folder / "result.json")
        trial = proposal.trial or {}
        if not found:
            broken = {"broken_off": True, "said": _end_of(folder / "log")}
            self._proposals.save(proposal, status="open", trial={**trial, **broken})
        else:
            self._proposals.save(
                proposal, status=found["verdict"], trial={**trial, **found}
            )
        # What was said stands in the store alone, which forgets it when it must.
        model = Path(found.get("model", ""))
        if found.get("verdict") == "green" and model.parent == folder.resolve():
            keep_only(folder, model.name)
        else:
            clear(folder)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy(source, target)


def _read(file: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return read
    except (FileNotFoundError, ValueError):
        return {}


def _end_of(log: Path) -> str:
    if not log.exists():
        return ""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    return "\n".join([line for line in lines if line.strip()][-10:])
