"""Every setting, read from the environment; docs/settings.md describes each."""

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path

from limits import parse_many as parse_rates

from bot.errors import ConfigError
from bot.links import address_of

PROJECT_DIR = Path(__file__).resolve().parents[1]
"""Where the code is, and the content that it serves unless `HELSE_CONTENT` says so."""

_LARGEST_PORT = 65535
SHORTEST_SECRET = 16
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


@dataclasses.dataclass(frozen=True)
class Settings:
    """The settings of one server.

    Attributes:
        port: `PORT`: the TCP port that is listened on.
        host: `HELSE_HOST`: the address that is listened on.
        contact: `HELSE_CONTACT`: where somebody who wants a human being can turn; empty
            for what the content says.
        operator: `HELSE_OPERATOR`: who runs the service; empty when that is not said.
        emergency: `HELSE_EMERGENCY`: the number to ring when a life is in danger.
        out_of_hours: `HELSE_OUT_OF_HOURS`: the number for medical help that cannot
            wait.
        helpline: `HELSE_HELPLINE`: the number for somebody who needs to talk.
        store: `HELSE_STORE`: the SQLite file that keeps the conversations.
        longest_message: `HELSE_LONGEST_MESSAGE`: characters that are read of a message.
        origins: `HELSE_ORIGINS`: other web sites that may embed the widget.
        secret: `HELSE_SECRET`: signs the tokens of conversations; empty for one of the
            server's own, kept beside the store.
        kept_days: `HELSE_KEPT_DAYS`: days that a conversation is kept.
        rate_conversation: `HELSE_RATE_CONVERSATION`: messages that one conversation may
            send.
        rate_address: `HELSE_RATE_ADDRESS`: requests that one network address may make.
        proxies: `HELSE_PROXIES`: web servers in front of this one.
        rest: `HELSE_REST`: whether Rasa's REST channel is served too.
    """

    port: int = 5005
    host: str = "127.0.0.1"
    contact: str = ""
    operator: str = ""
    emergency: str = "113"
    out_of_hours: str = "116 117"
    helpline: str = "116 123"
    store: Path = PROJECT_DIR / "var" / "conversations.db"
    longest_message: int = 1000
    origins: tuple[str, ...] = ()
    secret: str = ""
    kept_days: int = 30
    rate_conversation: str = "20/minute;200/day"
    rate_address: str = "300/minute"
    proxies: int = 0
    rest: bool = True


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
        operator=env.get("HELSE_OPERATOR") or default.operator,
        emergency=_telephone(env, "HELSE_EMERGENCY", default.emergency),
        out_of_hours=_telephone(env, "HELSE_OUT_OF_HOURS", default.out_of_hours),
        helpline=_telephone(env, "HELSE_HELPLINE", default.helpline),
        store=Path(env.get("HELSE_STORE") or default.store),
        longest_message=_whole_number(
            env, "HELSE_LONGEST_MESSAGE", default.longest_message, 10_000
        ),
        origins=_origins(env, "HELSE_ORIGINS"),
        secret=_secret(env, "HELSE_SECRET"),
        kept_days=_whole_number(env, "HELSE_KEPT_DAYS", default.kept_days, 3650),
        rate_conversation=_rate(
            env, "HELSE_RATE_CONVERSATION", default.rate_conversation
        ),
        rate_address=_rate(env, "HELSE_RATE_ADDRESS", default.rate_address),
        proxies=_whole_number(env, "HELSE_PROXIES", default.proxies, 10, least=0),
        rest=_switch(env, "HELSE_REST", default.rest),
    )


def content_dir(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the content in force: `knowledge/`, `data/`, `domain.yml`.

    It is that of the setting `HELSE_CONTENT`, or the project's own.

    Raises:
        ConfigError: There is no content in it.
    """
    env = os.environ if environment is None else environment
    folder = Path(env.get("HELSE_CONTENT") or PROJECT_DIR).resolve()
    for needed in ("knowledge", "data", "domain.yml"):
        if not (folder / needed).exists():
            raise ConfigError(
                "HELSE_CONTENT", f"{folder} has no {needed}; name a folder of content"
            )
    return folder


def _whole_number(
    env: Mapping[str, str], name: str, default: int, most: int, least: int = 1
) -> int:
    written = env.get(name) or str(default)
    if not written.isdecimal() or not least <= int(written) <= most:
        raise ConfigError(
            name,
            f"'{written}' is not a whole number from {least} to {most}; correct it",
        )
    return int(written)


def _telephone(env: Mapping[str, str], name: str, default: str) -> str:
    written = env.get(name) or default
    if not (address_of(written) or "").startswith("tel:"):
        raise ConfigError(
            name, f"'{written}' is no telephone number; write digits, such as {default}"
        )
    return written


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    written = env.get(name) or ("on" if default else "off")
    if written not in ("on", "off"):
        raise ConfigError(name, f"'{written}' is neither on nor off; write one of them")
    return written == "on"


def _origins(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    origins = tuple((env.get(name) or "").split())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ConfigError(
                name,
                f"'{origin}' is no origin; write scheme, host and port, such as "
                "https://www.example.org, with blanks between several",
            )
    return origins


def _secret(env: Mapping[str, str], name: str) -> str:
    secret = env.get(name) or ""
    if secret and len(secret) < SHORTEST_SECRET:
        raise ConfigError(
            name, f"it is shorter than {SHORTEST_SECRET} characters; make it longer"
        )
    return secret


def _rate(env: Mapping[str, str], name: str, default: str) -> str:
    written = env.get(name) or default
    try:
        parse_rates(written)
    except ValueError as error:
        raise ConfigError(
            name,
            f"'{written}' is no rate; write for example 20/minute, or "
            "20/minute;200/hour",
        ) from error
    return written
