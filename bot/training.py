"""Trains the assistant, and only when something that it learns from has changed."""

import hashlib
import json
import logging
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.errors import ModelError
from bot.progress import Progress, listen
from bot.settings import PROJECT_DIR, content_dir

MODELS_DIR = PROJECT_DIR / "models"
_PREFIX = "helseassistenten-"
_FINGERPRINT_LENGTH = 12
# What a trained model depends on, of the code and of the content.
_LEARNT_FROM = (
    "config.yml",
    "requirements.lock",
    "bot/intents.py",
    "bot/nlu",
    "bot/reading",
    "language_model/dist",
    "language_model/frequencies",
)
_LEARNT_FROM_CONTENT = ("domain.yml", "data")
_NOT_LEARNT = re.compile(r"__pycache__|\.md$")
# So that one can go back to the data of just now without training again.
_MODELS_KEPT = 3
# The exit status of a process that SIGTERM has ended, in a shell.
_ENDED = 143


def _files(root: Path, content: Path) -> Iterator[Path]:
    learnt = [root / name for name in _LEARNT_FROM]
    for path in [*learnt, *(content / name for name in _LEARNT_FROM_CONTENT)]:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (f for f in inside if f.is_file() and not _NOT_LEARNT.search(str(f)))


def fingerprint(root: Path = PROJECT_DIR, content: Path | None = None) -> str:
    """Return a digest of everything that a trained model depends on.

    Args:
        root: Where the code is.
        content: Where the content is; that in force when left out.
    """
    content = content or (content_dir() if root == PROJECT_DIR else root)
    digest = hashlib.sha256()
    for file in _files(root, content):
        base = content if file.is_relative_to(content) else root
        digest.update(str(file.relative_to(base)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:_FINGERPRINT_LENGTH]


def model_file(root: Path = PROJECT_DIR) -> Path:
    """Return where the model of the present data is, trained or not."""
    return root / "models" / model_name(root)


def model_name(root: Path = PROJECT_DIR, content: Path | None = None) -> str:
    """Return the name of the file of a content's model, as for `fingerprint`."""
    return f"{_PREFIX}{fingerprint(root, content)}.tar.gz"


def release_name(content: Path) -> str:
    """Return the name of the file in `models/` that tells of a content's release."""
    return f"release-{hashlib.sha256(str(content).encode()).hexdigest()[:12]}.json"


def trained(say: Callable[[str], None]) -> Path:
    """Return the model of the present data, having it trained where there is none.

    Training has a process of its own: what it takes of memory ends with it.

    Args:
        say: Is told that nothing had to be trained.

    Raises:
        ModelError: Training failed.
    """
    model = model_file()
    if model.exists():
        return train(say)
    # A polite end of this process, too, ends the other.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))
    try:
        command = [sys.executable, "-m", "bot.cli", "train"]
        done = subprocess.run(command, cwd=PROJECT_DIR, check=False)
    finally:
        signal.signal(signal.SIGTERM, before)
    if done.returncode != 0:
        raise ModelError("training failed; the lines above say why")
    return model


def train(say: Callable[[str], None], folder: Path = MODELS_DIR) -> Path:
    """Return the model of the present data, training it here where there is none.

    Args:
        say: Is told how far it has come.
        folder: Where models are kept.

    Raises:
        ModelError: Training failed.
    """
    model = folder / model_file().name
    if model.exists():
        say(f"The model {model.name} is up to date.")
        return model
    say(_why(model))
    began = time.monotonic()
    progress = Progress(say)
    listen(progress)
    progress.report("data", 0.0)
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.WARNING)
    import rasa.api

    result = rasa.api.train(
        domain=str(content_dir() / "domain.yml"),
        config=str(PROJECT_DIR / "config.yml"),
        training_files=str(content_dir() / "data"),
        output=str(folder),
        fixed_model_name=model.name,
        # Rasa's own cache does not see changes in the project's components.
        force_training=True,
    )
    listen(None)
    if result.code != 0 or not model.exists():
        raise ModelError("training failed; the lines above say why")
    _remove_old_models(folder)
    say(f"Trained {model.name} in {time.monotonic() - began:.0f} s.")
    return model


def _why(model: Path) -> str:
    if any(model.parent.glob(f"{_PREFIX}*.tar.gz")):
        return "What the model learns from has changed: training it anew."
    return "There is no model yet: training one for the first time (a minute or two)."


def _remove_old_models(folder: Path) -> None:
    models = folder.glob(f"{_PREFIX}*.tar.gz")
    newest_first = sorted(models, key=lambda file: file.stat().st_mtime, reverse=True)
    # What was released stays, and what was in force before, so that one can go back.
    needed = {
        json.loads(release.read_text("utf-8"))[which]
        for release in folder.glob("release-*.json")
        for which in ("model", "previous")
    }
    for model in newest_first[_MODELS_KEPT:]:
        if model.name not in needed:
            model.unlink()
