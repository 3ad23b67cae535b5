"""WCAG 2.1 A and AA: what axe-core finds, and what it cannot see."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from rest_client import Server

from .conftest import OpenPage
from .moves import (
    PAGE,
    SEND,
    ask,
    choose_in_menu,
    field,
    heard,
    hold_long_conversation,
    open_long_conversation,
    replies,
    show_earlier,
    show_sources,
)
from .states import conversation, menu, source

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
}


def breaches(page: Page) -> list[str]:
    """Return the rules that axe finds broken, and where."""
    results = Axe().run(page, options=RULES)
    return [
        f"{violation['id']}: {[node['html'] for node in violation['nodes']]}"
        for violation in results.response["violations"]
    ]


def assert_no_violation(page: Page) -> None:
    assert breaches(page) == []


def assert_no_sideways_scrolling(page: Page) -> None:
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider == 0


@pytest.mark.parametrize("lang", ["nn", "en"])
def test_axe_finds_no_breach_in_the_other_languages(
    open_page: OpenPage, lang: str
) -> None:
    page = open_page(f"/?lang={lang}")
    expect(page.locator("helse-assistent .panel")).to_be_visible()
    assert_no_violation(page)


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(320, 640, 1), (1280, 1024, 2), (1280, 1024, 4)]
)
def test_a_narrow_or_enlarged_page_needs_no_sideways_scrolling(
    browser: Browser,
    server: Server,
    shoot: Callable[[Page, str], None],
    width: int,
    height: int,
    zoom: int,
) -> None:
    # Zooming in gives a page fewer, larger CSS pixels.
    context = browser.new_context(
        viewport={"width": width // zoom, "height": height // zoom},
        device_scale_factor=zoom,
        locale="nb-NO",
    )
    page = context.new_page()
    page.goto(server.url)
    ask(page, "Hvem fikk penger?")
    assert_no_sideways_scrolling(page)
    expect(field(page)).to_be_visible()
    show_sources(page).first.click()
    expect(page.locator("article mark").first).to_be_in_viewport()
    shoot(page, f"page-{width}px-zoom-{zoom}")
    assert_no_sideways_scrolling(page)
    context.close()


def test_the_open_widget_of_another_site_fills_a_phone(
    browser: Browser, embedding_site: str, shoot: Callable[[Page, str], None]
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(embedding_site)
    page.get_by_role("button", name="Spør om helsesatsinga").click()
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_contain_text("Tromsø")
    shoot(page, "embedded-phone")
    assert_no_sideways_scrolling(page)
    panel = page.get_by_role("dialog").bounding_box()
    assert (panel["width"], panel["height"]) == (320, 568)
    context.close()


@pytest.mark.needs("forced colours")
def test_forced_colours_leave_everything_to_be_seen(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    source(page)
    shoot(page, "page-forced-colours")
    send = page.get_by_role("button", name="Send", exact=True)
    assert send.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") > 0


def note_what_is_heard(page: Page) -> None:
    """Note each text that comes into a log for screen readers."""
    page.add_init_script(
        """(() => {
          const attach = Element.prototype.attachShadow;
          window.heard = [];
          Element.prototype.attachShadow = function (options) {
            const root = attach.call(this, options);
            new MutationObserver((changes) => {
              for (const { target, addedNodes } of changes) {
                if (!target.closest?.("[role=log]")) continue;
                const texts = [...addedNodes].map((node) => node.textContent);
                window.heard.push(...texts);
              }
            }).observe(root, { childList: true, subtree: true });
            return root;
          };
        })()"""
    )
    page.reload()


def test_a_reply_is_read_aloud_once_and_nothing_before_it_again(
    open_page: OpenPage,
) -> None:
    page = open_page()
    note_what_is_heard(page)
    ask(page, "Hvem fikk penger?")
    ask(page, "Når ble kunngjøringen publisert?")
    texts = [text for text in page.evaluate("window.heard") if "skriver" not in text]
    assert len(texts) == 2
    assert "Norinnova" in texts[0]
    assert texts[1].startswith("Uten svar. ")
    assert heard(page).get_attribute("aria-live") is None  # A log is polite.


def test_what_was_heard_does_not_stay_to_be_read_twice(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    ask(page, "Hvem fikk penger?")
    expect(heard(page)).to_contain_text("Norinnova")
    page.clock.fast_forward(6_000)
    expect(heard(page)).to_be_empty()


def test_nothing_to_press_stands_in_what_is_read_aloud(open_page: OpenPage) -> None:
    page = open_page()
    conversation(page)
    page.route(SEND, lambda route: route.abort())
    field(page).fill("Hva er en inkubator?")
    field(page).press("Enter")
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()
    menu(page)
    live = "[aria-live], [role=log], [role=status], [role=alert]"
    regions = page.locator(f"helse-assistent :is({live})")
    assert regions.count() > 3
    expect(regions.locator("button, a, textarea, summary")).to_have_count(0)
    open_page.faults.clear()


def test_an_old_conversation_is_not_read_aloud_when_it_comes_back(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    note_what_is_heard(page)
    expect(replies(page)).to_have_count(1)
    assert page.evaluate("window.heard") == []


def test_earlier_messages_are_not_read_aloud_and_break_no_rule(
    open_page: OpenPage, context: BrowserContext, server: Server
) -> None:
    hold_long_conversation(context, PAGE + 5)
    page = open_long_conversation(open_page, server)
    note_what_is_heard(page)
    show_earlier(page).click()
    expect(replies(page)).to_have_count(PAGE + 5)
    assert page.evaluate("window.heard") == []
    assert_no_violation(page)


def test_the_text_size_can_be_chosen_and_is_remembered(
    open_page: OpenPage, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page()
    reply = ask(page, "Hvem fikk penger?")
    pixels = "it => parseFloat(getComputedStyle(it).fontSize)"
    before = reply.evaluate(pixels)
    choose_in_menu(page, "Størst")
    page.keyboard.press("Escape")
    assert reply.evaluate(pixels) >= 1.25 * before
    shoot(page, "widget-largest-text")
    page.reload()
    expect(replies(page)).to_have_count(1)
    assert replies(page).evaluate(pixels) >= 1.25 * before


def test_nothing_moves_for_those_who_want_it_still(open_page: OpenPage) -> None:
    page = open_page()
    field(page).fill("Hvem fikk penger?")
    field(page).press("Enter")
    expect(replies(page)).to_have_count(1)
    moving = page.evaluate(
        """() => [document, document.querySelector("helse-assistent").shadowRoot]
          .flatMap((root) => root.getAnimations?.() ?? [])
          .filter((animation) => animation.playState === "running").length"""
    )
    assert moving == 0
