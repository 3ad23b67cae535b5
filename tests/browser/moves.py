"""Moves that the browser tests make on the page, by the names that people read."""

import re

from playwright.sync_api import Locator, Page, expect

FIELD = "Skriv et spørsmål"


def field(page: Page) -> Locator:
    """Return the text field."""
    return page.get_by_role("textbox", name=FIELD)


def log(page: Page) -> Locator:
    """Return what was said."""
    return page.get_by_role("log")


def replies(page: Page) -> Locator:
    """Return the replies, oldest first."""
    return page.locator("helse-assistent .message.robot .text")


def ask(page: Page, text: str) -> Locator:
    """Ask a question and return its reply, once it has come."""
    number = replies(page).count()
    field(page).fill(text)
    field(page).press("Enter")
    reply = replies(page).nth(number)
    expect(reply).not_to_be_empty()
    return reply


def show_sources(page: Page) -> Locator:
    """Open the newest reply's sources, if they are folded, and return their buttons."""
    newest = page.locator("helse-assistent .message.robot").last
    folded = newest.locator("summary")
    if folded.count():
        folded.click()
    return newest.get_by_role(
        "button", name=re.compile("^Vis i kunngj(øringen|eringa)")
    )


def choose_in_menu(page: Page, name: str) -> None:
    """Open the menu and choose something in it."""
    page.get_by_role("button", name="Meny", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
