"""What every response carries, and which requests are not answered at all."""

import flask
import pytest
from browsers import SignIn, browser_of, csrf_token
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from bot.console.app import create_console
from bot.settings import Settings
from bot.staff.settings import read_staff_settings
from bot.store import ConversationStore

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action {}; frame-ancestors 'none'"
)
PUBLIC = "https://staff.example.org"
BY_PROVIDER = {
    "HELSE_STAFF_URL": PUBLIC,
    "HELSE_OIDC_ISSUER": "https://id.example.org/tenant",
    "HELSE_OIDC_CLIENT": "console",
    "HELSE_OIDC_SECRET": "a secret of the tests",
    "HELSE_OIDC_ROLES": "groups: Support=handler",
}


@pytest.fixture
def behind_https(settings: Settings, store: ConversationStore) -> Flask:
    """A console that the staff reach by HTTPS, and sign in to by a provider."""
    return create_console(settings, read_staff_settings(BY_PROVIDER), store)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 303),
        ("/sign-in", 200),
        ("/sign-in/made-up", 410),
        ("/signed-out", 200),
        ("/audit/", 303),
        ("/no-such-page", 404),
        ("/sign-out", 405),
        ("/staff/style.css", 200),
        ("/staff/layout.html", 404),
        ("/staff/..%2Fknowledge%2Ffacts.yml", 404),
        ("/page/page.css", 200),
        ("/page/index.html", 404),
    ],
)
def test_every_response_has_the_headers(
    visitor: FlaskClient, path: str, status: int
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY.format("'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    is_file = path.startswith(("/staff/", "/page/")) and status == 200
    assert headers["Cache-Control"] == ("no-cache" if is_file else "no-store")
    assert "Server" not in headers


def test_signing_out_may_lead_on_to_the_provider_and_nowhere_else(
    behind_https: Flask,
) -> None:
    browser = behind_https.test_client()
    answer = browser.get("/sign-in", base_url=PUBLIC)
    policy = POLICY.format("'self' https://id.example.org")
    assert answer.headers["Content-Security-Policy"] == policy


def test_the_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(
    console: Flask, visitor: FlaskClient, behind_https: Flask
) -> None:
    del console
    visitor.get("/sign-in", query_string={"next": "/audit/"})
    cookie = visitor.get_cookie("staff", domain="127.0.0.1")
    assert cookie
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert not cookie.secure
    by_https = behind_https.test_client()
    answer = by_https.get("/sign-in", query_string={"next": "/"}, base_url=PUBLIC)
    [line] = answer.headers.getlist("Set-Cookie")
    assert line.startswith("__Host-staff=")
    attributes = {part.strip() for part in line.split(";")[1:]}
    assert attributes == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:5006", "[::2]"]
)
def test_a_request_for_another_host_is_not_answered(
    visitor: FlaskClient, host: str
) -> None:
    """A page could have its own name lead to this machine (DNS rebinding)."""
    answer = visitor.get("/sign-in", headers={"Host": host}, base_url=f"http://{host}")
    assert answer.status_code == 421
    assert "Feil adresse" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:5006", "localhost:80", "[::1]:5006"])
def test_this_machine_may_be_called_by_each_of_its_names(
    console: Flask, host: str
) -> None:
    answer = console.test_client().get("/sign-in", base_url=f"http://{host}")
    assert answer.status_code == 200


def test_behind_a_provider_only_the_public_address_is_answered(
    behind_https: Flask,
) -> None:
    browser = behind_https.test_client()
    for address, status in (
        ("https://staff.example.org", 200),
        ("https://127.0.0.1:5006", 421),
        ("https://localhost", 421),
    ):
        assert browser.get("/sign-in", base_url=address).status_code == status


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused(sign_in: SignIn, site: str) -> None:
    browser = sign_in("admin")
    data = {"csrf_token": csrf_token(browser, "/settings/")}
    headers = {"Sec-Fetch-Site": site}
    assert browser.post("/sign-out", data=data, headers=headers).status_code == 403
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert browser.post("/sign-out", data=data, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("referrer", "status"),
    [
        (f"{PUBLIC}/sign-in", 303),
        ("https://evil.example/", 400),
        ("http://staff.example.org/", 400),
        (None, 400),
    ],
)
def test_by_https_a_form_comes_from_a_page_of_the_console(
    behind_https: Flask, referrer: str | None, status: int
) -> None:
    browser = behind_https.test_client()
    with browser.session_transaction(base_url=PUBLIC) as session:
        session["csrf_token"] = "made for the tests"
    with behind_https.test_request_context(base_url=PUBLIC):
        flask.session["csrf_token"] = "made for the tests"
        token = generate_csrf()
    headers = {"Referer": referrer} if referrer else {}
    data = {"csrf_token": token}
    answer = browser.post("/sign-out", data=data, headers=headers, base_url=PUBLIC)
    assert answer.status_code == status


def test_what_is_too_large_is_told(sign_in: SignIn) -> None:
    browser = sign_in("admin")
    answer = browser.post("/sign-out", data={"text": "å" * 300_000})
    assert answer.status_code == 413
    assert "for langt" in answer.text


def test_a_fault_shows_nothing_of_the_code(
    console: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ValueError("words of somebody")

    fail.__dict__["needed_roles"] = frozenset()
    console.add_url_rule("/fails", "fails", fail)
    console.config["PROPAGATE_EXCEPTIONS"] = False
    answer = browser_of(console).get("/fails")
    assert answer.status_code == 500
    assert "Noe gikk galt" in answer.text
    assert "words of somebody" not in answer.text
    assert "Traceback" not in answer.text
    assert [it.message for it in caplog.records] == ["A page could not be shown"]


def test_a_fault_in_a_page_fails_a_test_of_it(console: Flask) -> None:
    def fail() -> str:
        raise ValueError("words of somebody")

    fail.__dict__["needed_roles"] = frozenset()
    console.add_url_rule("/fails", "fails", fail)
    with pytest.raises(ValueError, match="words of somebody"):
        browser_of(console).get("/fails")


@pytest.mark.parametrize(
    "path", ["/proposals/{}", "/review?before={}", "/conversations?before={}"]
)
def test_a_number_that_is_no_id_is_not_found(sign_in: SignIn, path: str) -> None:
    assert sign_in("editor").get(path.format("9" * 30)).status_code == 404
