"""The page Utkast in a browser: pasting, choosing, leaving out, moving and copying."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from .browsers import SCHEMES, let_read_clipboard
from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

PHONE = {"width": 320, "height": 640}
MAIL = """Hei!

Hvor mange søkte om penger? Hvem deler ut pengene? Hvor ligger nærmeste næringshage?
Jeg lurer på en ting til: hvor mange av dem ligger i Agder?

Hilsen Randi"""
# The model is loaded when the first mail is read.
LOADING = 60_000


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console_in(tmp_path_factory.mktemp("staff")) as served:
        yield served


@pytest.fixture
def page(context: BrowserContext, console: Console) -> Iterator[Page]:
    """The page with the draft of a mail."""
    let_read_clipboard(context)
    opened = console.open(context, "Hanne", "/drafts")
    opened.get_by_label("E-posten").fill(MAIL)
    opened.get_by_role("button", name="Lag utkast").click()
    expect(opened.locator("#letter")).to_be_visible(timeout=LOADING)
    yield opened
    assert not console.faults


def letter(page: Page) -> str:
    return page.locator("#letter").input_value()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_breaks_no_rule_of_wcag(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [(each["id"], each["nodes"]) for each in found]


def test_a_draft_is_on_the_screen_of_whoever_made_it_and_nowhere_else(
    page: Page, console: Console, elsewhere: BrowserContext
) -> None:
    assert "Randi" in letter(page)
    others = console.open(elsewhere, "Erik", "/drafts")
    expect(others.get_by_label("E-posten")).to_have_value("")
    assert "Randi" not in others.content()
    page.goto(f"{console.url}/drafts")
    assert "Randi" not in page.content()


def test_nothing_scrolls_sideways_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    assert_no_sideways_scrolling(page)


def test_the_length_of_the_mail_is_counted(page: Page) -> None:
    page.get_by_label("E-posten").fill("a" * 5003)
    expect(page.locator("#count")).to_contain_text("Ta bort 3 tegn")


def test_ctrl_enter_copies_the_letter_from_wherever_one_is(page: Page) -> None:
    page.get_by_label("Svar", exact=True).first.focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Brevet er kopiert.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == letter(page)


def test_what_is_left_out_leaves_the_letter_by_itself(page: Page) -> None:
    page.get_by_label("Ta med i brevet").first.uncheck()
    expect(page.get_by_text("Brevet er oppdatert.")).to_be_visible()
    assert "Hvor mange søkte" not in letter(page)


def test_a_question_that_is_chosen_brings_its_answer(page: Page) -> None:
    before = letter(page)
    page.get_by_label("Hva blir det spurt om?").select_option(index=1)
    expect(page.get_by_text("Valgt av deg")).to_be_visible()
    assert letter(page) != before
    assert "ligger i Agder" in letter(page)


def test_questions_are_moved_by_keyboard(page: Page) -> None:
    down = page.get_by_role("button", name="Flytt ned Spørsmål 1")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".asked blockquote").first).to_have_text(
        "Hvem deler ut pengene?"
    )
    told = letter(page)
    assert told.index("Hvem deler ut") < told.index("Hvor mange søkte")
