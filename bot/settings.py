"""Every setting, read from the environment; docs/settings.md describes each."""

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path

from bot.errors import ConfigError

PROJECT_DIR = Path(__file__).resolve().parents[1]
_LARGEST_PORT = 65535


@dataclasses.dataclass(frozen=True)
class Settings:
    """The settings of one server.

    Attributes:
        port: `PORT`: the TCP port that is listened on.
        host: `HELSE_HOST`: the address that is listened on.
        contact: `HELSE_CONTACT`: where somebody who wants a human being can turn.
        store: `HELSE_STORE`: the SQLite file that keeps the conversations.
        longest_message: `HELSE_LONGEST_MESSAGE`: characters that are read of a message.
    """

    port: int = 5005
    host: str = "127.0.0.1"
    contact: str = "regjeringen.no/nfd, siva.no"
    store: Path = PROJECT_DIR / "var" / "conversations.db"
    longest_message: int = 1000


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings.

    Args:
        environment: Where they are read; the process's environment when left out.

    Raises:
        ConfigError: A value cannot be used; the message names the setting.
    """
    env = os.environ if environment is None else environment
    default = Settings()
    return Settings(
        port=_whole_number(env, "PORT", default.port, _LARGEST_PORT),
        host=env.get("HELSE_HOST") or default.host,
        contact=env.get("HELSE_CONTACT") or default.contact,
        store=Path(env.get("HELSE_STORE") or default.store),
        longest_message=_whole_number(
            env, "HELSE_LONGEST_MESSAGE", default.longest_message, 1_000_000
        ),
    )


def _whole_number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    written = env.get(name) or str(default)
    if not written.isdecimal() or not 1 <= int(written) <= most:
        raise ConfigError(
            name, f"'{written}' is not a whole number from 1 to {most}; correct it"
        )
    return int(written)
