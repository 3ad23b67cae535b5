"""When something goes wrong, the person is told what to do, and nothing is lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect
from rest_client import Server

from trials.processes import free_port

from .browsers import body_of, fetch, new_context
from .conftest import OpenPage
from .moves import SEND, ask, choose_in_menu, field, log, replies

# What the widget sends a message again after by itself, and how often it does.
AWAY = {
    "not stored": (503, "not_stored"),
    "not ready": (503, "not_ready"),
    "proxy without server": (502, ""),
    "proxy with a stopped server": (503, ""),
    "proxy with a slow server": (504, ""),
}
MOST_TRIES = 5


def refuse(status: int, code: str, **more: int) -> Callable[[Route], None]:
    """Return a handler that answers with an error of the API."""
    body = {"error": {"code": code, "message": "for developers", **more}}

    def answer(route: Route) -> None:
        route.fulfill(
            status=status, content_type="application/json", body=json.dumps(body)
        )

    return answer


def be_away(status: int, code: str) -> Callable[[Route], None]:
    """Return a handler that answers as a server, or a proxy, of which one waits."""
    if code:
        return refuse(status, code, retry_after=1)
    return lambda route: route.fulfill(
        status=status, content_type="text/html", body="<h1>Gateway</h1>"
    )


def fail(
    page: Page, answer: Callable[[Route], None], times: int | None = None
) -> list[dict[str, Any]]:
    """Answer each message so, and return the messages as they come."""
    tries: list[dict[str, Any]] = []

    def note(route: Route) -> None:
        tries.append(body_of(route))
        answer(route)

    page.route(SEND, note, times=times)
    return tries


def pass_time(page: Page, is_over: Callable[[], bool]) -> None:
    """Let the page's clock run fast until something has come about."""
    for _ in range(400):
        if is_over():
            return
        page.clock.fast_forward(200)
        page.wait_for_timeout(10)
    raise AssertionError("it does not come about")


