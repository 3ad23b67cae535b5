"""Links that sign in once, and sessions that end."""

import time
from collections.abc import Callable

import pytest
from browsers import SignIn, browser_of, csrf_token, new_link
from flask import Flask
from flask.testing import FlaskClient

from bot.console import access
from bot.console.app import LINKS, create_console
from bot.settings import Settings
from bot.staff.audit import Audit, Filter
from bot.staff.links import MINUTES, Links, person_named
from bot.staff.people import local_person
from bot.staff.settings import StaffSettings, read_staff_settings
from bot.store import ConversationStore, secret_of

Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves the clock on by so many seconds."""

    def move(seconds: float) -> None:
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + seconds)

    return move


def use(browser: FlaskClient, link: str) -> int:
    """Press the button of a link's page; return the status of what comes."""
    page = browser.get(link)
    if page.status_code != 200:
        return page.status_code
    token = csrf_token(browser, link)
    return browser.post(link, data={"csrf_token": token}).status_code


def add_form(console: Flask) -> None:
    """Add a view that a form is sent to."""
    view = access.needs("admin")(lambda: "taken")
    console.add_url_rule("/text", "text", view, methods=["POST"])


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/sign-in").status_code == 303


def test_a_link_signs_in_once(console: Flask) -> None:
    link = new_link(console)
    first, second = browser_of(console), browser_of(console)
    assert use(first, link) == 303
    assert is_signed_in(first)
    assert use(second, link) == 410
    assert not is_signed_in(second)


def test_two_who_press_at_once_do_not_both_get_in(console: Flask) -> None:
    link = new_link(console)
    browsers = [browser_of(console), browser_of(console)]
    tokens = [csrf_token(browser, link) for browser in browsers]
    answers = [
        browser.post(link, data={"csrf_token": token}).status_code
        for browser, token in zip(browsers, tokens, strict=True)
    ]
    assert answers == [303, 410]


def test_to_look_at_a_link_does_not_use_it(console: Flask) -> None:
    link = new_link(console)
    for _ in range(3):
        seen = browser_of(console).get(link)
        assert seen.status_code == 200
        assert "Logg inn som Hanne" in seen.text
        assert browser_of(console).head(link).status_code == 200
    assert use(browser_of(console), link) == 303


def test_a_used_link_stays_used_after_a_restart(
    console: Flask, settings: Settings, staff: StaffSettings, store: ConversationStore
) -> None:
    link = new_link(console)
    assert use(browser_of(console), link) == 303
    assert use(browser_of(create_console(settings, staff, store)), link) == 410


def test_an_unused_link_holds_for_an_hour(console: Flask, later: Later) -> None:
    link, other = new_link(console), new_link(console)
    later(MINUTES * 60 - 5)
    assert use(browser_of(console), link) == 303
    later(10)
    assert use(browser_of(console), other) == 410


def test_a_forged_link_signs_nobody_in(console: Flask) -> None:
    payload, moment, signature = new_link(console).split("/")[-1].split(".")
    _, _, other = new_link(console).split("/")[-1].split(".")
    for forged in (
        "made-up",
        payload,
        f"{payload}.{moment}",
        f"{payload}.{moment}.{other}",
        f"e{payload}.{moment}.{signature}",
    ):
        assert use(browser_of(console), f"/sign-in/{forged}") == 410
    assert use(browser_of(console), f"/sign-in/{payload}.{moment}.{signature}") == 303


def test_a_link_of_another_installation_signs_nobody_in(
    console: Flask, staff: StaffSettings, store: ConversationStore
) -> None:
    others = Links("another secret of sixteen", staff.people, Audit(store.engine))
    token = others.token_for(staff.people[0])
    assert use(browser_of(console), f"/sign-in/{token}") == 410


def test_a_link_to_somebody_who_has_left_signs_nobody_in(
    console: Flask, settings: Settings, store: ConversationStore
) -> None:
    links = Links(secret_of(settings), [], Audit(store.engine))
    token = links.token_for(local_person("Gone", {"editor"}))
    assert use(browser_of(console), f"/sign-in/{token}") == 410


def test_the_page_that_was_wanted_is_opened(console: Flask) -> None:
    browser = browser_of(console)
    sent = browser.get("/audit/?action=refused")
    assert sent.location == "/sign-in?next=/audit/?action%3Drefused"
    browser.get(sent.location)
    link = new_link(console)
    token = csrf_token(browser, link)
    answer = browser.post(link, data={"csrf_token": token})
    assert answer.location == "/audit/?action=refused"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "evil.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_to_another_site(console: Flask, wanted: str) -> None:
    browser = browser_of(console)
    browser.get("/sign-in", query_string={"next": wanted})
    link = new_link(console)
    token = csrf_token(browser, link)
    assert browser.post(link, data={"csrf_token": token}).location == "/"


