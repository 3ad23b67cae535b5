"""Signing in by a real OpenID provider, Canaille, through the form that it shows."""

import dataclasses
import html
import json
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from browsers import browser_of, csrf_token
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.console.app import LINKS, create_console
from bot.settings import PROJECT_DIR, Settings
from bot.staff.audit import Audit, Filter
from bot.staff.settings import StaffSettings, read_staff_settings
from bot.store import ConversationStore
from trials.processes import free_port

PYTHON = PROJECT_DIR / ".venv-provider" / "bin" / "python"
SCRIPT = Path(__file__).parent / "provider" / "serve.py"
CONSOLE = "http://127.0.0.1:5006"
# As in that script.
CLIENT, SECRET = "staff-console", "not-a-secret-outside-the-tests"
PASSWORD = "fjell-og-fjord-i-regn"
ADMINISTRATOR = StaffSettings().people[-1]


class Provider:
    """The provider, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        assert PYTHON.exists(), "there is no .venv-provider: run make test"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [PYTHON, SCRIPT, str(port), CONSOLE, folder / "provider.db"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._await("ready")

    def put(self, login: str, groups: Sequence[str]) -> None:
        """Put somebody into groups, and out of all others."""
        assert self._process.stdin
        print(json.dumps([login, groups]), file=self._process.stdin, flush=True)
        self._await("done")

    def stop(self) -> None:
        """End it."""
        self._process.communicate(timeout=30)

    def _await(self, line: str) -> None:
        assert self._process.stdout
        assert self._process.stdout.readline().strip() == line


@dataclasses.dataclass
class Browser:
    """Somebody's browser, with the cookies of the console and of the provider."""

    console: FlaskClient
    provider: requests.Session = dataclasses.field(default_factory=requests.Session)

    def to_form(self, wanted: str = "") -> requests.Response:
        """Follow the link of the console to the form that asks who somebody is."""
        self.console.get("/sign-in", query_string={"next": wanted} if wanted else {})
        sent = self.console.get("/sign-in/provider")
        assert sent.status_code == 302, sent.text
        return self.provider.get(sent.location)

    def fill_in(
        self, login: str, password: str = PASSWORD, wanted: str = ""
    ) -> requests.Response:
        """Fill in the two forms; return the last page or redirection."""
        name = self.to_form(wanted)
        asked = self._send(name, login=login)
        return self._send(asked, password=password)

    def sign_in(self, login: str, wanted: str = "") -> TestResponse:
        """Sign in, and come back to the console."""
        return self.come_back(self.fill_in(login, wanted=wanted))

    def come_back(self, answer: requests.Response) -> TestResponse:
        """Follow the provider's redirections until they lead to the console."""
        while not answer.headers.get("Location", "").startswith(CONSOLE):
            assert answer.is_redirect, answer.text
            answer = self.provider.get(
                requests.compat.urljoin(answer.url, answer.headers["Location"]),
                allow_redirects=False,
            )
        # Somebody's tokens of one second are the same, and Canaille keeps none twice.
        time.sleep(1.01 - time.time() % 1)
        return self.console.get(answer.headers["Location"].removeprefix(CONSOLE))

    def _send(self, page: requests.Response, **fields: str) -> requests.Response:
        """Send the form of a page, with what stands in it and some fields filled in."""
        inputs = re.findall(r"<input[^>]*>", page.text)
        found = {}
        for each in inputs:
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', each))
            if attributes.get("type") == "hidden":
                found[attributes["name"]] = html.unescape(attributes.get("value", ""))
        answer = self.provider.post(
            page.url, data={**found, **fields}, allow_redirects=False
        )
        if answer.is_redirect and "/auth/" in answer.headers["Location"]:
            return self.provider.get(
                requests.compat.urljoin(answer.url, answer.headers["Location"])
            )
        return answer


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    running = Provider(tmp_path_factory.mktemp("provider"))
    yield running
    running.stop()


def settings_for(issuer: str) -> StaffSettings:
    return read_staff_settings(
        {
            "HELSE_OIDC_ISSUER": issuer,
            "HELSE_OIDC_CLIENT": CLIENT,
            "HELSE_OIDC_SECRET": SECRET,
            "HELSE_OIDC_ROLES": "groups: Support=handler Web team=editor IT=admin",
            "HELSE_OIDC_SCOPES": "openid profile groups",
        }
    )


@pytest.fixture
def staff(provider: Provider) -> StaffSettings:
    return settings_for(provider.url)


@pytest.fixture
def browser(console: Flask) -> Browser:
    return Browser(browser_of(console))


@pytest.fixture
def audit(store: ConversationStore) -> Audit:
    return Audit(store.engine)


def shown_roles(browser: Browser) -> set[str]:
    page = browser.console.get("/", follow_redirects=True).text
    return set(re.findall(r'<span class="tag">(\w+)</span>', page))


@pytest.mark.parametrize(
    ("login", "role"),
    [("kari", "Saksbehandler"), ("ola", "Redaktør"), ("anne", "Administrator")],
)
def test_a_group_at_the_provider_gives_its_role(
    browser: Browser, login: str, role: str
) -> None:
    answer = browser.sign_in(login)
    assert (answer.status_code, answer.location) == (303, "/")
    assert shown_roles(browser) == {role}


def test_who_signed_in_stands_in_the_log_by_name_and_identifier(
    browser: Browser, audit: Audit
) -> None:
    browser.sign_in("ola")
    [entry], _ = audit.entries(Filter(), 10)
    assert (entry.person, entry.name) == ("oidc:ola", "Ola Berg")
    assert (entry.action, entry.roles) == ("signed_in", ("editor",))