def ask_in_vain(page: Page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")
    expect(page.get_by_text("Ikke sendt")).to_be_visible()
    expect(log(page)).to_contain_text(text)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda route: route.abort(), "Jeg får ikke kontakt med serveren"),
        (refuse(500, "no_answer"), "Noe gikk galt"),
    ],
    ids=["gone", "failing"],
)
def test_a_message_that_was_not_sent_is_kept_and_sent_again(
    open_page: OpenPage,
    shoot: Callable[[Page, str], None],
    answer: Callable[[Route], None],
    said: str,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger i Bergen?")
    page.route(SEND, answer)
    ask_in_vain(page, "og i Tromsø?")
    expect(page.get_by_text(said)).to_be_visible()
    retry = page.get_by_role("button", name="Prøv igjen")
    expect(retry).to_be_in_viewport(ratio=1)
    shoot(page, "widget-not-sent")
    page.unroute(SEND)
    retry.click()
    expect(replies(page).nth(1)).to_contain_text("Norinnova")
    expect(page.get_by_text("Ikke sendt")).to_have_count(0)
    open_page.faults.clear()  # The browser reports each failed request.


def test_a_message_that_was_not_sent_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    page.route(SEND, lambda route: route.abort())
    ask_in_vain(page, "Hvem fikk penger?")
    page.unroute(SEND)
    page.reload()
    expect(log(page)).to_contain_text("Hvem fikk penger?")
    page.get_by_role("button", name="Prøv igjen").click()
    expect(replies(page)).to_contain_text("Tromsø")
    open_page.faults.clear()


def test_a_message_whose_reply_was_lost_is_not_said_twice(open_page: OpenPage) -> None:
    page = open_page()

    def lose_the_reply(route: Route) -> None:
        fetch(route)
        route.abort()

    page.route(SEND, lose_the_reply)
    ask_in_vain(page, "Hvem fikk penger?")
    page.unroute(SEND)
    page.get_by_role("button", name="Prøv igjen").click()
    expect(replies(page)).to_have_count(1)
    page.reload()
    expect(replies(page)).to_have_count(1)
    open_page.faults.clear()


@pytest.mark.parametrize(("status", "code"), AWAY.values(), ids=AWAY)
def test_a_message_is_sent_again_by_itself_while_the_server_is_away(
    open_page: OpenPage, status: int, code: str
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger i Bergen?")
    page.clock.install()
    tries = fail(page, be_away(status, code), times=2)
    field(page).fill("og i Tromsø?")
    field(page).press("Enter")
    pass_time(page, lambda: replies(page).count() == 2)
    expect(replies(page).nth(1)).to_contain_text("Norinnova")
    expect(page.get_by_text("Ikke sendt")).to_have_count(0)
    assert len(tries) == 2
    assert tries[0] == tries[1]
    page.reload()
    expect(replies(page)).to_have_count(2)
    open_page.faults.clear()


def test_a_message_is_not_sent_again_before_the_time_that_the_server_names(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hei")
    page.clock.install()
    tries = fail(page, refuse(503, "not_stored", retry_after=6))
    field(page).fill("Hvem fikk penger?")
    with page.expect_response(SEND):
        field(page).press("Enter")
    page.wait_for_timeout(200)
    page.clock.fast_forward(5_000)
    page.wait_for_timeout(200)
    assert len(tries) == 1
    page.clock.fast_forward(1_500)
    pass_time(page, lambda: len(tries) == 2)
    open_page.faults.clear()


@pytest.mark.parametrize(("status", "code"), [(503, "not_stored"), (502, "")])
def test_whoever_has_waited_in_vain_is_told_and_can_send_again(
    open_page: OpenPage,
    shoot: Callable[[Page, str], None],
    status: int,
    code: str,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger i Bergen?")
    page.clock.install()
    tries = fail(page, be_away(status, code))
    field(page).fill("og i Tromsø?")
    field(page).press("Enter")
    slow = page.get_by_text("Det tar lengre tid enn vanlig")
    pass_time(page, lambda: slow.count() == 1)
    told = page.get_by_text("Ikke sendt. Tjenesten er ikke klar akkurat nå.")
    pass_time(page, lambda: told.count() == 1)
    assert len(tries) == MOST_TRIES
    assert len({message["id"] for message in tries}) == 1
    expect(log(page)).to_contain_text("og i Tromsø?")
    retry = page.get_by_role("button", name="Prøv igjen")
    expect(retry).to_be_in_viewport(ratio=1)
    expect(retry).to_be_enabled()
    shoot(page, "widget-away")
    page.unroute(SEND)
    retry.click()
    expect(replies(page).nth(1)).to_contain_text("Norinnova")
    page.reload()
    expect(replies(page)).to_have_count(2)
    open_page.faults.clear()


def test_a_message_whose_reply_a_proxy_lost_is_not_said_twice(
    open_page: OpenPage,
) -> None:
    page = open_page()

    def lose_the_reply(route: Route) -> None:
        fetch(route)
        route.fulfill(status=504, content_type="text/html", body="<h1>Late</h1>")

    fail(page, lose_the_reply, times=1)
    ask(page, "Hvem fikk penger?")
    page.reload()
    expect(replies(page)).to_have_count(1)
    open_page.faults.clear()


@pytest.mark.parametrize(
    ("choice", "sure"),
    [
        ("Slett samtalen", "Slett samtalen"),
        ("Start på nytt", "Start på nytt"),
    ],
)
def test_what_waits_for_the_server_is_not_said_after_the_conversation(
    open_page: OpenPage, choice: str, sure: str
) -> None:
    page = open_page()
    ask(page, "Hei")
    page.clock.install()
    tries = fail(page, refuse(503, "not_stored", retry_after=1))
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    pass_time(page, lambda: len(tries) == 2)
    choose_in_menu(page, choice)
    page.get_by_role("button", name=sure, exact=True).last.click()
    expect(replies(page)).to_have_count(0)
    expect(log(page)).to_be_empty()
    page.unroute(SEND)
    page.clock.fast_forward(60_000)
    ask(page, "Hva er en inkubator?")
    page.reload()
    expect(replies(page)).to_have_count(1)
    open_page.faults.clear()


def test_too_many_messages_are_told_how_long_to_wait(open_page: OpenPage) -> None:
    page = open_page()
    page.route(SEND, refuse(429, "rate_limited", retry_after=2))
    ask_in_vain(page, "Hvem fikk penger?")
    expect(page.get_by_text("Vent 2 sekunder")).to_be_visible()
    retry = page.get_by_role("button", name="Prøv igjen")
    expect(retry).to_be_disabled()
    page.unroute(SEND)
    expect(retry).to_be_enabled()
    retry.click()
    expect(replies(page)).to_contain_text("Tromsø")
    open_page.faults.clear()


def test_a_conversation_that_has_run_out_goes_on_in_a_new_one(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hei")
    page.route(SEND, refuse(401, "session_expired"), times=1)
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    expect(replies(page).last).to_contain_text("Tromsø")
    expect(page.get_by_text("Den forrige samtalen er utløpt")).to_be_visible()
    open_page.faults.clear()


def test_a_slow_reply_is_said_to_be_slow(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    held: list[Route] = []
    page.route(SEND, lambda route: held.append(route))
    field(page).fill("Hvem fikk penger?")
    with page.expect_request(SEND):
        field(page).press("Enter")
    expect(page.get_by_text("Roboten skriver")).to_be_attached()
    page.clock.fast_forward(9_000)
    expect(page.get_by_text("Det tar lengre tid enn vanlig")).to_be_visible()
    page.clock.fast_forward(25_000)
    expect(page.get_by_text("Serveren brukte for lang tid")).to_be_visible()
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()
    open_page.faults.clear()


@pytest.mark.needs("offline")
def test_a_person_without_network_is_told_so(open_page: OpenPage, context) -> None:
    page = open_page()
    ask(page, "Hei")
    context.set_offline(True)
    expect(page.get_by_text("Du er ikke på nett").first).to_be_visible()
    ask_in_vain(page, "Hvem fikk penger?")
    context.set_offline(False)
    page.get_by_role("button", name="Prøv igjen").click()
    expect(replies(page).last).to_contain_text("Tromsø")
    open_page.faults.clear()


def test_a_server_that_cannot_be_reached_at_first_is_tried_again(
    open_page: OpenPage,
) -> None:
    page = open_page("/?lang=nb")
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    retry = page.get_by_role("button", name="Prøv igjen")
    expect(page.get_by_text("Jeg får ikke kontakt med serveren").first).to_be_visible()
    page.unroute("**/api/**")
    retry.first.click()
    expect(page.get_by_role("button", name="Hvem fikk penger?")).to_be_visible()
    expect(ask(page, "Hvem fikk penger?")).to_contain_text("Tromsø")
    open_page.faults.clear()


def test_blocked_storage_costs_no_more_than_the_memory(
    open_page: OpenPage, context
) -> None:
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", {
          get() { throw new DOMException("blocked", "SecurityError"); },
        });"""
    )
    page = open_page()
    ask(page, "Hvem fikk penger i Bergen?")
    expect(ask(page, "og i Tromsø?")).to_contain_text("Norinnova")


@pytest.mark.usefixtures("model")
def test_a_conversation_goes_on_after_the_server_was_restarted(
    browser: Browser, tmp_path: Path
) -> None:
    port, store = free_port(), tmp_path / "conversations.db"
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()
    server = Server(tmp_path, store, port)
    try:
        page.goto(server.url)
        ask(page, "Hvem fikk penger i Bergen?")
    finally:
        server.stop()
    ask_in_vain(page, "og i Tromsø?")
    server = Server(tmp_path, store, port)
    try:
        page.get_by_role("button", name="Prøv igjen").click()
        expect(replies(page).nth(1)).to_contain_text("Norinnova")
        page.reload()
        expect(replies(page)).to_have_count(2)
    finally:
        server.stop()
        context.close()


@pytest.mark.usefixtures("model")
def test_a_restart_behind_a_proxy_costs_no_more_than_a_wait(
    browser: Browser, tmp_path: Path
) -> None:
    port, store = free_port(), tmp_path / "conversations.db"
    context = new_context(browser)
    page = context.new_page()
    tries: list[str] = []

    def as_a_proxy(route: Route) -> None:
        tries.append(body_of(route)["id"])
        try:
            route.fulfill(response=fetch(route))
        except Error:  # Nothing listens.
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad</h1>")

    server = Server(tmp_path, store, port)
    try:
        page.goto(server.url)
        ask(page, "Hvem fikk penger i Bergen?")
    finally:
        server.stop()
    page.route(SEND, as_a_proxy)
    field(page).fill("og i Tromsø?")
    with page.expect_response(SEND):
        field(page).press("Enter")
    server = Server(tmp_path, store, port)
    try:
        expect(replies(page).nth(1)).to_contain_text("Norinnova", timeout=30_000)
        expect(page.get_by_text("Ikke sendt")).to_have_count(0)
        assert len(tries) > 1
        assert len(set(tries)) == 1
        page.reload()
        expect(replies(page)).to_have_count(2)
    finally:
        server.stop()
        context.close()


@pytest.mark.needs("no scripts")
def test_without_javascript_the_page_shows_the_text_and_the_contact(
    browser: Browser, server: Server, shoot: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vil løfte")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("JavaScript er slått av")
    expect(page.get_by_role("link", name="siva.no").first).to_be_visible()
    shoot(page, "page-without-javascript")
    context.close()


def test_the_page_is_of_use_when_the_widget_cannot_be_fetched(
    open_page: OpenPage, context
) -> None:
    context.route("**/widget/**", lambda route: route.abort())
    page = open_page()
    expect(page.get_by_role("link", name="siva.no").first).to_be_visible()
    expect(page.locator("article")).to_contain_text("helsekonsortium")
    open_page.faults.clear()
