"""Every setting, read from the environment; docs/settings.md describes each."""

# Longer than other modules: one setting after the other.

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from limits import parse_many as parse_rates

from bot.errors import ConfigError
from bot.links import address_of

PROJECT_DIR = Path(__file__).resolve().parents[1]
"""Where the code is, and the content that it serves unless `HELSE_CONTENT` says so."""

LogStyle: TypeAlias = Literal["plain", "json"]
"""Faults alone, for people; or each request too, for programs."""

_LOG_STYLES: tuple[LogStyle, ...] = ("plain", "json")
_LARGEST_PORT = 65535
SHORTEST_SECRET = 16
LONGEST_SETTING = 10_000
"""Characters that `HELSE_LONGEST_MESSAGE` may allow at most."""
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
        database: `HELSE_DATABASE`: the PostgreSQL database that keeps them instead,
            which several servers may share.
        redis: `HELSE_REDIS`: the Redis by which several servers take turns and count.
        longest_message: `HELSE_LONGEST_MESSAGE`: characters that are read of a message.
        origins: `HELSE_ORIGINS`: other web sites that may embed the widget.
        secret: `HELSE_SECRET`: signs the tokens of conversations; empty for one of the
            server's own, kept beside the store.
        kept_days: `HELSE_KEPT_DAYS`: days that a conversation is kept.
        rate_conversation: `HELSE_RATE_CONVERSATION`: messages that one conversation may
            send.
        rate_opening: `HELSE_RATE_OPENING`: conversations that one network address may
            open.
        rate_address: `HELSE_RATE_ADDRESS`: requests that one network address may make.
        proxies: `HELSE_PROXIES`: web servers in front of this one.
        rest: `HELSE_REST`: whether Rasa's REST channel is served too.
        workers: `WORKERS`: processes that serve on the port.
        drain: `HELSE_DRAIN`: seconds that a server which is told to stop goes on, while
            it says that it is not ready.
        metrics: `HELSE_METRICS`: host and port of the metrics; None for none.
        log: `HELSE_LOG`: what is logged, and how.
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
    database: str = ""
    redis: str = ""
    kept_days: int = 30
    rate_conversation: str = "20/minute;200/day"
    rate_opening: str = "30/minute;500/day"
    rate_address: str = "300/minute"
    proxies: int = 0
    rest: bool = True
    workers: int = 1
    drain: int = 0
    metrics: tuple[str, int] | None = None
    log: LogStyle = "plain"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings.

    Args:
        environment: Where they are read; the process's environment when left out.

    Raises:
        ConfigError: A value cannot be used; the message names the setting.
    """
    env = os.environ if environment is None else environment
    default = Settings()
    settings = Settings(
        port=_whole_number(env, "PORT", default.port, _LARGEST_PORT),
        host=env.get("HELSE_HOST") or default.host,
        contact=env.get("HELSE_CONTACT") or default.contact,
        operator=env.get("HELSE_OPERATOR") or default.operator,
        emergency=_telephone(env, "HELSE_EMERGENCY", default.emergency),
        out_of_hours=_telephone(env, "HELSE_OUT_OF_HOURS", default.out_of_hours),
        helpline=_telephone(env, "HELSE_HELPLINE", default.helpline),
        store=Path(env.get("HELSE_STORE") or default.store),
        longest_message=_whole_number(
            env, "HELSE_LONGEST_MESSAGE", default.longest_message, LONGEST_SETTING
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
        database=_address(
            env,
            "HELSE_DATABASE",
            ("postgresql://",),
            "postgresql://user:password@host/name",
        ),
        redis=_address(
            env, "HELSE_REDIS", ("redis://", "rediss://"), "redis://host:6379/0"
        ),
        rate_opening=_rate(env, "HELSE_RATE_OPENING", default.rate_opening),
        workers=_whole_number(env, "WORKERS", default.workers, 64),
        drain=_whole_number(env, "HELSE_DRAIN", default.drain, 600, least=0),
        metrics=_metrics(env, "HELSE_METRICS"),
        log=_log_style(env, "HELSE_LOG", default.log),
    )
    _check_sharing(settings)
    return settings


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


def _check_sharing(settings: Settings) -> None:
    """Make sure that servers which share conversations can.

    Raises:
        ConfigError: They cannot.
    """
    if settings.workers > 1 and not settings.database:
        raise ConfigError(
            "WORKERS",
            "several processes need a database that they can share; name one in "
            "HELSE_DATABASE, or serve with one",
        )
    if (settings.database or settings.redis) and not settings.secret:
        raise ConfigError(
            "HELSE_SECRET",
            "servers that share HELSE_DATABASE or HELSE_REDIS need the same secret; "
            "make one with openssl rand -hex 32",
        )


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


def _address(
    env: Mapping[str, str], name: str, schemes: tuple[str, ...], example: str
) -> str:
    """Return the address of a database, which no error quotes: it holds a password."""
    url = env.get(name) or ""
    if url and not (url.startswith(schemes) and _has_plain_host(url)):
        raise ConfigError(
            name, f"it is no such address; write {example}, with % for odd characters"
        )
    return url


def _has_plain_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port != 0 and url.count("@") <= 1
    except ValueError:
        return False


def _metrics(env: Mapping[str, str], name: str) -> tuple[str, int] | None:
    written = env.get(name) or ""
    if not written:
        return None
    host, _, port = written.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= _LARGEST_PORT:
        raise ConfigError(
            name, f"'{written}' is no host and port; write for example 127.0.0.1:9105"
        )
    return host.strip("[]"), int(port)


def _log_style(env: Mapping[str, str], name: str, default: LogStyle) -> LogStyle:
    written = env.get(name) or default
    style = next((it for it in _LOG_STYLES if it == written), None)
    if style is None:
        raise ConfigError(
            name, f"'{written}' is neither plain nor json; write one of them"
        )
    return style


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
