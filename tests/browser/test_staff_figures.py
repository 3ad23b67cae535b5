"""The page of figures in a browser: charts with words, tables, keyboard, phones."""

import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, expect

from bot.store import ConversationStore
from bot.store.tables import MESSAGES

from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

# Plain pages; test_staff_review.py and test_staff_drafts.py try their scripts in both.
pytestmark = pytest.mark.chromium_alone

PHONE = {"width": 320, "height": 640}
HOUR = 60 * 60


def fill(store: ConversationStore) -> None:
    """Hold 40 conversations of three messages; some of it is too small to be shown."""
    told = ("grant.amount", "recipients.list", "pot.amount")
    rows = [
        {
            "event_id": 3 * number + place,
            "sender_id": f"demo-{number}",
            "message_id": str(place),
            "said_at": time.time() - (number % 20) * HOUR - 60 + place,
            "kind": kind,
            "topic": told[number % 3] if kind == "answer" else "gap.application",
            "intent": "ask_topic",
            "language": "en" if number < 1 else "nb",
            "origin": "demo",
            "took": 0.02,
            "pressed": number % 2 == 0,
        }
        for number in range(40)
        for place, kind in enumerate(("answer", "not_stated", "clarify"))
    ]
    with store.engine.begin() as connection:
        connection.execute(MESSAGES.insert(), rows)


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console_in(tmp_path_factory.mktemp("staff")) as served:
        fill(served.store)
        yield served


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_figures_break_no_rule_of_wcag(
    context: BrowserContext, console: Console, scheme: str, language: str
) -> None:
    page = console.open(context, "Hanne", f"/figures/?days=1&lang={language}")
    page.emulate_media(color_scheme=scheme)
    for details in page.locator("details").all():
        details.locator("summary").click()
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


def test_charts_and_tables_fit_a_phone_and_400_percent(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Ada", "/figures/?days=30")
    page.set_viewport_size(PHONE)
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert_no_sideways_scrolling(page)


def test_the_time_is_changed_and_a_table_opened_by_the_keyboard(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Eva", "/figures/")
    page.get_by_role("link", name="24 timer").press("Enter")
    chosen = page.get_by_role("link", name="24 timer")
    expect(chosen).to_have_attribute("aria-current", "page")
    table = page.get_by_role("table", name="Hva slags svar")
    expect(table).to_be_hidden()
    section = page.locator("section[aria-labelledby=kinds]")
    section.locator("summary").press("Enter")
    expect(table).to_be_visible()
    expect(table.get_by_role("row", name="Svar 40")).to_be_visible()


def test_each_bar_has_its_words_beside_it(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Eva", "/figures/?days=7")
    bars = page.locator("section[aria-labelledby=languages] ul.bars li")
    assert [it.inner_text().split() for it in bars.all()] == [
        ["Nynorsk", "0", "(0", "%)"],
        ["Engelsk", "skjult"],
        ["Bokmål", "skjult"],
    ]
    chart = page.get_by_role("img", name="Samtaler over tid.")
    expect(chart).to_be_visible()
