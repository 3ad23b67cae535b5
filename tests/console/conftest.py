"""A console of its own for each test, and browsers in which somebody is signed in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.console.app import LINKS, create_console
from bot.settings import Settings
from bot.staff.people import Role
from bot.staff.settings import StaffSettings, read_staff_settings
from bot.store import ConversationStore

SignIn = Callable[..., FlaskClient]
PEOPLE = (
    "Hanne:handler Halvor:handler Eva:editor Erik:editor Begge:handler+editor Ada:admin"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The assistant's settings, with a store of the test's own."""
    return Settings(store=tmp_path / "conversations.db")


@pytest.fixture
def staff() -> StaffSettings:
    """The console's settings: no provider, and two people of most roles."""
    return read_staff_settings({"HELSE_STAFF": PEOPLE})


@pytest.fixture
def store(settings: Settings) -> Iterator[ConversationStore]:
    """An empty store."""
    opened = ConversationStore.in_file(settings.store)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def console(
    settings: Settings, staff: StaffSettings, store: ConversationStore
) -> Flask:
    """The console. A fault in a page fails the test, rather than being shown."""
    app = create_console(settings, staff, store)
    app.testing = True
    return app


@pytest.fixture
def visitor(console: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return browser_of(console)


@pytest.fixture
def sign_in(console: Flask, staff: StaffSettings) -> SignIn:
    """Returns a browser of its own in which somebody is signed in.

    `sign_in("editor")` is the first with just these roles, `sign_in(name="Erik")` the
    one of that name.
    """

    def signed_in(*roles: Role, name: str = "") -> FlaskClient:
        person = next(
            it
            for it in staff.people
            if it.name == name or (not name and it.roles == frozenset(roles))
        )
        browser = browser_of(console)
        link = f"/sign-in/{console.extensions[LINKS].token_for(person)}"
        answer = browser.post(link, data={"csrf_token": csrf_token(browser, link)})
        assert answer.status_code == 303, answer.text
        return browser

    return signed_in


def browser_of(app: Flask) -> FlaskClient:
    """Return a browser that asks the console by the name it has on this machine."""
    browser = app.test_client()
    browser.environ_base["HTTP_HOST"] = "127.0.0.1:5006"
    return browser


def csrf_token(browser: FlaskClient, path: str) -> str:
    """Return the token that stands in the first form of a page."""
    page = browser.get(path, follow_redirects=True).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, f"{path} has no form"
    return found[1]
