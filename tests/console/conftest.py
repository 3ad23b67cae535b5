"""A console of its own for each test, and browsers in which somebody is signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import PEOPLE, SignIn, browser_of, csrf_token, new_link
from crowds import crowded
from flask import Flask
from flask.testing import FlaskClient

from bot.console.app import create_console
from bot.hours import hours_of
from bot.settings import Settings
from bot.staff.people import Role
from bot.staff.settings import StaffSettings, read_staff_settings
from bot.store import ConversationStore


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The assistant's settings, with a store of the test's own, and always open."""
    hours = hours_of("man-søn,helligdag 00:00-24:00")
    return Settings(store=tmp_path / "conversations.db", cases=True, hours=hours)


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
    """Signs somebody in, in a browser of their own."""

    def signed_in(*roles: Role, name: str = "") -> FlaskClient:
        person = next(
            it
            for it in staff.people
            if it.name == name or (not name and it.roles == frozenset(roles))
        )
        browser = browser_of(console)
        link = new_link(console, person)
        answer = browser.post(link, data={"csrf_token": csrf_token(browser, link)})
        assert answer.status_code == 303, answer.text
        return browser

    return signed_in


@pytest.fixture(scope="session")
def many_conversations(
    model: None,  # noqa: ARG001 - the conversations are held with it
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ConversationStore]:
    """A store with 50,000 made-up conversations, for all that is to be quick."""
    folder = tmp_path_factory.mktemp("crowd")
    store = crowded(folder)
    yield store
    store.engine.dispose()
    # It is too large to be kept.
    for file in folder.iterdir():
        file.unlink()
