"""A reply is shown as it was given: its lines, its links and its buttons."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import OpenPage
from .moves import answer_with, ask, replies, turn

CONTACTS: dict[str, Any] = {
    "kind": "handover",
    "text": "Ring 113. Se siva.no, eller skriv til post@example.org. Siva.no svarer.",
    "links": [
        {"title": "113", "url": "tel:113"},
        {"title": "siva.no", "url": "https://siva.no"},
        {"title": "post@example.org", "url": "mailto:post@example.org"},
        {"title": "Siva.no", "url": "https://siva.no"},
    ],
}
CHOICES: dict[str, Any] = {
    "kind": "clarify",
    "text": "Mener du dette?\n1. Hvem fikk penger?\n2. Hvor mye?\nSvar med et tall.",
    "buttons": [
        {"title": "Hvem fikk penger?", "payload": '/ask_topic{"topic": "a.b"}'},
        {"title": "Hvor mye?", "payload": '/ask_topic{"topic": "a.c"}'},
        {"title": "Noe annet", "payload": "/something_else"},
    ],
}


def links_of(page: Page) -> list[tuple[str, str, str | None]]:
    """Return the text, the address and the target of each link in the replies."""
    return [
        (link.inner_text(), link.get_attribute("href"), link.get_attribute("target"))
        for link in replies(page).get_by_role("link").all()
    ]


def test_the_contacts_in_a_reply_are_links_that_lead_there(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    answer_with(page, **CONTACTS)
    reply = ask(page, "Hvem kan hjelpe?")
    expect(reply).to_have_text(CONTACTS["text"])
    assert links_of(page) == [
        ("113", "tel:113", None),
        ("siva.no", "https://siva.no", "_blank"),
        ("post@example.org", "mailto:post@example.org", None),
        ("Siva.no", "https://siva.no", "_blank"),
    ]
    shoot(page, "widget-links")


def test_a_page_that_a_reply_names_opens_in_a_tab_that_knows_nothing_of_this_one(
    open_page: OpenPage, context: BrowserContext
) -> None:
    context.route(
        "https://siva.no/**",
        lambda route: route.fulfill(body="<p>Siva</p>", content_type="text/html"),
    )
    page = open_page()
    answer_with(page, **CONTACTS)
    link = ask(page, "Hvem kan hjelpe?").get_by_role("link", name="siva.no").first
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_text("Siva")).to_be_visible()
    assert opened.value.url == "https://siva.no/"
    assert opened.value.evaluate("window.opener") is None


def test_a_conversation_that_comes_back_has_its_links_and_older_replies_have_none(
    open_page: OpenPage,
) -> None:
    page = open_page()
    answer_with(page, text="Se siva.no.")
    ask(page, "Hei")
    turns = [
        turn({"id": "older-one", "text": "Hei"}, text="Se siva.no."),
        turn({"id": "newer-one", "text": "Hvem kan hjelpe?"}, **CONTACTS),
    ]
    page.route(
        "**/api/conversation", lambda route: route.fulfill(json={"turns": turns})
    )
    page.reload()
    expect(replies(page)).to_have_text(["Se siva.no.", CONTACTS["text"]])
    expect(replies(page).get_by_role("link")).to_have_count(len(CONTACTS["links"]))


@pytest.mark.parametrize(
    "url",
    ["javascript:document.title='taken'", "data:text/html,hei", "//siva.no", "siva.no"],
)
def test_an_address_of_another_kind_stays_text(open_page: OpenPage, url: str) -> None:
    page = open_page()
    answer_with(page, text="Se siva.no.", links=[{"title": "siva.no", "url": url}])
    expect(ask(page, "Hei")).to_have_text("Se siva.no.")
    assert links_of(page) == []


def test_what_looks_like_markup_in_a_reply_is_text(open_page: OpenPage) -> None:
    page = open_page()
    text = "<b>Se</b> <i>siva.no</i> &amp; ."
    link = {"title": "<i>siva.no</i>", "url": 'https://siva.no/?a="><img src=x>'}
    answer_with(page, text=text, links=[link])
    expect(ask(page, "Hei")).to_have_text(text)
    assert replies(page).locator("b, i, img").count() == 0


def test_a_link_is_reached_by_keyboard_and_shows_its_focus(open_page: OpenPage) -> None:
    page = open_page()
    answer_with(page, **CONTACTS)
    ask(page, "Hvem kan hjelpe?")
    link = replies(page).get_by_role("link").last
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("it => it.matches(':focus')"):
            break
    expect(link).to_be_focused()
    expect(link).to_have_css("outline-style", "solid")
    expect(link).to_have_css("text-decoration-line", "underline")


def test_a_reply_with_links_is_copied_as_it_reads(
    open_page: OpenPage, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page()
    answer_with(page, **CONTACTS)
    ask(page, "Hvem kan hjelpe?")
    page.get_by_role("button", name="Kopier svaret").click()
    expect(page.get_by_text("Svaret er kopiert")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()") == CONTACTS["text"]


def test_the_questions_of_a_reply_that_asks_back_have_a_line_each(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    answer_with(page, **CHOICES)
    reply = ask(page, "penger")
    assert reply.inner_text().splitlines() == CHOICES["text"].splitlines()
    group = page.get_by_role("group", name="Forslag til spørsmål")
    expect(group.get_by_role("button")).to_have_text(
        [button["title"] for button in CHOICES["buttons"]]
    )
    shoot(page, "widget-clarify")


@pytest.mark.parametrize("choice", CHOICES["buttons"], ids=lambda it: it["title"])
def test_a_choice_is_sent_as_its_payload(
    open_page: OpenPage, choice: dict[str, str]
) -> None:
    page = open_page()
    answer_with(page, **CHOICES)
    ask(page, "penger")
    sent = answer_with(page, text="Greit.")
    page.get_by_role("button", name=choice["title"], exact=True).click()
    expect(replies(page).last).to_have_text("Greit.")
    assert [message["button"] for message in sent] == [choice["payload"]]
    assert "text" not in sent[0]
