"""The folders beside the models in which proposals are tried, and how they are emptied.

They hold what people wrote, so none may outlive the proposal that it belongs to.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import time
from pathlib import Path

import sqlalchemy as sa

from bot.store.staff_tables import PROPOSALS
from bot.training import MODELS_DIR

LOCK = "lock"
"""A file that the process of a trial holds locked for as long as it runs."""
PID = "pid"
"""A file with the id of that process, which leads a group of its own."""

_PREFIX = "trying-"
_OWNER = "owner"
_ASKED = "asked-*.json"
# Proposals whose folder is needed: while they go live, the model lies there.
_NEEDED = ("trying", "green", "live")
_SECONDS_TO_STOP = 10.0
_PAUSE = 0.1


def folder_of(number: int, models: Path = MODELS_DIR) -> Path:
    """Return the folder in which a proposal is tried."""
    return models / f"{_PREFIX}{number}"


def folders(models: Path = MODELS_DIR) -> list[Path]:
    """Return all such folders that there are."""
    return sorted(models.glob(f"{_PREFIX}*"))


def is_running(folder: Path) -> bool:
    """Tell whether the process of a trial holds its lock."""
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def clear(folder: Path) -> None:
    """End the trial of a folder, if it runs, and remove the folder."""
    if pid := _pid_of(folder):
        for signal_number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal_number)
            deadline = time.monotonic() + _SECONDS_TO_STOP
            while is_running(folder) and time.monotonic() < deadline:
                time.sleep(_PAUSE)
    shutil.rmtree(folder, ignore_errors=True)


def keep_only(folder: Path, kept: str) -> None:
    """Remove all of a folder but one file, and whose it is."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in (kept, _OWNER):
            path.unlink(missing_ok=True)


def claim(folder: Path, engine: sa.engine.Engine) -> None:
    """Note that a folder belongs to the proposals of a store."""
    (folder / _OWNER).write_text(_name_of(engine), "utf-8")


def belongs_to(folder: Path, engine: sa.engine.Engine) -> bool:
    """Tell whether a folder belongs to the proposals of a store."""
    try:
        return (folder / _OWNER).read_text("utf-8") == _name_of(engine)
    except FileNotFoundError:
        return False


def forget_orphans(engine: sa.engine.Engine, models: Path = MODELS_DIR) -> None:
    """Remove the folders of proposals that were forgotten with their conversation.

    So are those of which a part was, which must be tried again. Those of another
    store's proposals stay.
    """
    theirs = [folder for folder in folders(models) if belongs_to(folder, engine)]
    if not theirs:
        return
    with engine.connect() as connection:
        needed = sa.select(PROPOSALS.c.id).where(PROPOSALS.c.status.in_(_NEEDED))
        numbers = connection.execute(needed).scalars()
        known = {folder_of(number, models) for number in numbers}
    for folder in theirs:
        if folder not in known:
            clear(folder)


def forget_answers(models: Path = MODELS_DIR) -> None:
    """Remove what models were asked, which holds what a content says no more."""
    for file in models.glob(_ASKED):
        file.unlink(missing_ok=True)


def _pid_of(folder: Path) -> int | None:
    """Return the process of a trial that runs, or None."""
    if not is_running(folder):
        return None
    with contextlib.suppress(OSError, ValueError):
        return int((folder / PID).read_text("utf-8"))
    return None


def _name_of(engine: sa.engine.Engine) -> str:
    """Return what tells a store from others, and nothing of how it is reached."""
    url = engine.url
    database = url.database or ""
    if url.get_backend_name() == "sqlite":
        database = str(Path(database).resolve())
    named = f"{url.get_backend_name()} {url.host} {url.port} {database}"
    return hashlib.sha256(named.encode()).hexdigest()
