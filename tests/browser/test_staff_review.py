"""Vurder in a browser: a hundred entries by keyboard alone, and what assists in it."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from said import say

from bot.staff.proposals.records import Proposals
from bot.staff.review.entries import Entries, Wanted
from bot.store.staff_tables import SETTLED

from .staff_console import Console, console_in
from .test_accessibility import RULES, assert_no_sideways_scrolling

pytestmark = pytest.mark.chromium_alone
NUMBER = 100
BUTTON = '/ask_topic{"topic": "grant.amount"}'
SYLLABLES = [f"{one}{two}" for one in "bdfgklmnprstv" for two in "aeiouyæøå"]


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A console with nothing in it yet."""
    with console_in(tmp_path) as served:
        yield served


def entries(number: int) -> list[str]:
    """Return questions in made-up words, of which no two ask the same."""
    chance = random.Random(1)
    words = ("".join(chance.choices(SYLLABLES, k=4)) for _ in range(2 * number))
    return [f"Er {one} {two}?" for one, two in zip(words, words, strict=True)]


def fill(console: Console, number: int) -> None:
    for place, text in enumerate(entries(number)):
        kind = ("not_stated", "out_of_scope", "clarify")[place % 3]
        say(console.store, f"person-{place}", text, kind=kind, confidence=0.6)


def left(console: Console) -> int:
    found, _ = Entries(console.store).newest(Wanted(), 1000)
    return len(found)


def begin(page: Page) -> None:
    """Open the first group, and wait until its keys work."""
    with page.expect_navigation():
        page.get_by_role("link", name="Begynn med det første").click()


def press(page: Page, key: str) -> None:
    """Press a key, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_hundred_entries_are_reviewed_by_keyboard_alone(
    console: Console, context: BrowserContext, shoot: Callable[[Page, str], None]
) -> None:
    fill(console, NUMBER)
    page = console.open(context, "Eva", "/review")
    shoot(page, "staff-review")
    begun = time.perf_counter()
    page.keyboard.press("j")
    press(page, "Enter")
    shoot(page, "staff-review-group")
    made = 0
    while "/review/" in page.url:
        if made % 4 == 0:
            press(page, "1")
            expect(page.get_by_label("Det samme med andre ord")).to_be_focused()
            page.keyboard.type(f"Er det {made} av dette der?")
            press(page, "Enter")
        else:
            press(page, "x")
        made += 1
    seconds = time.perf_counter() - begun
    expect(page.get_by_text("Ingenting venter på vurdering her.")).to_be_visible()
    assert left(console) == 0
    with console.store.engine.connect() as connection:
        assert len(connection.execute(SETTLED.select()).all()) == NUMBER
    assert made == NUMBER
    assert len(Proposals(console.store).all()) == (made + 3) // 4
    print(f"{NUMBER} entries in {made} groups: {seconds:.0f} s")


def test_what_was_ignored_by_a_slip_is_taken_back_by_a_key(
    console: Console, context: BrowserContext
) -> None:
    fill(console, 2)
    page = console.open(context, "Eva", "/review")
    begin(page)
    first = page.locator(".message").first.inner_text()
    press(page, "x")
    assert left(console) == 1
    press(page, "u")
    expect(page.locator(".message").first).to_have_text(first)
    assert left(console) == 2


def test_j_k_and_the_arrows_move_and_question_mark_tells_the_keys(
    console: Console, context: BrowserContext
) -> None:
    fill(console, 3)
    page = console.open(context, "Eva", "/review")
    page.keyboard.press("?")
    expect(page.get_by_text("J, K eller piltastene opp og ned")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-move]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-move]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    press(page, "Enter")
    for key, place in (("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1)):
        press(page, key)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            f"Spørsmål {place} av 3"
        )


def test_n_opens_the_form_of_a_new_question_and_slash_the_search(
    console: Console, context: BrowserContext
) -> None:
    fill(console, 1)
    page = console.open(context, "Eva", "/review")
    begin(page)
    page.keyboard.press("/")
    expect(page.get_by_label("Søk blant alle temaer")).to_be_focused()
    page.keyboard.type("Hvem fikk penger?")
    press(page, "Enter")
    expect(page.get_by_text("Meldingene skal få svaret på:")).to_contain_text("penger")
    page.go_back()
    press(page, "n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nytt spørsmål uten svar")


def test_keys_do_nothing_in_a_field_with_a_modifier_or_switched_off(
    console: Console, context: BrowserContext
) -> None:
    fill(console, 2)
    page = console.open(context, "Eva", "/review")
    begin(page)
    search = page.get_by_label("Søk blant alle temaer")
    search.press_sequentially("x1n?")
    expect(search).to_have_value("x1n?")
    search.evaluate("(field) => field.blur()")
    page.keyboard.press("Alt+x")
    page.keyboard.press("Control+1")
    page.get_by_text("Hurtigtaster", exact=True).click()
    page.get_by_role("button", name="Slå av hurtigtastene").click()
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spørsmål 1 av 2")
    assert left(console) == 2


@pytest.mark.needs("no scripts")
def test_it_works_without_a_script(console: Console, context: BrowserContext) -> None:
    fill(console, 2)
    plain = context.browser.new_context(java_script_enabled=False)
    page = console.open(plain, "Eva", "/review")
    begin(page)
    page.locator("[data-key='1']").click()
    page.get_by_label("Det samme med andre ord").fill("Noe helt annet om det samme?")
    page.get_by_role("button", name="Lag forslag").click()
    page.get_by_role("button", name="Se bort fra dette").click()
    expect(page.get_by_text("Ingenting venter på vurdering her.")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_axe_finds_no_breach_on_the_pages(
    console: Console,
    context: BrowserContext,
    shoot: Callable[[Page, str], None],
    scheme: str,
    lang: str,
) -> None:
    place = say(
        console.store,
        "kari",
        "Hvor mye penger ble det, mon?",
        kind="clarify",
        reply="Mente du noe av dette?",
        buttons=(("Hvor mye?", BUTTON),),
        quotes=("Regjeringen gir 6 millioner kroner",),
        thumb="down",
        comment="Nei",
    )
    say(console.store, "kari", "Hvor mye?", presses=BUTTON, topic="grant.amount")
    fill(console, 3)
    page = console.open(context, "Eva", f"/review?lang={lang}")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path, name in (
        ("/review", "list"),
        (f"/review/{place}", "group"),
        (f"/review/{place}/topic?choice=grant.amount", "topic"),
        (f"/review/{place}/gap", "gap"),
        ("/conversations", "conversations"),
        ("/conversations/kari", "conversation"),
        ("/conversations/kari/test", "test"),
        ("/conversations/kari/delete", "delete"),
        ("/given", "given"),
    ):
        page.goto(f"{console.url}{path}")
        for folded in page.locator("summary").all():
            folded.click()
        shoot(page, f"staff-{name}-{lang}-{scheme}")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_nothing_scrolls_sideways_on_a_telephone(
    console: Console, context: BrowserContext
) -> None:
    place = say(console.store, "kari", "e" * 900, kind="clarify", reply="å" * 900)
    page = console.open(context, "Eva", "/review")
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/review", f"/review/{place}", "/conversations/kari", "/given"):
        page.goto(f"{console.url}{path}")
        wide = page.evaluate(
            """() => [...document.querySelectorAll("main *")]
              .filter((it) => it.getBoundingClientRect().right > innerWidth)
              .map((it) => it.outerHTML.slice(0, 80))"""
        )
        assert not wide, path
        assert_no_sideways_scrolling(page)
