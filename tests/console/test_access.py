"""Who may open what: every view of the console, by every role."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from browsers import SignIn, csrf_token, new_link
from flask import Flask
from flask.testing import FlaskClient

from bot.console.access import open_to_all
from bot.staff.audit import Audit, Filter
from bot.staff.people import ROLES, Role
from bot.store import ConversationStore

ALL, TEXTS = frozenset(ROLES), frozenset({"handler", "editor"})
HANDLER, EDITOR = frozenset({"handler"}), frozenset({"editor"})
ADMIN = frozenset({"admin"})
# Who may open the views of each page.
PAGES = {
    "cases": HANDLER,
    "drafts": TEXTS,
    "given": TEXTS,
    "review": EDITOR,
    "proposals": EDITOR,
    "conversations": EDITOR,
    "figures": ALL,
    "audit": ADMIN,
    "settings": ADMIN,
}
# Views that differ from the others of their page.
VIEWS: dict[str, frozenset[Role]] = {
    # Of handlers, those alone to whom it was given: tests of the page itself.
    "conversations.one": TEXTS,
}
OPEN = {"entry", "provider"}
ANYTHING = {"int": 1, "default": "x", "string": "x", "path": "x", "uuid": "0" * 32}
WRITES = ("POST", "PUT", "PATCH", "DELETE")
# A page that there is not, which has the form that signs out.
SOME_PAGE = "/no-such-page"


class Call(NamedTuple):
    endpoint: str
    method: str
    path: str
    needed: frozenset[Role]


def calls(app: Flask) -> Iterator[Call]:
    """Yield every way to call every view, with who may."""
    for rule in app.url_map.iter_rules():
        page = rule.endpoint.split(".")[0]
        if page in OPEN:
            continue
        needed = VIEWS.get(rule.endpoint) or PAGES[page]
        kinds = {
            name: type(it).__name__.removesuffix("Converter").lower()
            for name, it in rule._converters.items()
        }
        values = {
            name: ANYTHING.get({"integer": "int", "unicode": "string"}.get(kind, kind))
            for name, kind in kinds.items()
        }
        _, path = rule.build(values) or ("", "")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Call(rule.endpoint, method, path, needed)


@pytest.fixture
def called(console: Flask) -> list[str]:
    """The views that were called; they do nothing but stand in it."""
    noted: list[str] = []

    def stand_in(endpoint: str, view: Any) -> Any:
        def note(**_: object) -> str:
            noted.append(endpoint)
            return "opened"

        note.__dict__.update(view.__dict__)
        return note

    for call in calls(console):
        view = console.view_functions[call.endpoint]
        console.view_functions[call.endpoint] = stand_in(call.endpoint, view)
    return noted


@pytest.mark.parametrize("role", ROLES)
def test_a_view_opens_to_those_whose_role_it_needs_and_to_no_others(
    console: Flask, sign_in: SignIn, called: list[str], role: Role
) -> None:
    browser = sign_in(role)
    token = csrf_token(browser, SOME_PAGE)
    wrong = []
    for call in calls(console):
        answer = browser.open(
            call.path, method=call.method, headers={"X-CSRFToken": token}
        )
        opened = (answer.status_code, answer.text) == (200, "opened")
        refused = answer.status_code == 403
        if opened != (role in call.needed) or opened == refused:
            wrong.append((call, answer.status_code))
    assert not wrong
    expected = {call.endpoint for call in calls(console) if role in call.needed}
    assert set(called) == expected


def test_nothing_opens_to_somebody_who_is_not_signed_in(
    console: Flask, visitor: FlaskClient, called: list[str]
) -> None:
    token = csrf_token(visitor, new_link(console))
    wrong = []
    for call in calls(console):
        answer = visitor.open(
            call.path, method=call.method, headers={"X-CSRFToken": token}
        )
        led = answer.status_code == 303 and answer.location.startswith("/sign-in?next=")
        if not (answer.status_code == 401 if call.method in WRITES else led):
            wrong.append((call, answer.status_code))
    assert not wrong
    assert not called


def test_no_form_is_taken_without_its_token(
    console: Flask, sign_in: SignIn, called: list[str]
) -> None:
    browsers = {role: sign_in(role) for role in ROLES}
    wrong = []
    for call in calls(console):
        if call.method in WRITES:
            browser = browsers[min(call.needed)]
            for headers in ({}, {"X-CSRFToken": "made-up"}):
                answer = browser.open(call.path, method=call.method, headers=headers)
                if answer.status_code != 400:
                    wrong.append(call)
    assert not wrong
    assert not called
    for browser in browsers.values():
        assert browser.post("/sign-out").status_code == 400


def test_the_token_of_somebody_else_is_not_taken(sign_in: SignIn) -> None:
    mine, others = sign_in(name="Eva"), sign_in(name="Erik")
    token = csrf_token(others, SOME_PAGE)
    assert mine.post("/sign-out", data={"csrf_token": token}).status_code == 400


def test_a_view_that_does_not_say_who_may_open_it_is_closed(
    console: Flask, sign_in: SignIn
) -> None:
    console.add_url_rule("/forgotten", "forgotten", lambda: "opened")
    assert sign_in("editor").get("/forgotten").status_code == 403


def test_every_open_view_is_one_that_must_be(console: Flask) -> None:
    is_open = open_to_all(lambda: "").__dict__
    found = {
        endpoint
        for endpoint, view in console.view_functions.items()
        if view.__dict__.items() >= is_open.items()
    }
    assert found == {
        "entry.index",
        "entry.sign_in_page",
        "entry.sign_out",
        "entry.signed_out",
        "entry.file_of_the_page",
        "entry.file_of_the_console",
        "entry.ask_to_sign_in",
        "entry.use_link",
    }


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_leads_to_what_a_role_opens_and_only_there(
    console: Flask, sign_in: SignIn, role: Role
) -> None:
    page = sign_in(role).get(SOME_PAGE).text
    for call in calls(console):
        if call.endpoint.endswith(".index"):
            shown = f'href="{call.path}"' in page.split("<main")[0]
            assert shown == (role in call.needed), call.endpoint


@pytest.mark.parametrize("role", ROLES)
def test_the_first_page_of_a_role_opens(sign_in: SignIn, role: Role) -> None:
    answer = sign_in(role).get("/")
    assert answer.status_code == 303
    assert answer.location != "/sign-in"


def test_a_refusal_is_told_plainly_and_noted(
    sign_in: SignIn, store: ConversationStore
) -> None:
    answer = sign_in(name="Eva").get("/audit/")
    assert answer.status_code == 403
    assert "Rollen din gir ikke tilgang til denne siden." in answer.text
    [entry], _ = Audit(store.engine).entries(Filter(action="refused"), 5)
    assert (entry.name, entry.roles, entry.subject) == (
        "Eva",
        ("editor",),
        "audit.index",
    )
