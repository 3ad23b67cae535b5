"""The settings of the staff console, read like those of `bot/settings.py`."""

import dataclasses
import ipaddress
import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.environment import LARGEST_PORT, whole_number
from bot.errors import ConfigError
from bot.listening import url_at
from bot.staff.people import Person, Role, RolesError, people_of, roles_of

LOCAL_STAFF = (
    "Saksbehandler:handler Redaktør:editor Godkjenner:editor Administrator:admin"
)
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
"""What the machine itself may be called in an address of the console."""

_MEANING = re.compile(r"\s*(?P<value>[^=]*[^=\s])\s*=(?P<role>\S+)(?=\s|$)")
_NO_PROVIDER = (
    "without HELSE_OIDC_ISSUER people sign in by links that are printed here, so no "
    "other machine may reach the console; name a provider, or leave this setting out"
)


@dataclasses.dataclass(frozen=True)
class Provider:
    """The OpenID provider that tells who somebody is.

    Attributes:
        issuer: `HELSE_OIDC_ISSUER`: its address, below which
            `/.well-known/openid-configuration` stands.
        client: `HELSE_OIDC_CLIENT`: what the console is called there.
        secret: `HELSE_OIDC_SECRET`: what the console proves itself by.
        claim: The claim that tells somebody's roles, the first part of
            `HELSE_OIDC_ROLES`.
        meanings: Which values of it mean which role, the rest of that setting.
        scopes: `HELSE_OIDC_SCOPES`: what the console asks for.
    """

    issuer: str
    client: str
    secret: str = dataclasses.field(repr=False)
    claim: str
    meanings: Mapping[str, Role]
    scopes: str = "openid profile"


@dataclasses.dataclass(frozen=True)
class StaffSettings:
    """The settings of the console.

    Attributes:
        port: `STAFF_PORT`: the TCP port that is listened on.
        host: `HELSE_STAFF_HOST`: the address that is listened on.
        url: `HELSE_STAFF_URL`: the address that the staff open, without a slash at its
            end.
        people: `HELSE_STAFF`: who may sign in where no provider is named.
        provider: Who signs people in; None for links that are printed.
    """

    port: int = 5006
    host: str = "127.0.0.1"
    url: str = "http://127.0.0.1:5006"
    people: tuple[Person, ...] = people_of(LOCAL_STAFF)
    provider: Provider | None = None

    @property
    def is_secure(self) -> bool:
        """Whether the staff reach the console by HTTPS."""
        return self.url.startswith("https:")

    @property
    def names(self) -> frozenset[str]:
        """What the console's host may be called; any other name is a forgery."""
        name = urlsplit(self.url).hostname or ""
        return frozenset({name} if self.provider else {name, *LOOPBACK_NAMES})


def read_staff_settings(environment: Mapping[str, str] | None = None) -> StaffSettings:
    """Return the console's settings.

    Args:
        environment: Where they are read; the process's environment when left out.

    Raises:
        ConfigError: A value cannot be used; the message names the setting.
    """
    env = os.environ if environment is None else environment
    default = StaffSettings()
    port = whole_number(env, "STAFF_PORT", default.port, LARGEST_PORT)
    host = env.get("HELSE_STAFF_HOST") or default.host
    url = (env.get("HELSE_STAFF_URL") or "").rstrip("/")
    people = _people(env)
    provider = _provider(env)
    if not provider and not _is_loopback(host):
        raise ConfigError("HELSE_STAFF_HOST", _NO_PROVIDER)
    if url and not provider and not _is_loopback(urlsplit(url).hostname or ""):
        raise ConfigError("HELSE_STAFF_URL", _NO_PROVIDER)
    if not url:
        if not _is_loopback(host):
            raise ConfigError(
                "HELSE_STAFF_URL",
                "it is not set; write the address that the staff open, such as "
                "https://staff.example.org",
            )
        url = url_at(host, port)
    _require_web_address("HELSE_STAFF_URL", url)
    if urlsplit(url).path:
        raise ConfigError("HELSE_STAFF_URL", f"'{url}' has a path; leave it out")
    return StaffSettings(port, host, url, people, provider)


def _people(env: Mapping[str, str]) -> tuple[Person, ...]:
    written = env.get("HELSE_STAFF") or ""
    if written and env.get("HELSE_OIDC_ISSUER"):
        raise ConfigError(
            "HELSE_STAFF",
            "the provider of HELSE_OIDC_ISSUER decides who the staff are; leave it out",
        )
    try:
        return people_of(written or LOCAL_STAFF)
    except RolesError as error:
        raise ConfigError(
            "HELSE_STAFF",
            f"{error}; write for example: Kari:handler Ola:editor Anne:admin",
        ) from error


def _provider(env: Mapping[str, str]) -> Provider | None:
    names = ("ISSUER", "CLIENT", "SECRET", "ROLES")
    given = [env.get(f"HELSE_OIDC_{name}") or "" for name in names]
    scopes = env.get("HELSE_OIDC_SCOPES") or Provider.scopes
    if not any(given):
        return None
    for name, value in zip(names, given, strict=True):
        if not value:
            raise ConfigError(
                f"HELSE_OIDC_{name}",
                "it is not set, though others of HELSE_OIDC_ are; set it too",
            )
    issuer, client, secret, written = given
    _require_web_address("HELSE_OIDC_ISSUER", issuer)
    if "openid" not in scopes.split():
        raise ConfigError("HELSE_OIDC_SCOPES", "openid is not among them; add it")
    claim, meanings = _meanings(written)
    return Provider(issuer.rstrip("/"), client, secret, claim, meanings, scopes)


def _meanings(written: str) -> tuple[str, Mapping[str, Role]]:
    """Return the claim of a text such as `groups: Support=handler Web=editor`."""
    claim, _, rest = written.rpartition(": ")
    meanings: dict[str, Role] = {}
    place = 0
    try:
        for found in _MEANING.finditer(rest):
            if found.start() == place:
                [meanings[found["value"]]] = roles_of({found["role"]})
                place = found.end()
        told = "" if meanings and not rest[place:].strip() else "it cannot be read"
    except RolesError as error:
        told = str(error)
    if told or not claim.strip():
        raise ConfigError(
            "HELSE_OIDC_ROLES",
            f"{told or 'it names no claim'}; write the claim and what its values mean, "
            "for example: groups: Support=handler Web team=editor IT=admin",
        )
    return claim.strip(), meanings


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _require_web_address(name: str, url: str) -> None:
    """Make sure that what is sent to an address cannot be read on its way.

    Raises:
        ConfigError: It is no such address.
    """
    try:
        parts = urlsplit(url)
        is_plain = parts.hostname is not None and parts.port != 0 and "@" not in url
    except ValueError:
        is_plain = False
    if is_plain and not (parts.query or parts.fragment):
        if parts.scheme == "https":
            return
        if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
            return
    raise ConfigError(
        name, f"'{url}' is no such address; write for example https://id.example.org"
    )
