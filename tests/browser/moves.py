"""Moves that the browser tests make on the page, by the names that people read."""

import datetime
import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from rest_client import Server
from web_client import WebClient

from .browsers import body_of
from .conftest import OpenPage

FIELD = "Skriv et spørsmål"
IN_ANNOUNCEMENT = re.compile("Vis i kunngj(øringen|eringa)$")
SEND = "**/api/conversation/messages"
# What fetches the conversation, the latest of it or a page from before.
READ = re.compile(r"/api/conversation(\?.*)?$")
# As many turns as the server returns at a time.
PAGE = 200


def field(page: Page) -> Locator:
    """Return the text field."""
    return page.get_by_role("textbox", name=FIELD)


def log(page: Page) -> Locator:
    """Return what was said."""
    return page.locator("helse-assistent .log")


def heard(page: Page) -> Locator:
    """Return what a screen reader reads aloud by itself."""
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
        messages.append(body_of(route))
        route.fulfill(json=turn(messages[-1], **reply))

    page.unroute(SEND)
    page.route(SEND, answer)
    return messages


def show_sources(page: Page) -> Locator:
    """Return the passages that prove the newest reply, each a link, unfolded."""
    newest = page.locator("helse-assistent .message.robot").last
    more = newest.get_by_role("button", name=re.compile("^Vis (hele|heile) sitatet"))
    if more.count():
        more.click()
    return newest.get_by_role("link", name=IN_ANNOUNCEMENT)


def words_of(passage: Locator) -> str:
    """Return the words of a passage, without marks around them, and without blanks."""
    return without_blanks(passage.locator("[lang=nb]").inner_text()[1:-1])


def without_blanks(text: str) -> str:
    """Return the letters of a text alone: lines are broken in many ways."""
    return "".join(text.split())


def choose_in_menu(page: Page, name: str) -> None:
    """Open the menu and choose something in it."""
    page.get_by_role("button", name="Meny", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()


def remember(page: Page, token: str) -> None:
    """Let the browser hold a conversation that was begun elsewhere."""
    page.evaluate(
        """(token) => localStorage.setItem(
          `helse-assistent:${location.origin}`, JSON.stringify({ token }))""",
        token,
    )
    page.reload()


def hold_long_conversation(context: BrowserContext, length: int) -> None:
    """Let the server have a conversation of so many turns, and return it in pages."""
    begun = datetime.datetime(2019, 1, 10, tzinfo=datetime.timezone.utc)
    turns = [
        {
            **turn(
                {"id": f"message-{number}", "text": f"Spørsmål {number}."},
                kind="answer",
            ),
            "time": (begun + datetime.timedelta(minutes=number)).isoformat(),
        }
        for number in range(length)
    ]

    def read(route: Route) -> None:
        before = re.search(r"\?before=message-(\d+)$", route.request.url)
        until = int(before[1]) if before else length
        since = max(0, until - PAGE)
        route.fulfill(json={"turns": turns[since:until], "earlier": since > 0})

    context.route(READ, read)


def open_long_conversation(open_page: OpenPage, server: Server) -> Page:
    """Open a page that shows the latest of it."""
    page = open_page()
    remember(page, WebClient(server.url).token)
    expect(replies(page)).to_have_count(PAGE)
    return page


def show_earlier(page: Page) -> Locator:
    """Return the button that shows earlier messages."""
    return page.get_by_role("button", name="Vis eldre meldinger")
