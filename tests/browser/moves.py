"""Moves that the browser tests make on the page, by the names that people read."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

FIELD = "Skriv et spørsmål"
SEND = "**/api/conversation/messages"


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


def turn(message: dict[str, str], **reply: Any) -> dict[str, Any]:
    """Return a turn of the API: a message, and a reply that holds what is given."""
    plain = {
        "text": "Svar",
        "buttons": [],
        "kind": "smalltalk",
        "language": "nb",
        "facts": [],
        "sources": [],
        "intent": "greet",
        "confidence": 1.0,
    }
    return {
        "id": message["id"],
        "time": "2019-01-10T12:00:00+00:00",
        "text": message.get("text", "Knapp"),
        "reply": {**plain, **reply},
        "feedback": None,
    }


def answer_with(page: Page, **reply: Any) -> list[dict[str, str]]:
    """Let each message get a certain reply, and return the messages as they come."""
    messages: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        messages.append(route.request.post_data_json)
        route.fulfill(json=turn(messages[-1], **reply))

    page.unroute(SEND)
    page.route(SEND, answer)
    return messages


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
