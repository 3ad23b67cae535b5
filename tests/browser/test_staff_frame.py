"""The frame of the staff console in a browser: for keyboards, eyes and phones."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.staff.audit import ACTIONS, Audit
from bot.staff.people import local_person

from .controls import SMALLEST_TARGET
from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

# Plain pages; test_staff_review.py and test_staff_drafts.py try their scripts in both.
pytestmark = pytest.mark.chromium_alone

NAMES = ("Hanne", "Eva", "Ada")
# 320 CSS pixels are a phone, or 1280 at 400 % zoom.
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console whose log holds one of everything."""
    with console_in(tmp_path_factory.mktemp("staff")) as served:
        audit = Audit(served.store.engine)
        for action in ACTIONS:
            audit.note(local_person("Eva", {"editor"}), action, f"web-{'0' * 32}")
        yield served


def pages_of(page: Page) -> list[str]:
    """Return the addresses of the navigation."""
    links = page.get_by_role("navigation", name="Sider").get_by_role("link")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert addresses
    return addresses


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed in the frame and is smaller than a finger."""
    found = page.locator("header a, header button, nav.pages a").all()
    boxes = [(it.inner_text(), it.bounding_box()) for it in found if it.is_visible()]
    return [name for name, box in boxes if box and box["height"] < SMALLEST_TARGET]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_wcag(
    context: BrowserContext, console: Console, name: str, scheme: str
) -> None:
    page = console.open(context, name, "/")
    page.emulate_media(color_scheme=scheme)
    for address in pages_of(page):
        page.goto(f"{console.url}{address}")
        results = Axe().run(page, options=RULES)
        assert results.violations_count == 0, f"{address} {results.generate_report()}"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_fits_a_phone_and_400_percent(
    context: BrowserContext, console: Console, name: str
) -> None:
    page = console.open(context, name, "/")
    page.set_viewport_size(PHONE)
    for address in pages_of(page):
        page.goto(f"{console.url}{address}")
        assert_no_sideways_scrolling(page)
        assert small_targets(page) == [], address


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_a_heading_a_title_and_marks_where_one_is(
    context: BrowserContext, console: Console, name: str
) -> None:
    page = console.open(context, name, "/")
    titles = set()
    for address in pages_of(page):
        page.goto(f"{console.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        here = page.locator("nav.pages [aria-current=page]")
        expect(here).to_have_attribute("href", address)
        titles.add(page.title())
    assert len(titles) == len(pages_of(page))


def test_the_first_key_skips_to_the_content(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Ada", "/audit/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hopp til innholdet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Person")).to_be_focused()


def test_what_has_the_focus_is_seen(context: BrowserContext, console: Console) -> None:
    page = console.open(context, "Ada", "/audit/")
    for _ in range(12):
        page.keyboard.press("Tab")
        width = page.evaluate(
            "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
        )
        assert width >= 2, page.evaluate("document.activeElement.outerHTML")


def test_the_language_is_changed_on_the_page_one_is_on(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Ada", "/settings/")
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Innstillingar")
    assert page.url == f"{console.url}/settings/?lang=nn"
    page.goto(f"{console.url}/audit/")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_the_log_is_searched_by_keyboard(
    context: BrowserContext, console: Console
) -> None:
    page = console.open(context, "Ada", "/audit/")
    page.get_by_label("Handling").focus()
    page.keyboard.type("Laget et u")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Vis").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Laget et utkast")


def test_somebody_signs_out(context: BrowserContext, console: Console) -> None:
    page = console.open(context, "Ada", "/settings/")
    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    page.goto(f"{console.url}/settings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")


def test_two_people_in_two_browsers_are_two(
    browser: Browser, context: BrowserContext, console: Console
) -> None:
    other = browser.new_context(locale="nb-NO")
    mine, theirs = console.open(context, "Eva", "/"), console.open(other, "Erik", "/")
    mine.reload()
    expect(mine.get_by_text("Logget inn: Eva")).to_be_visible()
    expect(theirs.get_by_text("Logget inn: Erik")).to_be_visible()
    other.close()
