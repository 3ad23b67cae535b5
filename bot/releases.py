"""Puts a new content and its model in force, all or nothing, and takes it back again.

Whoever serves the content watches for the number of the latest release, which a small
file beside the models tells. A release writes the files of the content one after the
other; a journal beside them lets whoever comes next finish or undo what a crash broke
off.
"""

import contextlib
import dataclasses
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.errors import BotError
from bot.settings import content_dir
from bot.training import MODELS_DIR, model_name, release_name

CONTENT = ("domain.yml", "data", "knowledge", "tests/conversations", "tests/questions")
"""What a content is: what is learnt, known and said, and what tests it."""


class ReleaseError(BotError):
    """A release cannot be made or undone; nothing was changed.

    Attributes:
        files: The files that are in the way, where it is files.
    """

    def __init__(self, message: str, files: Sequence[str] = ()) -> None:
        """Say what is in the way."""
        super().__init__(message)
        self.files = tuple(files)


@dataclasses.dataclass(frozen=True)
class FileEdit:
    """A file of the content, before and after a change.

    Attributes:
        file: Its path inside the content.
        before: What it holds; None where there is no such file.
        after: What it would hold; None where it would be gone.
    """

    file: str
    before: str | None
    after: str | None

    def turned_round(self) -> "FileEdit":
        """Return the edit that takes this one back."""
        return FileEdit(self.file, self.after, self.before)


@dataclasses.dataclass(frozen=True)
class Release:
    """What is in force.

    Attributes:
        number: Counts the releases of the content up.
        model: The name of the model's file in `models/`.
        previous: The name of the one before, which must stay so that one can go back.
        at: When, in seconds since 1970.
    """

    number: int
    model: str
    previous: str
    at: float


class Releases:
    """The releases of one content."""

    def __init__(self, folder: Path | None = None, models: Path = MODELS_DIR) -> None:
        """Take the folder of the content, that in force when left out."""
        self.folder = folder or content_dir()
        self.models = models
        self._marker = models / release_name(self.folder)
        self._journal = self._marker.with_suffix(".journal")
        self._lock = self._marker.with_suffix(".lock")

    def latest(self) -> Release | None:
        """Return the latest release, or None where there was none."""
        try:
            return Release(**json.loads(self._marker.read_text("utf-8")))
        except FileNotFoundError:
            return None

    def digest(self) -> str:
        """Return a digest of the content, with what tests it."""
        return digest_of(self.folder)

    def put_in_force(
        self, edits: Sequence[FileEdit], model: Path, digest: str | None = None
    ) -> Release:
        """Write the files of a content, install its model, and say that it is there.

        Args:
            edits: What changes; what is there must be as they take it to be.
            model: The file of the model that was trained on the content after them; it
                stays where it is.
            digest: That of the content that the model was tried against; any when left
                out.

        Raises:
            ReleaseError: The content is another, a file is not as an edit takes it to
                be, the model is not there, or another release is being made. Nothing
                was changed.
        """
        with self._alone():
            self._recover()
            self._require_before(edits)
            if digest not in (None, self.digest()):
                # Another release may have come just before this one.
                raise ReleaseError("the content changed meanwhile: try it again")
            if not model.exists():
                raise ReleaseError(f"there is no model {model}: try the change again")
            before = model_name(content=self.folder)
            latest = self.latest()
            number = latest.number + 1 if latest else 1
            installed = self.models / model.name
            if model != installed:
                _copy(model, installed)
            os.utime(installed)
            release = Release(number, model.name, before, time.time())
            held = {
                "number": number,
                "edits": [dataclasses.asdict(edit) for edit in edits],
            }
            _write(self._journal, json.dumps(held, ensure_ascii=False))
            self._apply(edits)
            _write(self._marker, json.dumps(dataclasses.asdict(release)))
            self._journal.unlink()
            return release

    def take_back(self, edits: Sequence[FileEdit], model: str) -> Release:
        """Put the content back as it was before edits, and the model of then in force.

        Raises:
            ReleaseError: A file was changed since, or the model is gone. Nothing was
                changed.
        """
        return self.put_in_force(
            [edit.turned_round() for edit in edits], self.models / model
        )

    def recover(self) -> None:
        """Take back what a release has begun to write and a crash has broken off.

        Raises:
            ReleaseError: A release is being made.
        """
        if self._journal.exists():
            with self._alone():
                self._recover()

    def _recover(self) -> None:
        if not self._journal.exists():
            return
        held = json.loads(self._journal.read_text("utf-8"))
        latest = self.latest()
        if latest is None or latest.number < held["number"]:
            edits = [FileEdit(**edit) for edit in held["edits"]]
            # What is neither as before nor as after was changed by somebody since.
            written = [e for e in edits if _read(self.folder / e.file) == e.after]
            self._apply([edit.turned_round() for edit in written])
        self._journal.unlink()

    def _require_before(self, edits: Iterable[FileEdit]) -> None:
        changed = [e.file for e in edits if _read(self.folder / e.file) != e.before]
        if changed:
            raise ReleaseError(
                f"{', '.join(changed)} changed meanwhile: look at what changed there",
                changed,
            )

    def _apply(self, edits: Iterable[FileEdit]) -> None:
        for edit in edits:
            path = self.folder / edit.file
            if edit.after is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, edit.after)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self.models.mkdir(exist_ok=True)
        with self._lock.open("a") as file:
            try:
                # The system lets go of it with the process, however that ends.
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise ReleaseError(
                    "another release is being made: wait a moment"
                ) from error
            yield


def digest_of(folder: Path) -> str:
    """Return a digest of the content in a folder, with what tests it."""
    digest = hashlib.sha256()
    for name in CONTENT:
        path = folder / name
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in filter(Path.is_file, inside):
            digest.update(str(file.relative_to(folder)).encode() + b"\0")
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _read(file: Path) -> str | None:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return None


def _write(file: Path, text: str) -> None:
    """Write a file so that it holds the old text or the new, whatever happens."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
    if file.exists():
        beside.chmod(file.stat().st_mode)
    beside.replace(file)


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    beside = target.with_name(f".{target.name}.new")
    with source.open("rb") as read, beside.open("wb") as written:
        while block := read.read(1 << 20):
            written.write(block)
        written.flush()
        os.fsync(written.fileno())
    beside.replace(target)
