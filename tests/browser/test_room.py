"""What is to be seen has room: in the window of a desk, of a phone, and zoomed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage
from .moves import ask, choose_in_menu, field, log, replies

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 740}
# A window of 1280 by 800 pixels at 400 per cent.
ENLARGED = {"width": 320, "height": 200}
LAUNCHER = "Spør om helsesatsinga"


def newest(page: Page) -> Locator:
    return page.locator("helse-assistent .message.robot").last


def go_down(page: Page) -> Locator:
    return page.get_by_role("button", name="Rull ned")


def open_chat(open_page: OpenPage, site: str, size: dict[str, int]) -> Page:
    """Open the widget on another site, and in Bokmål."""
    page = open_page(site)
    page.set_viewport_size(size)
    page.get_by_role("button", name=LAUNCHER).click()
    choose_in_menu(page, "Bokmål")
    page.keyboard.press("Escape")
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_reply_begins_in_view_beneath_what_was_asked(
    open_page: OpenPage,
    embedding_site: str,
    shoot: Callable[[Page, str], None],
    size: dict[str, int],
) -> None:
    page = open_chat(open_page, embedding_site, size)
    for question in ("Hvem fikk penger?", "Hva skal pengene brukes til?"):
        ask(page, question)
        asked = page.locator("helse-assistent .message.person").last
        expect(asked).to_be_in_viewport(ratio=1)
        expect(newest(page).locator(".who")).to_be_in_viewport(ratio=1)
        shoot(page, f"widget-reply-{size['width']}")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_can_be_asked_next_is_in_view_or_a_press_away(
    open_page: OpenPage, embedding_site: str, size: dict[str, int]
) -> None:
    page = open_chat(open_page, embedding_site, size)
    ask(page, "Hvem fikk penger?")
    suggestions = page.get_by_role("group", name="Forslag til spørsmål")
    last = suggestions.get_by_role("button").last
    page.wait_for_timeout(200)  # What tells whether there is more comes with a frame.
    for _ in range(3):
        if go_down(page).is_hidden():
            break
        go_down(page).click()
        page.wait_for_timeout(200)
    expect(go_down(page)).to_be_hidden()
    expect(last).to_be_in_viewport(ratio=1)
    assert page.evaluate(
        "document.querySelector('helse-assistent').shadowRoot.activeElement !== null"
    )


def test_nothing_leads_down_where_all_is_in_view(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.get_by_role("button", name="Hvem fikk penger?")).to_be_in_viewport()
    expect(go_down(page)).to_be_hidden()


def test_a_question_as_long_as_the_window_leaves_room_for_its_reply(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, "Hvem fikk penger? " * 50)
    expect(newest(page).locator(".who")).to_be_in_viewport(ratio=1)


def test_whoever_reads_what_was_said_before_is_not_taken_away_from_it(
    open_page: OpenPage,
) -> None:
    page = open_page()
    for question in ("Hvem fikk penger?", "Hva skal pengene brukes til?"):
        ask(page, question)
    scroller = page.locator("helse-assistent .scroller:has(.log)")
    with page.expect_request("**/messages"):
        field(page).fill("Hva er en inkubator?")
        page.evaluate(
            """() => {
              const root = document.querySelector("helse-assistent").shadowRoot;
              const typed = new MutationObserver(() => {
                if (!root.querySelector(".typing")) return;
                typed.disconnect();
                root.querySelector(".scroller:has(.log)").scrollTop = 0;
              });
              typed.observe(root, { subtree: true, childList: true });
            }"""
        )
        field(page).press("Enter")
    expect(replies(page)).to_have_count(3)
    page.wait_for_timeout(100)
    assert scroller.evaluate("it => it.scrollTop") == 0


def test_an_enlarged_window_keeps_the_header_the_reply_and_the_text_field(
    open_page: OpenPage, embedding_site: str, shoot: Callable[[Page, str], None]
) -> None:
    page = open_chat(open_page, embedding_site, ENLARGED)
    ask(page, "Hvem fikk penger?")
    shoot(page, "widget-enlarged")
    in_view = [
        page.get_by_role("button", name="Meny", exact=True),
        page.get_by_role("button", name="Lukk samtalen"),
        field(page),
        page.get_by_role("button", name="Send", exact=True),
        newest(page).locator(".who"),
    ]
    for target in in_view:
        expect(target).to_be_in_viewport(ratio=1)
    said = page.locator("helse-assistent .scroller:has(.log)").bounding_box()
    assert said is not None
    assert said["height"] > 80


def test_everything_in_an_enlarged_window_can_be_reached(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_chat(open_page, embedding_site, ENLARGED)
    ask(page, "Hvem fikk penger?")
    page.get_by_role("button", name="Meny", exact=True).click()
    page.get_by_role("button", name="Slett samtalen").click()
    sure = page.get_by_role("button", name="Slett samtalen")
    sure.scroll_into_view_if_needed()
    expect(sure).to_be_in_viewport(ratio=0.95)
    sure.click()
    expect(log(page)).to_be_empty()


def test_in_an_enlarged_page_the_panel_is_whole_for_whoever_comes_by_keyboard(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.set_viewport_size(ENLARGED)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # The way past the announcement.
    page.keyboard.press("Tab")
    menu = page.get_by_role("button", name="Meny", exact=True)
    expect(menu).to_be_focused()
    expect(menu).to_be_in_viewport(ratio=1)
    expect(field(page)).to_be_in_viewport(ratio=1)
    for question in ("Hvem fikk penger?", "Hva er en inkubator?"):
        ask(page, question)
        expect(menu).to_be_in_viewport(ratio=1)
        expect(field(page)).to_be_in_viewport(ratio=1)


def test_a_press_in_an_enlarged_page_moves_nothing_from_under_the_pointer(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.set_viewport_size(ENLARGED)
    page.get_by_role("button", name="Hvem fikk penger?").click()
    expect(replies(page)).to_contain_text("Norinnova")


def test_an_empty_chat_on_a_phone_shows_the_questions_and_the_warning(
    open_page: OpenPage, embedding_site: str, shoot: Callable[[Page, str], None]
) -> None:
    page = open_chat(open_page, embedding_site, PHONE)
    shoot(page, "widget-empty-phone")
    offered = page.get_by_role("group", name="Forslag til spørsmål").get_by_role(
        "button"
    )
    expect(offered.last).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Ikke skriv fødselsnummer")).to_be_in_viewport(ratio=1)


@pytest.mark.needs("print")
def test_a_printed_chat_holds_all_that_was_said_and_nothing_to_press(
    open_page: OpenPage,
) -> None:
    page = open_page()
    for question in ("Hvem fikk penger?", "Hva skal pengene brukes til?"):
        ask(page, question)
    # The page itself leaves the chat out, which other sites may not.
    page.evaluate("document.getElementById('samtale').style.display = 'block'")
    page.emulate_media(media="print")
    panel = page.locator("helse-assistent .panel")
    expect(replies(page).first).to_be_visible()
    expect(panel.get_by_role("button")).to_have_count(0)
    expect(field(page)).to_be_hidden()
    hidden = "it => it.scrollHeight - it.clientHeight"
    assert page.locator("helse-assistent .scroller:has(.log)").evaluate(hidden) <= 0
