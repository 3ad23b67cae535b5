"""Reads single values of settings from the environment, and refuses them by name."""

import datetime
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from limits import parse_many as parse_rates

from bot.errors import ConfigError
from bot.hours import Hours, days_of, hours_of
from bot.links import address_of

LARGEST_PORT = 65535
SHORTEST_SECRET = 16
_WEB_PAGE = re.compile(r"https?://[^\s/?#@\"<>]+(?:[/?#][^\s\"<>]*)?")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")


def whole_number(
    env: Mapping[str, str], name: str, default: int, most: int, least: int = 1
) -> int:
    """Return a whole number.

    Raises:
        ConfigError: It is none, or too small or too large.
    """
    written = env.get(name) or str(default)
    if not written.isdecimal() or not least <= int(written) <= most:
        raise ConfigError(
            name,
            f"'{written}' is not a whole number from {least} to {most}; correct it",
        )
    return int(written)


def telephone(env: Mapping[str, str], name: str, default: str) -> str:
    """Return a telephone number.

    Raises:
        ConfigError: It is none.
    """
    written = env.get(name) or default
    if not (address_of(written) or "").startswith("tel:"):
        raise ConfigError(
            name, f"'{written}' is no telephone number; write digits, such as {default}"
        )
    return written


def web_page(env: Mapping[str, str], name: str) -> str:
    """Return the address of a web page; empty where none is set.

    Raises:
        ConfigError: It is no such address.
    """
    written = env.get(name) or ""
    if written and not _WEB_PAGE.fullmatch(written):
        raise ConfigError(
            name,
            f"'{written}' is no address of a web page; write it whole, such as "
            "https://www.example.org/page",
        )
    return written


def switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    """Return whether something is switched on.

    Raises:
        ConfigError: It is neither on nor off.
    """
    written = env.get(name) or ("on" if default else "off")
    if written not in ("on", "off"):
        raise ConfigError(name, f"'{written}' is neither on nor off; write one of them")
    return written == "on"


def origins(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return web sites, each as scheme, host and port.

    Raises:
        ConfigError: One is no such.
    """
    written = tuple((env.get(name) or "").split())
    for origin in written:
        if not _ORIGIN.fullmatch(origin):
            raise ConfigError(
                name,
                f"'{origin}' is no origin; write scheme, host and port, such as "
                "https://www.example.org, with blanks between several",
            )
    return written


def address(
    env: Mapping[str, str], name: str, schemes: tuple[str, ...], example: str
) -> str:
    """Return the address of a database, which no error quotes: it holds a password.

    Raises:
        ConfigError: It is no such address.
    """
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


def host_and_port(env: Mapping[str, str], name: str) -> tuple[str, int] | None:
    """Return a host and a port, or None where none is named.

    Raises:
        ConfigError: They are none.
    """
    written = env.get(name) or ""
    if not written:
        return None
    host, _, port = written.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= LARGEST_PORT:
        raise ConfigError(
            name, f"'{written}' is no host and port; write for example 127.0.0.1:9105"
        )
    return host.strip("[]"), int(port)


def secret(env: Mapping[str, str], name: str) -> str:
    """Return a secret; empty where none is set.

    Raises:
        ConfigError: It is too short.
    """
    written = env.get(name) or ""
    if written and len(written) < SHORTEST_SECRET:
        raise ConfigError(
            name, f"it is shorter than {SHORTEST_SECRET} characters; make it longer"
        )
    return written


def rate(env: Mapping[str, str], name: str, default: str) -> str:
    """Return how often something may be done.

    Raises:
        ConfigError: It is no rate.
    """
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


def hours(env: Mapping[str, str], name: str) -> Hours:
    """Return opening hours; none at all where none are written.

    Raises:
        ConfigError: They cannot be read.
    """
    try:
        return hours_of(env.get(name) or "")
    except ValueError as error:
        raise ConfigError(
            name,
            f"{error}; write for example man-tor 09:00-15:00; fre 09:00-14:00",
        ) from error


def days(env: Mapping[str, str], name: str) -> frozenset[datetime.date]:
    """Return single days and times of several.

    Raises:
        ConfigError: They cannot be read.
    """
    try:
        return days_of(env.get(name) or "")
    except ValueError as error:
        raise ConfigError(
            name,
            f"{error}; write dates, such as 2026-12-24 or 2026-12-28..2026-12-31, "
            "with blanks between several",
        ) from error
