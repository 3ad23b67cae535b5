"""What a provider answers is believed only if it is signed, fresh, and meant for us."""

import base64
import http.server
import json
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import browser_of
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.console.app import create_console
from bot.settings import Settings
from bot.staff.settings import read_staff_settings
from bot.store import ConversationStore

KEY = RSAKey.generate_key(2048, {"kid": "ours", "alg": "RS256", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "ours", "alg": "RS256", "use": "sig"})
CLIENT = "staff-console"


class Provider:
    """A provider that says what it is told to."""

    def __init__(self) -> None:
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.metadata: dict[str, Any] = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        self.token = ""

    def claims(self, nonce: str) -> dict[str, Any]:
        """Return claims that are as they should be."""
        now = int(time.time())
        who = {"sub": "kari", "name": "Kari Li", "groups": ["IT"]}
        mine = {"iss": self.url, "aud": CLIENT, "nonce": nonce}
        return {**who, **mine, "iat": now, "exp": now + 60}

    def _answer(self, path: str) -> Any:
        return {
            "/.well-known/openid-configuration": self.metadata,
            "/keys": {"keys": [KEY.as_dict(private=False)]},
            "/token": {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "id_token": self.token,
            },
        }.get(path, {})

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        answer = self._answer

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = json.dumps(answer(urlsplit(self.path).path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - http.server calls it

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def browser(
    provider: Provider, settings: Settings, store: ConversationStore
) -> FlaskClient:
    staff = read_staff_settings(
        {
            "HELSE_OIDC_ISSUER": provider.url,
            "HELSE_OIDC_CLIENT": CLIENT,
            "HELSE_OIDC_SECRET": "a secret of the tests",
            "HELSE_OIDC_ROLES": "groups: IT=admin",
        }
    )
    return browser_of(create_console(settings, staff, store))


def signed(claims: dict[str, Any], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": "ours"}, claims, key)


def unsigned(claims: dict[str, Any]) -> str:
    def part(value: dict[str, Any]) -> str:
        written = json.dumps(value).encode()
        return base64.urlsafe_b64encode(written).decode().rstrip("=")

    return f"{part({'alg': 'none'})}.{part(claims)}."


def begin(browser: FlaskClient) -> tuple[str, str]:
    """Return the state and the nonce that the console sends to the provider."""
    sent = parse_qs(urlsplit(browser.get("/sign-in/provider").location).query)
    return sent["state"][0], sent["nonce"][0]


def come_back(browser: FlaskClient, state: str) -> int:
    return browser.get(f"/sign-in/done?code=a-code&state={state}").status_code


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/settings/").status_code == 200


def test_what_is_signed_fresh_and_meant_for_the_console_is_believed(
    provider: Provider, browser: FlaskClient
) -> None:
    state, nonce = begin(browser)
    provider.token = signed(provider.claims(nonce))
    assert come_back(browser, state) == 303
    assert is_signed_in(browser)


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another-client"},
        {"iss": "https://id.example.org"},
        {"exp": 1},
        {"iat": 32_503_680_000},
        {"sub": None},
    ],
    ids=lambda lie: "-".join(f"{name}={value}" for name, value in lie.items()),
)
def test_a_claim_that_does_not_fit_signs_nobody_in(
    provider: Provider, browser: FlaskClient, lie: dict[str, Any]
) -> None:
    state, nonce = begin(browser)
    claims = {**provider.claims(nonce), **lie}
    provider.token = signed({name: it for name, it in claims.items() if it is not None})
    assert come_back(browser, state) == 502
    assert not is_signed_in(browser)


def test_an_unsigned_token_signs_nobody_in_though_the_provider_lists_it(
    provider: Provider, browser: FlaskClient
) -> None:
    state, nonce = begin(browser)
    provider.token = unsigned(provider.claims(nonce))
    assert come_back(browser, state) == 502
    assert not is_signed_in(browser)


def test_a_token_of_another_key_signs_nobody_in(
    provider: Provider, browser: FlaskClient
) -> None:
    state, nonce = begin(browser)
    provider.token = signed(provider.claims(nonce), OTHER_KEY)
    assert come_back(browser, state) == 502
    assert not is_signed_in(browser)


def test_no_token_signs_nobody_in(provider: Provider, browser: FlaskClient) -> None:
    state, _ = begin(browser)
    provider.token = ""
    assert come_back(browser, state) == 502
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "wrong",
    [{"issuer": "https://id.example.org"}, {"issuer": None}, {"jwks_uri": ""}],
    ids=str,
)
def test_a_provider_that_describes_itself_wrongly_is_told(
    provider: Provider, browser: FlaskClient, wrong: dict[str, Any]
) -> None:
    provider.metadata |= wrong
    begun = browser.get("/sign-in/provider")
    if begun.status_code == 302:
        state = parse_qs(urlsplit(begun.location).query)
        provider.token = signed(provider.claims(state["nonce"][0]))
        assert come_back(browser, state["state"][0]) == 502
    else:
        assert begun.status_code == 502
    assert not is_signed_in(browser)


def test_where_the_provider_has_no_way_out_signing_out_ends_here(
    provider: Provider, browser: FlaskClient
) -> None:
    state, nonce = begin(browser)
    provider.token = signed(provider.claims(nonce))
    come_back(browser, state)
    page = browser.get("/settings/").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    out = browser.post("/sign-out", data={"csrf_token": token})
    assert (out.status_code, out.location) == (303, "/signed-out")
    assert not is_signed_in(browser)
