"""Every page opens within half a second, with 50,000 conversations in the store."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from browsers import PEOPLE, browser_of, csrf_token, new_link
from crowds import COUNT
from flask import Flask, url_for
from flask.testing import FlaskClient

from bot.console.access import needed_roles
from bot.console.app import create_console
from bot.console.pages import PAGES
from bot.settings import Settings
from bot.staff.settings import read_staff_settings
from bot.store import ConversationStore
from bot.store.tables import EVENTS, MESSAGES

SECONDS = 0.5
_TRIES = 3
_FILTERS: dict[str, tuple[dict[str, str], ...]] = {
    "figures": ({"days": "1"}, {"days": "7"}, {"days": "30"}),
    "review": ({"reason": "unsure"}, {"language": "nn"}, {"topic": "none has it"}),
    "conversations": (
        *({"kind": "answer"}, {"kind": "clarify", "language": "nn"}),
        *({"language": "en"}, {"disliked": "1"}, {"marked": "1"}, {"tests": "1"}),
        {"id": "none has it"},
    ),
    "audit": ({"action": "undid_release"},),
}


@pytest.fixture(scope="module")
def console(many_conversations: ConversationStore) -> Flask:
    """The console on such a store."""
    staff = read_staff_settings({"HELSE_STAFF": PEOPLE})
    settings = Settings(store=Path(str(many_conversations.engine.url.database)))
    app = create_console(settings, staff, many_conversations)
    app.testing = True
    return app


@pytest.fixture(scope="module")
def browsers(console: Flask) -> dict[str, FlaskClient]:
    """A browser for each role, in which somebody of it is signed in."""
    signed_in = {}
    for person in read_staff_settings({"HELSE_STAFF": PEOPLE}).people:
        browser = browser_of(console)
        link = new_link(console, person)
        browser.post(link, data={"csrf_token": csrf_token(browser, link)})
        for role in person.roles:
            signed_in.setdefault(role, browser)
    return signed_in


def addresses(console: Flask) -> Iterator[tuple[str, str]]:
    """Yield the addresses of each page, with a role that may open it."""
    with console.test_request_context():
        for page in PAGES:
            endpoint = f"{page}.index"
            if endpoint not in console.view_functions:
                continue
            role = min(needed_roles(endpoint) or ())
            yield role, url_for(endpoint)
            for asked in _FILTERS.get(page, ()):
                yield role, url_for(endpoint, **asked)


def seconds_for(browser: FlaskClient, address: str) -> float:
    """Return what a page takes a processor; the quickest of some tries.

    It waits for nothing, so that is how long it takes where nothing else runs.
    """
    took = []
    for _ in range(_TRIES):
        began = time.thread_time()
        answer = browser.get(address)
        took.append(time.thread_time() - began)
        assert answer.status_code == 200, address
    return min(took)


def test_so_many_are_there(many_conversations: ConversationStore) -> None:
    with many_conversations.engine.connect() as connection:
        senders = sa.func.count(sa.distinct(MESSAGES.c.sender_id))
        assert connection.execute(sa.select(senders)).scalar() == COUNT
        events = sa.select(sa.func.count()).select_from(EVENTS)
        assert (connection.execute(events).scalar() or 0) > COUNT * 6


def test_every_page_opens_quickly(
    console: Flask, browsers: dict[str, FlaskClient]
) -> None:
    took = {
        address: seconds_for(browsers[role], address)
        for role, address in addresses(console)
    }
    assert len(took) > sum(map(len, _FILTERS.values()))
    assert {it: seconds for it, seconds in took.items() if seconds > SECONDS} == {}