def test_a_session_ends_after_eight_hours(sign_in: SignIn, later: Later) -> None:
    browser = sign_in("admin")
    later(access.HOURS_SIGNED_IN * 3600 - 60)
    assert browser.get("/settings/").status_code == 200
    later(120)
    assert browser.get("/settings/").location.startswith("/sign-in")


def test_looking_around_does_not_lengthen_a_session(
    sign_in: SignIn, later: Later
) -> None:
    browser = sign_in("admin")
    for _ in range(7):
        later(3600)
        assert browser.get("/settings/").status_code == 200
    later(3600)
    assert browser.get("/settings/").status_code == 303


def test_signing_out_ends_a_session_and_is_noted(
    sign_in: SignIn, store: ConversationStore
) -> None:
    browser = sign_in(name="Eva")
    token = csrf_token(browser, "/no-such-page")
    answer = browser.post("/sign-out", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/signed-out")
    assert not is_signed_in(browser)
    entries, _ = Audit(store.engine).entries(Filter(), 5)
    assert [(entry.name, entry.action) for entry in entries] == [
        ("Eva", "signed_out"),
        ("Eva", "signed_in"),
    ]


def test_signing_in_forgets_what_the_session_held(console: Flask) -> None:
    browser = browser_of(console)
    with browser.session_transaction(base_url="http://127.0.0.1:5006") as session:
        session["planted"] = "by somebody who used this browser before"
    assert use(browser, new_link(console)) == 303
    with browser.session_transaction(base_url="http://127.0.0.1:5006") as session:
        assert "planted" not in session


def test_a_forged_session_is_none(console: Flask) -> None:
    browser = browser_of(console)
    forged = create_console(
        Settings(secret="a secret of somebody else"),
        StaffSettings(),
        console.extensions["desk"].store,
    )
    other = browser_of(forged)
    assert use(other, new_link(forged)) == 303
    cookie = other.get_cookie("staff", domain="127.0.0.1")
    assert cookie
    browser.set_cookie("staff", cookie.value, domain="127.0.0.1")
    assert not is_signed_in(browser)


def test_who_leaves_the_settings_or_changes_roles_is_out_at_once(
    console: Flask, sign_in: SignIn, settings: Settings, store: ConversationStore
) -> None:
    cookie = sign_in(name="Eva").get_cookie("staff", domain="127.0.0.1")
    assert cookie
    for people in ("Erik:editor", "Eva:handler"):
        staff = read_staff_settings({"HELSE_STAFF": people})
        browser = browser_of(create_console(settings, staff, store))
        browser.set_cookie("staff", cookie.value, domain="127.0.0.1")
        assert not is_signed_in(browser)
    browser = browser_of(console)
    browser.set_cookie("staff", cookie.value, domain="127.0.0.1")
    assert is_signed_in(browser)


def test_what_was_typed_when_the_session_ended_is_not_lost(
    sign_in: SignIn, later: Later, console: Flask
) -> None:
    add_form(console)
    browser = sign_in("admin")
    token = csrf_token(browser, "/settings/")
    typed = "Hei! Hva får <dere> for pengene?\nHilsen Kari"
    later(access.HOURS_SIGNED_IN * 3600)
    answer = browser.post("/text", data={"csrf_token": token, "mail": typed})
    assert answer.status_code == 401
    assert "Økten er slutt" in answer.text
    assert "Hva får &lt;dere&gt; for pengene?\nHilsen Kari</textarea>" in answer.text
    assert token not in answer.text


def test_what_was_typed_into_a_form_that_is_too_old_is_not_lost(
    sign_in: SignIn, console: Flask
) -> None:
    add_form(console)
    browser = sign_in("admin")
    typed = "Hei! Hva får dere for pengene?"
    answer = browser.post("/text", data={"csrf_token": "old", "mail": typed})
    assert answer.status_code == 400
    assert "Siden har vært åpen for lenge" in answer.text
    assert f"{typed}</textarea>" in answer.text


def test_a_link_is_made_for_somebody_by_name_without_a_restart(
    console: Flask, staff: StaffSettings
) -> None:
    person = person_named(staff, "eva")
    token = console.extensions[LINKS].token_for(person)
    assert use(browser_of(console), f"/sign-in/{token}") == 303
