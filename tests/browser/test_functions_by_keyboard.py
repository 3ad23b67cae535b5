"""Each function of the chat, used from the keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .browsers import saved
from .conftest import OpenPage
from .controls import go_to
from .moves import SEND, field, log, replies


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The page with the chat, where nothing has the focus yet."""
    page = open_page()
    expect(field(page)).to_be_visible()
    return page


def press(page: Page, target: Locator) -> None:
    """Go to something by Tab, and press Enter."""
    go_to(target)
    page.keyboard.press("Enter")


def named(page: Page, name: str) -> Locator:
    """Return the last button of that name."""
    return page.get_by_role("button", name=name, exact=True).last


def in_menu(page: Page, name: str) -> None:
    """Open the menu and press something in it."""
    press(page, named(page, "Meny"))
    press(page, named(page, name))


def say(page: Page, text: str) -> None:
    """Write something and send it, and wait for the reply."""
    number = replies(page).count()
    go_to(field(page))
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(number + 1)


def test_a_starter_and_a_suggestion_are_asked(page: Page) -> None:
    press(page, named(page, "Hvem fikk penger?"))
    expect(replies(page)).to_have_count(1)
    offered = page.get_by_role("group", name="Forslag til spørsmål")
    press(page, offered.get_by_role("button").first)
    expect(replies(page)).to_have_count(2)


def test_the_button_beside_the_field_sends(page: Page) -> None:
    go_to(field(page))
    page.keyboard.type("Hvem fikk penger?")
    press(page, named(page, "Send"))
    expect(replies(page)).to_contain_text("Tromsø")


def test_a_reply_is_rated_with_a_comment(page: Page) -> None:
    say(page, "Hvem fikk penger?")
    thumb = named(page, "Svaret hjalp ikke")
    press(page, thumb)
    expect(thumb).to_have_attribute("aria-pressed", "true")
    go_to(page.get_by_role("textbox", name=re.compile("Vil du si mer")))
    page.keyboard.type("For kort")
    press(page, named(page, "Send kommentaren"))
    expect(page.get_by_text("Takk for tilbakemeldingen").first).to_be_attached()
    expect(named(page, "Send kommentaren")).to_be_hidden()


def test_a_comment_is_given_up(page: Page) -> None:
    say(page, "Hvem fikk penger?")
    press(page, named(page, "Svaret hjalp"))
    expect(named(page, "Send kommentaren")).to_be_visible()
    press(page, named(page, "Avbryt"))
    expect(named(page, "Send kommentaren")).to_be_hidden()


def test_a_reply_is_copied(page: Page) -> None:
    say(page, "Hvem fikk penger?")
    press(page, named(page, "Kopier svaret"))
    expect(page.get_by_text("Svaret er kopiert.").first).to_be_attached()


def test_text_size_and_language_are_chosen(page: Page) -> None:
    in_menu(page, "Størst")
    expect(named(page, "Størst")).to_have_attribute("aria-pressed", "true")
    press(page, named(page, "Nynorsk"))
    expect(page.get_by_role("textbox", name="Skriv eit spørsmål")).to_be_visible()


def test_a_conversation_is_saved(page: Page) -> None:
    say(page, "Hvem fikk penger?")
    _, text = saved(page, lambda: in_menu(page, "Lagre samtalen"))
    assert "Hvem fikk penger?" in text


@pytest.mark.parametrize("action", ["Start på nytt", "Slett samtalen"])
def test_a_conversation_is_ended_or_kept(page: Page, action: str) -> None:
    say(page, "Hvem fikk penger?")
    in_menu(page, action)
    press(page, named(page, "Avbryt"))
    expect(field(page)).to_be_visible()
    expect(replies(page)).to_have_count(1)
    in_menu(page, action)
    press(page, named(page, action))
    expect(replies(page)).to_have_count(0)


@pytest.mark.parametrize("action", ["Prøv igjen", "Fjern"])
def test_a_message_that_was_not_sent_is_sent_again_or_removed(
    open_page: OpenPage, page: Page, action: str
) -> None:
    page.route(SEND, lambda route: route.abort())
    go_to(field(page))
    page.keyboard.type("Hvem fikk penger?")
    page.keyboard.press("Enter")
    expect(named(page, action)).to_be_visible()
    page.unroute(SEND)
    press(page, named(page, action))
    expect(page.get_by_text("Ikke sendt")).to_have_count(0)
    if action == "Fjern":
        expect(log(page)).not_to_contain_text("Hvem fikk penger?")
    else:
        expect(replies(page)).to_contain_text("Tromsø")
    open_page.faults.clear()