def test_the_page_that_was_wanted_is_opened(browser: Browser) -> None:
    assert browser.sign_in("anne", wanted="/audit/?action=refused").location == (
        "/audit/?action=refused"
    )


def test_somebody_without_a_role_is_told_whom_to_ask(
    browser: Browser, audit: Audit
) -> None:
    answer = browser.sign_in("nils")
    assert answer.status_code == 403
    assert "Spør den som administrerer brukere" in answer.text
    assert browser.console.get("/").location == "/sign-in"
    [entry], _ = audit.entries(Filter(), 10)
    assert (entry.person, entry.action) == ("oidc:nils", "refused")


def test_an_administrator_who_would_see_texts_is_let_in_as_neither(
    browser: Browser,
) -> None:
    answer = browser.sign_in("bodil")
    assert answer.status_code == 403
    assert "Rollene dine kan ikke brukes sammen" in answer.text
    assert browser.console.get("/").location == "/sign-in"


def test_a_wrong_password_leads_nowhere(browser: Browser) -> None:
    answer = browser.fill_in("kari", password="feil-passord-igjen")
    assert not answer.is_redirect
    assert browser.console.get("/").location == "/sign-in"


def test_a_new_role_holds_from_the_next_time_that_somebody_signs_in(
    console: Flask, browser: Browser, provider: Provider
) -> None:
    browser.sign_in("kari")
    try:
        provider.put("kari", ["Web team"])
        assert shown_roles(browser) == {"Saksbehandler"}
        again = Browser(browser_of(console))
        again.sign_in("kari")
        assert shown_roles(again) == {"Redaktør"}
    finally:
        provider.put("kari", ["Support"])


def test_the_way_back_works_once(browser: Browser) -> None:
    answer = browser.fill_in("kari")
    came: list[str] = []
    get = browser.console.get

    def noted(address: str, **given: object) -> TestResponse:
        came.append(address)
        return get(address, **given)

    browser.console.get = noted  # type: ignore[method-assign]
    assert browser.come_back(answer).status_code == 303
    again = get(came[0])
    assert again.status_code == 400
    assert "Du ble ikke logget inn" in again.text


def test_the_way_back_of_somebody_else_signs_nobody_in(
    console: Flask, browser: Browser
) -> None:
    """As when a page gets people to open the end of a sign-in that it began itself."""
    answer = browser.fill_in("kari")
    victim = Browser(browser_of(console), browser.provider)
    assert victim.come_back(answer).status_code == 400
    assert victim.console.get("/").location == "/sign-in"


@pytest.mark.parametrize("forged", [{"state": "made-up"}, {"state": ""}, {}])
def test_a_forged_state_signs_nobody_in(
    browser: Browser, forged: dict[str, str]
) -> None:
    browser.to_form()
    answer = browser.console.get("/sign-in/done", query_string={"code": "x", **forged})
    assert answer.status_code == 400
    assert browser.console.get("/").location == "/sign-in"


def test_a_made_up_code_signs_nobody_in(browser: Browser) -> None:
    state = parse_qs(urlsplit(browser.console.get("/sign-in/provider").location).query)
    query = urlencode({"code": "made-up", "state": state["state"][0]})
    assert browser.console.get(f"/sign-in/done?{query}").status_code == 400


def test_the_provider_is_asked_with_pkce_state_and_nonce(browser: Browser) -> None:
    way = urlsplit(browser.console.get("/sign-in/provider").location)
    asked = parse_qs(way.query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert {"code_challenge", "state", "nonce"} <= set(asked)
    assert asked["redirect_uri"] == [f"{CONSOLE}/sign-in/done"]


def test_signing_out_ends_both_sessions(browser: Browser, audit: Audit) -> None:
    browser.sign_in("anne")
    page = "/settings/"
    token = csrf_token(browser.console, page)
    out = browser.console.post("/sign-out", data={"csrf_token": token})
    assert out.status_code == 303
    assert urlsplit(out.location).path.endswith("/end_session")
    back = browser.come_back(browser.provider.get(out.location, allow_redirects=False))
    assert "Du er logget ut" in back.text
    assert browser.console.get(page).status_code == 303
    # The provider asks who it is, rather than sending somebody back at once.
    assert 'name="login"' in browser.to_form().text
    assert [entry.action for entry in audit.entries(Filter(), 2)[0]] == [
        "signed_out",
        "signed_in",
    ]


def test_a_provider_that_is_down_is_told_without_a_trace(
    settings: Settings, store: ConversationStore
) -> None:
    staff = settings_for(f"http://127.0.0.1:{free_port()}")
    answer = browser_of(create_console(settings, staff, store)).get("/sign-in/provider")
    assert answer.status_code == 502
    assert "Innloggingen svarer ikke" in answer.text
    assert "Traceback" not in answer.text


def test_a_link_signs_nobody_in_where_there_is_a_provider(console: Flask) -> None:
    assert browser_of(console).get("/sign-in/anything").status_code == 404


def test_a_session_of_a_link_does_not_count_where_there_is_a_provider(
    console: Flask, settings: Settings, store: ConversationStore
) -> None:
    local = create_console(settings, read_staff_settings({}), store)
    before, after = browser_of(local), browser_of(console)
    link = f"/sign-in/{local.extensions[LINKS].token_for(ADMINISTRATOR)}"
    before.post(link, data={"csrf_token": csrf_token(before, link)})
    assert before.get("/settings/").status_code == 200
    cookie = before.get_cookie("staff", domain="127.0.0.1")
    assert cookie
    after.set_cookie("staff", cookie.value, domain="127.0.0.1")
    assert after.get("/settings/").location.startswith("/sign-in")
