"""Forslag in browsers: two people at once, what assists them, and small screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from proposing import EXAMPLE, FILE, copy_of_content, found_green, found_red, made

from bot.staff.proposals.records import Proposals

from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

# Plain pages; test_staff_review.py and test_staff_drafts.py try their scripts in both.
pytestmark = pytest.mark.chromium_alone

EVA = "local:Eva"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content in force, which may be changed."""
    copy = copy_of_content(tmp_path)
    monkeypatch.setenv("HELSE_CONTENT", str(copy))
    return copy


@pytest.fixture
def console(content: Path) -> Iterator[Console]:
    """A console of that content."""
    with console_in(content.parent) as served:
        yield served


def green(console: Console, content: Path) -> int:
    """Make a proposal of Eva's that was tried."""
    number = made(console.store, author=EVA)
    found_green(console.store, number, content, content / "model.tar.gz")
    return number


def approval(page: Page) -> list[str]:
    """Return where the forms of a page lead by which it is approved."""
    forms = page.locator("form[action$='/approve']").all()
    return [str(form.get_attribute("action")) for form in forms]


def test_of_two_people_only_the_other_can_approve(
    console: Console, content: Path, context: BrowserContext, elsewhere: BrowserContext
) -> None:
    number = green(console, content)
    address = f"/proposals/{number}"
    own = console.open(context, "Eva", address)
    others = console.open(elsewhere, "Erik", address)
    expect(own.get_by_text("En annen redaktør må godkjenne det")).to_be_visible()
    assert approval(own) == []
    assert approval(others) == [f"{address}/approve"]

    # She sends the form all the same, as his page has it, with a token of her own.
    status = own.evaluate(
        """async (path) => {
          const token = document.querySelector('[name=csrf_token]').value;
          const body = new URLSearchParams({csrf_token: token});
          return (await fetch(path, {method: 'POST', body, redirect: 'manual'})).status;
        }""",
        f"{address}/approve",
    )
    assert status == 422
    console.faults.clear()  # Chromium's own line about the refusal.
    assert Proposals(console.store).get(number).status == "green"
    assert EXAMPLE not in (content / FILE).read_text("utf-8")


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_keeps_the_rules_and_fits_a_phone(
    console: Console, content: Path, context: BrowserContext, language: str
) -> None:
    number = green(console, content)
    red = made(console.store, example="Blir det mye sol på takene?")
    found_red(console.store, red, content, content / "model.tar.gz")
    page = console.open(context, "Eva", "/proposals/")
    pages = [f"/proposals/{number}", f"/proposals/{number}/edit", f"/proposals/{red}"]
    for path in ("/proposals/", *pages):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"{console.url}{path}?lang={language}")
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size({"width": 320, "height": 700})
        assert_no_sideways_scrolling(page)
        page.set_viewport_size({"width": 1280, "height": 800})
