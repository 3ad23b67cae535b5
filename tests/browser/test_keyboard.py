"""Everything can be done without a mouse, and the focus is never lost."""

from playwright.sync_api import BrowserContext, Page, expect
from rest_client import Server

from .conftest import OpenPage
from .moves import (
    PAGE,
    READ,
    ask,
    field,
    hold_long_conversation,
    open_long_conversation,
    replies,
    show_earlier,
)


def focused_name(page: Page) -> str:
    """Return the name or text of what has the focus, inside the widget too."""
    return page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.getAttribute("aria-label") || at?.textContent.trim() || at?.id;
        }"""
    )


def tab_to(page: Page, name: str, at_most: int = 40) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if name in (focused_name(page) or ""):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def go_back_to(page: Page, name: str, at_most: int = 20) -> None:
    """Press Shift and Tab until something of that name has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Shift+Tab")
        if name in (focused_name(page) or ""):
            return
    raise AssertionError(f"Shift and Tab do not lead to {name}")


def test_a_question_is_asked_and_its_source_shown_by_keyboard_alone(
    open_page: OpenPage,
) -> None:
    page = open_page()
    # Where the chat does not stand beside the announcement.
    page.set_viewport_size({"width": 800, "height": 700})
    expect(field(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "samtalen" in focused_name(page)
    page.keyboard.press("Enter")
    tab_to(page, "Hvem fikk penger?")
    page.keyboard.press("Enter")
    expect(replies(page)).to_contain_text("Tromsø")
    expect(field(page)).to_be_focused()
    page.keyboard.type("Hva er en næringshage?")
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(2)
    go_back_to(page, "Vis i kunngjøringen")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_focused()
    tab_to(page, "Tilbake til svaret")
    page.keyboard.press("Enter")
    assert "Vis i kunngjøringen" in focused_name(page)


def test_shift_and_enter_begin_a_new_line(open_page: OpenPage) -> None:
    page = open_page()
    field(page).focus()
    page.keyboard.type("Hvem fikk penger?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Og hvor mye?")
    expect(field(page)).to_have_value("Hvem fikk penger?\nOg hvor mye?")
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(1)
    expect(field(page)).to_have_value("")


def test_an_empty_message_is_not_sent(open_page: OpenPage) -> None:
    page = open_page()
    field(page).focus()
    page.keyboard.type("   ")
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    expect(replies(page)).to_have_count(0)


def test_the_menu_closes_with_escape_and_gives_the_focus_back(
    open_page: OpenPage,
) -> None:
    page = open_page()
    menu = page.get_by_role("button", name="Meny", exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    tab_to(page, "Størst")
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()


def test_the_launcher_opens_the_panel_and_escape_closes_it(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    launcher = page.get_by_role("button", name="Spør om helsesatsinga")
    tab_to(page, "Spør om helsesatsinga")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="Spør om helsesatsinga")).to_be_visible()
    assert "field" in (
        page.evaluate(
            "document.querySelector('helse-assistent').shadowRoot.activeElement.id"
        )
    )
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_on_a_phone_the_focus_stays_in_the_panel_that_covers_the_page(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    page.set_viewport_size({"width": 320, "height": 600})
    launcher = page.get_by_role("button", name="Spør om helsesatsinga")
    launcher.click()
    seen = set()
    for key in ["Tab"] * 15 + ["Shift+Tab"] * 15:
        page.keyboard.press(key)
        # Past the last of the page comes the browser's own window, seen as the body.
        where = page.evaluate("document.activeElement.localName")
        assert where in ("helse-assistent", "body")
        seen.add(focused_name(page))
    assert len(seen) > 4
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    tab_to(page, "Til framsida")


def test_after_earlier_messages_came_the_focus_is_on_the_last_of_them(
    open_page: OpenPage, context: BrowserContext, server: Server
) -> None:
    hold_long_conversation(context, PAGE + 50)
    page = open_long_conversation(open_page, server)
    show_earlier(page).focus()
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(PAGE + 50)
    expect(page.get_by_text("De eldre meldingene står over.")).to_be_visible()
    assert "Spørsmål 49." in focused_name(page)
    focused = page.locator("helse-assistent .log > :focus")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Tab")
    nearest = page.locator("helse-assistent .message.robot").nth(49)
    expect(nearest.get_by_role("button").first).to_be_focused()


def test_a_suggestion_keeps_the_focus_while_the_window_is_left(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger?")
    offered = page.get_by_role("group", name="Forslag til spørsmål")
    offered.get_by_role("button").first.focus()
    with page.expect_response(READ):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_timeout(300)  # Nothing shows that the answer was taken in.
    expect(offered.get_by_role("button").first).to_be_focused()
