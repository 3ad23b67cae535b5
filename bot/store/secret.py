"""The secret that this installation signs with: a setting, or a file of its own."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from bot.environment import SHORTEST_SECRET
from bot.errors import ConfigError
from bot.settings import Settings
from bot.store.engines import keep_to_the_owner


def secret_of(settings: Settings) -> str:
    """Return the secret of the settings, or the one kept beside the store.

    Raises:
        ConfigError: The file beside the store holds no secret.
    """
    return settings.secret or _kept_secret(settings.store.parent / "secret")


def _kept_secret(file: Path) -> str:
    """Return the secret in a file, which is made, for its owner alone, at first.

    Raises:
        ConfigError: The file holds no secret.
    """
    try:
        secret = _made_or_read(file)
    except (OSError, UnicodeError) as error:
        raise ConfigError(
            "HELSE_SECRET", f"{file} cannot be read ({error}); delete it, or set one"
        ) from error
    if len(secret) < SHORTEST_SECRET:
        raise ConfigError(
            "HELSE_SECRET", f"{file} holds no secret; delete it to have one made"
        )
    return secret


def _made_or_read(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        keep_to_the_owner(file)
    else:
        # Written whole before it has its name; whoever is first gives it.
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as new:
            new.write(secrets.token_hex(32))
            new.flush()
            with contextlib.suppress(FileExistsError):
                os.link(new.name, file)
    return file.read_text("ascii")
