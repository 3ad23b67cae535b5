"""Every setting, read from the environment; docs/settings.md describes each."""

# Longer than other modules: one setting after the other.

import dataclasses
import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from bot.environment import (
    LARGEST_PORT,
    address,
    days,
    host_and_port,
    hours,
    origins,
    rate,
    secret,
    switch,
    telephone,
    web_page,
    whole_number,
)
from bot.errors import ConfigError
from bot.hours import NEVER, Hours

PROJECT_DIR = Path(__file__).resolve().parents[1]
"""Where the code is, and the content that it serves unless `HELSE_CONTENT` says so."""

LogStyle: TypeAlias = Literal["plain", "json"]
"""Faults alone, for people; or each request too, for programs."""

_LOG_STYLES: tuple[LogStyle, ...] = ("plain", "json")
LONGEST_SETTING = 10_000
"""Characters that `HELSE_LONGEST_MESSAGE` may allow at most."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """The settings of one server.

    Attributes:
        port: `PORT`: the TCP port that is listened on.
        host: `HELSE_HOST`: the address that is listened on.
        contact: `HELSE_CONTACT`: where somebody who wants a human being can turn; empty
            for what the content says.
        operator: `HELSE_OPERATOR`: who runs the service; empty when that is not said.
        privacy_contact: `HELSE_PRIVACY_CONTACT`: where somebody can ask about privacy;
            empty for the contact.
        privacy_url: `HELSE_PRIVACY_URL`: the operator's own privacy statement; empty
            when there is none.
        accessibility_url: `HELSE_ACCESSIBILITY_URL`: the operator's official
            accessibility statement; empty when there is none.
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
        audit_days: `HELSE_AUDIT_DAYS`: days that it is kept who of the staff saw or
            changed what.
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
        cases: `HELSE_CASES`: whether people can reach the staff in the chat.
        hours: `HELSE_HOURS`: when the staff answer there, but for public holidays.
        closed_days: `HELSE_CLOSED_DAYS`: days on which they do not either.
        case_wait: `HELSE_CASE_WAIT`: minutes after which a case that nobody has taken
            becomes a message.
        case_idle: `HELSE_CASE_IDLE`: minutes without a word after which a case that
            somebody answers is closed.
        staff_names: `HELSE_STAFF_NAMES`: whether people are told the name of who
            answers them.
        rate_cases: `HELSE_RATE_CASES`: cases that one network address may open.
    """

    port: int = 5005
    host: str = "127.0.0.1"
    contact: str = ""
    operator: str = ""
    privacy_contact: str = ""
    privacy_url: str = ""
    accessibility_url: str = ""
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
    audit_days: int = 365
    rate_conversation: str = "20/minute;200/day"
    rate_opening: str = "30/minute;500/day"
    rate_address: str = "300/minute"
    proxies: int = 0
    rest: bool = True
    workers: int = 1
    drain: int = 0
    metrics: tuple[str, int] | None = None
    log: LogStyle = "plain"
    cases: bool = False
    hours: Hours = NEVER
    closed_days: frozenset[datetime.date] = frozenset()
    case_wait: int = 10
    case_idle: int = 20
    staff_names: bool = False
    rate_cases: str = "20/hour;60/day"


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
        port=whole_number(env, "PORT", default.port, LARGEST_PORT),
        host=env.get("HELSE_HOST") or default.host,
        contact=env.get("HELSE_CONTACT") or default.contact,
        operator=env.get("HELSE_OPERATOR") or default.operator,
        privacy_contact=env.get("HELSE_PRIVACY_CONTACT") or default.privacy_contact,
        privacy_url=web_page(env, "HELSE_PRIVACY_URL"),
        accessibility_url=web_page(env, "HELSE_ACCESSIBILITY_URL"),
        emergency=telephone(env, "HELSE_EMERGENCY", default.emergency),
        out_of_hours=telephone(env, "HELSE_OUT_OF_HOURS", default.out_of_hours),
        helpline=telephone(env, "HELSE_HELPLINE", default.helpline),
        store=Path(env.get("HELSE_STORE") or default.store),
        longest_message=whole_number(
            env, "HELSE_LONGEST_MESSAGE", default.longest_message, LONGEST_SETTING
        ),
        origins=origins(env, "HELSE_ORIGINS"),
        secret=secret(env, "HELSE_SECRET"),
        kept_days=whole_number(env, "HELSE_KEPT_DAYS", default.kept_days, 3650),
        audit_days=whole_number(env, "HELSE_AUDIT_DAYS", default.audit_days, 3650),
        rate_conversation=rate(
            env, "HELSE_RATE_CONVERSATION", default.rate_conversation
        ),
        rate_address=rate(env, "HELSE_RATE_ADDRESS", default.rate_address),
        proxies=whole_number(env, "HELSE_PROXIES", default.proxies, 10, least=0),
        rest=switch(env, "HELSE_REST", default.rest),
        database=address(
            env,
            "HELSE_DATABASE",
            ("postgresql://",),
            "postgresql://user:password@host/name",
        ),
        redis=address(
            env, "HELSE_REDIS", ("redis://", "rediss://"), "redis://host:6379/0"
        ),
        rate_opening=rate(env, "HELSE_RATE_OPENING", default.rate_opening),
        workers=whole_number(env, "WORKERS", default.workers, 64),
        drain=whole_number(env, "HELSE_DRAIN", default.drain, 600, least=0),
        metrics=host_and_port(env, "HELSE_METRICS"),
        log=_log_style(env, "HELSE_LOG", default.log),
        cases=switch(env, "HELSE_CASES", default.cases),
        hours=hours(env, "HELSE_HOURS"),
        closed_days=days(env, "HELSE_CLOSED_DAYS"),
        case_wait=whole_number(env, "HELSE_CASE_WAIT", default.case_wait, 24 * 60),
        case_idle=whole_number(env, "HELSE_CASE_IDLE", default.case_idle, 24 * 60),
        staff_names=switch(env, "HELSE_STAFF_NAMES", default.staff_names),
        rate_cases=rate(env, "HELSE_RATE_CASES", default.rate_cases),
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


def _log_style(env: Mapping[str, str], name: str, default: LogStyle) -> LogStyle:
    written = env.get(name) or default
    style = next((it for it in _LOG_STYLES if it == written), None)
    if style is None:
        raise ConfigError(
            name, f"'{written}' is neither plain nor json; write one of them"
        )
    return style
