"""Signing in and out by an OpenID provider, with authorization code and PKCE."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, redirect, session
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from bot.console.access import let_in, open_to_all
from bot.console.desk import Desk
from bot.console.faults import fault_page
from bot.staff.people import Person, Role, RolesError, roles_of
from bot.staff.settings import Provider, StaffSettings

logger = logging.getLogger(__name__)

BACK = "/sign-in/done"
"""Where the provider sends people after they signed in there."""
OUT = "/signed-out"
"""Where it sends them after they signed out."""

_SECONDS_TO_ANSWER = 10
_STATES = "_state_provider_"
_TOKEN = "id_token"
# A cookie holds 4,096 bytes, and somebody's name and roles need some of them.
_LONGEST_TOKEN = 2500
# Providers list "none" too, by which a token without any signature would pass.
_METHODS = "id_token_signing_alg_values_supported"
_KINDS, _SIZES = ("RS", "PS", "ES"), (256, 384, 512)
_TRUSTED_METHODS = {f"{kind}{size}" for kind in _KINDS for size in _SIZES}
_TRUSTED_METHODS |= {"EdDSA", "Ed25519"}
# What is raised where the answers of a provider make no sense.
_NONSENSE = (AuthlibBaseError, JoseError, KeyError, RuntimeError, TypeError, ValueError)


class OpenId:
    """The provider, as the console speaks with it."""

    def __init__(self, app: Flask, settings: StaffSettings, provider: Provider) -> None:
        """Take where the provider is; it is first asked when somebody signs in.

        Args:
            app: The console.
            settings: The settings of the console.
            provider: The provider.
        """
        self._url = settings.url
        self._provider = provider
        self._client: Any = OAuth(app).register(
            "provider",
            client_id=provider.client,
            client_secret=provider.secret,
            server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": provider.scopes,
                "code_challenge_method": "S256",
                "default_timeout": _SECONDS_TO_ANSWER,
            },
        )

    def begin(self) -> Response:
        """Return the way to the provider's form, and note what must come back."""
        self._read_metadata()
        for name in [name for name in session if name.startswith(_STATES)]:
            del session[name]  # Or a cookie with many would be too long.
        way: Response = self._client.authorize_redirect(f"{self._url}{BACK}")
        return way

    def claims(self) -> tuple[Mapping[str, Any], str]:
        """Return what the provider says of somebody who comes back, and the token.

        State, nonce, signature, issuer, audience and time are looked at by Authlib.

        Raises:
            OAuthError: The provider let nobody in, or nobody was sent there from here.
        """
        self._read_metadata()
        token = self._client.authorize_access_token()
        claims: Mapping[str, Any] = token["userinfo"]
        if not _values(claims, self._provider.claim):
            more = self._client.userinfo(token=token)
            if more["sub"] == claims["sub"]:
                claims = {**more, **claims}
        return claims, str(token["id_token"])

    def person_of(self, claims: Mapping[str, Any]) -> Person:
        """Return who somebody is, with the roles that the settings make of a claim.

        Raises:
            RolesError: They may not be held together.
        """
        subject = str(claims["sub"])
        name = claims.get("name") or claims.get("preferred_username") or subject
        return Person(f"oidc:{subject}", str(name), self._roles(claims))

    def way_out(self, token: str) -> str | None:
        """Return where somebody signs out at the provider, if it has such a place."""
        self._read_metadata()
        if not self._client.server_metadata.get("end_session_endpoint"):
            return None
        way: str = self._client.create_logout_url(
            post_logout_redirect_uri=f"{self._url}{OUT}",
            id_token_hint=token,
            client_id=self._provider.client,
        )["url"]
        return way

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        meanings = self._provider.meanings
        values = _values(claims, self._provider.claim)
        return roles_of(meanings[value] for value in values if value in meanings)

    def _read_metadata(self) -> None:
        metadata = self._client.load_server_metadata()
        if str(metadata["issuer"]).rstrip("/") != self._provider.issuer:
            raise ValueError("the provider calls itself by another name")
        listed = metadata.get(_METHODS) or ["RS256"]
        metadata[_METHODS] = [name for name in listed if name in _TRUSTED_METHODS]


def _values(claims: Mapping[str, Any], name: str) -> Iterable[str]:
    """Return the values of a claim, also of one in another: `realm_access.roles`."""
    found: Any = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(map(str, found)) if isinstance(found, list) else ()


def blueprint(desk: Desk, provider: OpenId) -> Blueprint:
    """Return the way to the provider and back."""
    pages = Blueprint("provider", __name__)

    @pages.get("/sign-in/provider")
    @open_to_all
    def begin() -> Response | tuple[str, int]:
        try:
            return provider.begin()
        except requests.RequestException:
            return _no_answer()
        except _NONSENSE:
            return _nonsense()

    @pages.get(BACK)
    @open_to_all
    def done() -> Response | tuple[str, int]:
        try:
            claims, token = provider.claims()
            somebody = provider.person_of(claims)
        except RolesError:
            return fault_page("mixed_roles", 403)
        except OAuthError as error:
            kind = type(error).__name__
            logger.warning("The provider let nobody in: %s", kind)
            return fault_page("not_let_in", 400)
        except requests.RequestException:
            return _no_answer()
        except _NONSENSE:
            return _nonsense()
        if not somebody.roles:
            desk.audit.note(somebody, "refused", "sign-in")
            return fault_page("no_role", 403)
        desk.audit.note(somebody, "signed_in")
        way = let_in(somebody)
        session[_TOKEN] = token if len(token) <= _LONGEST_TOKEN else ""
        return way

    return pages


def way_out(provider: OpenId) -> Response | None:
    """Return the way to where somebody signs out at the provider too, if any."""
    try:
        address = provider.way_out(session.get(_TOKEN, ""))
    except (requests.RequestException, *_NONSENSE):
        return None  # Here they are signed out all the same.
    return redirect(address, 303) if address else None


def _no_answer() -> tuple[str, int]:
    logger.exception("The provider of HELSE_OIDC_ISSUER does not answer as it should")
    return fault_page("provider", 502)


def _nonsense() -> tuple[str, int]:
    logger.exception("The provider of HELSE_OIDC_ISSUER gives a wrong answer")
    return fault_page("provider", 502)
