"""The widget on a site of another origin."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from rest_client import Server

from bot.channels.announcement import shown_blocks
from bot.channels.widget import Widget
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR

from .conftest import OpenPage, QuietFiles
from .moves import replies, show_sources

LOADER = Widget(load_knowledge()).loader
DOCS = (PROJECT_DIR / "docs" / "embedding.md").read_text("utf-8")
SAMPLE = Path(__file__).parent / "other_site" / "index.html"


def open_widget(page: Page) -> None:
    page.get_by_role("button", name="Spør om helsesatsinga").click()


def test_a_question_is_answered_on_another_site(
    open_page: OpenPage, embedding_site: str, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page(embedding_site)
    shoot(page, "embedded-closed")
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_contain_text("Norinnova – Tromsø")
    page.reload()
    expect(replies(page)).to_contain_text("Norinnova – Tromsø")


def test_nothing_is_left_in_cookies(
    open_page: OpenPage, embedding_site: str, context: BrowserContext
) -> None:
    page = open_page(embedding_site)
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_have_count(1)
    assert context.cookies() == []


def ask_for_a_source(page: Page) -> tuple[Locator, Locator]:
    """Have a question answered and press its first source.

    Return what was pressed, and the view of the source.
    """
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_have_count(1)
    source = show_sources(page).first
    source.click()
    return source, page.locator("helse-assistent .source")


def test_a_source_is_shown_in_the_chat_with_the_words_marked(
    open_page: OpenPage,
    embedding_site: str,
    server: Server,
    shoot: Callable[[Page, str], None],
) -> None:
    page = open_page(embedding_site)
    _, view = ask_for_a_source(page)
    expect(view.locator("mark").first).to_be_in_viewport()
    expect(view.locator("mark").first).to_be_focused()
    words = "".join(view.locator("mark, u").all_text_contents())
    announcement = load_knowledge().announcement
    assert words in announcement
    shown = view.locator(".whole > *").all_text_contents()
    assert shown == [block.text for block in shown_blocks(load_knowledge())]
    expect(page.get_by_role("textbox")).to_be_hidden()
    start = announcement.index(words)
    link = view.get_by_role("link", name="Opne heile kunngjeringa")
    address = f"{server.url}/#tekst={start}-{start + len(words)}"
    expect(link).to_have_attribute("href", address)
    shoot(page, "embedded-source")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("leave", ["Tilbake til svaret", "Escape"])
def test_from_a_source_one_gets_back_to_where_one_was(
    open_page: OpenPage, embedding_site: str, leave: str
) -> None:
    page = open_page(embedding_site)
    source, view = ask_for_a_source(page)
    expect(view.locator("mark").first).to_be_focused()
    if leave == "Escape":
        page.keyboard.press(leave)
    else:
        page.get_by_role("button", name=leave).click()
    expect(view).to_be_hidden()
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()
    expect(page.get_by_role("textbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_decisive_words_of_a_source_stand_out(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    base = load_knowledge()
    passage = base.locate("Blant 43 søkere har fem miljøer fått støtte.")
    first, second = base.locate("43 søkere"), base.locate("fem miljøer")
    told = {
        "start": passage.start,
        "end": passage.end,
        "marks": [[first.start, first.end], [second.start, second.end]],
    }
    # What a reply may tell of a source once it tells of passages.
    page.evaluate(
        """(told) => document.addEventListener(
          "helse-source", ({ detail }) => Object.assign(detail, told))""",
        told,
    )
    _, view = ask_for_a_source(page)
    expect(view.locator("mark").first).to_be_focused()
    assert view.locator("mark").all_text_contents() == [first.quote, second.quote]
    around = view.locator("u").all_text_contents()
    assert around == ["Blant ", " har ", " fått støtte."]


def test_a_source_that_cannot_be_fetched_leaves_the_way_back_and_the_link(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    page.route("**/api/announcement", lambda route: route.abort())
    source, view = ask_for_a_source(page)
    expect(view.get_by_role("status")).to_have_text("Kunngjeringa vart ikkje henta.")
    expect(view.get_by_role("link")).to_be_visible()
    page.get_by_role("button", name="Tilbake til svaret").click()
    expect(source).to_be_focused()
    page.unroute("**/api/announcement")
    source.click()
    expect(view.locator("mark")).to_be_in_viewport()
    assert len(open_page.faults) == 1
    open_page.faults.clear()


def test_a_source_fits_a_phone_and_a_window_that_is_enlarged(
    browser: Browser, embedding_site: str, shoot: Callable[[Page, str], None]
) -> None:
    for width, height in ((320, 568), (320, 200)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(embedding_site)
        source, view = ask_for_a_source(page)
        expect(view.locator("mark")).to_be_in_viewport()
        shoot(page, f"embedded-source-{width}x{height}")
        assert view.evaluate("it => it.scrollWidth <= it.clientWidth")
        page.get_by_role("button", name="Tilbake til svaret").click()
        expect(source).to_be_in_viewport()
        context.close()


def test_a_site_can_show_the_source_itself(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    page.evaluate(
        """() => document.addEventListener("helse-source", (event) => {
          event.preventDefault();
          window.shown = event.detail;
        })"""
    )
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_have_count(1)
    show_sources(page).first.click()
    shown = page.evaluate("window.shown")
    assert set(shown) == {"quote", "start", "end", "marks", "url"}
    assert shown["end"] - shown["start"] == len(shown["quote"])
    assert shown["marks"]
    for start, end in shown["marks"]:
        assert shown["start"] <= start < end <= shown["end"]


def test_the_style_of_the_site_stays_outside_and_its_theme_comes_in(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(embedding_site)
    page.evaluate(
        """() => {
          const style = new CSSStyleSheet();
          style.replaceSync(`
            button { display: none !important; }
            helse-assistent { --helse-accent: rgb(120, 0, 60); }`);
          document.adoptedStyleSheets.push(style);
        }"""
    )
    open_widget(page)
    colour = page.get_by_role("button", name="Send", exact=True).evaluate(
        "it => getComputedStyle(it).backgroundColor"
    )
    assert colour == "rgb(120, 0, 60)"


def test_the_widget_is_defined_once_however_often_it_is_embedded(
    open_page: OpenPage, embedding_site: str, server: Server
) -> None:
    page = open_page(embedding_site)
    page.add_script_tag(url=f"{server.url}/widget/widget.js?again", type="module")
    page.add_script_tag(url=f"{server.url}/widget/{LOADER.path}", type="module")
    open_widget(page)
    expect(page.get_by_role("dialog")).to_have_count(1)


@pytest.mark.chromium_alone  # It tells what comes from the cache.
def test_who_never_opens_the_chat_asks_for_one_file_once(
    context: BrowserContext, embedding_site: str, server: Server
) -> None:
    page = context.new_page()
    asked: dict[str, str] = {}
    cached: set[str] = set()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.requestWillBeSent",
        lambda event: asked.update({event["requestId"]: event["request"]["url"]}),
    )
    network.on(
        "Network.requestServedFromCache",
        lambda event: cached.add(asked[event["requestId"]]),
    )
    network.on("Network.responseReceived", lambda event: note(event["response"]))

    def note(response: dict[str, Any]) -> None:
        if response["fromDiskCache"]:
            cached.add(response["url"])

    loader = f"{server.url}/widget/{LOADER.path}"
    page.goto(f"{embedding_site}/pinned.html")
    button = page.get_by_role("button", name="Spør om helsesatsinga")
    expect(button).to_be_visible()
    assert [it for it in asked.values() if it.startswith(server.url)] == [loader]
    assert not cached
    asked.clear()
    page.get_by_role("link", name="Til neste side").click()
    expect(button).to_be_visible()
    assert f"{embedding_site}/pinned.html?2" in asked.values()
    sent = {url for url in asked.values() if url.startswith(server.url)}
    assert sent <= {loader}
    assert sent <= cached, "the loader was asked for again"


def test_a_strict_policy_permits_it_as_the_document_says(
    open_page: OpenPage, embedding_site: str
) -> None:
    page = open_page(f"{embedding_site}/pinned.html")
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_contain_text("Norinnova – Tromsø")
    for directive in ("script-src", "connect-src"):
        assert f"{directive} 'self' https://assistent.example.org" in DOCS


def test_a_loader_that_is_not_what_the_page_names_does_not_run(
    context: BrowserContext, embedding_site: str
) -> None:
    context.route(
        "**/loader.js",
        lambda route: route.fulfill(
            body="document.title = 'taken'",
            content_type="text/javascript",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )
    page = context.new_page()
    page.goto(f"{embedding_site}/pinned.html")
    assert page.title() == "Dømekommunen"
    assert page.evaluate("customElements.get('helse-assistent')") is None
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.fixture
def stranger(tmp_path: Path, server: Server) -> Iterator[str]:
    """A site that no setting names."""
    sample = SAMPLE.read_text("utf-8")
    (tmp_path / "index.html").write_text(
        sample.replace("https://assistent.example.org", server.url), "utf-8"
    )
    site = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(QuietFiles, directory=tmp_path)
    )
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()


def test_a_site_that_is_not_on_the_list_gets_no_widget(
    open_page: OpenPage, stranger: str
) -> None:
    page = open_page(stranger)
    expect(page.get_by_role("heading")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert any("CORS" in fault for fault in open_page.faults)
    open_page.faults.clear()


def test_the_documents_show_the_lines_of_the_sample() -> None:
    sample = SAMPLE.read_text("utf-8")
    for line in (
        '<script type="module" src="https://assistent.example.org/widget/1/loader.js">',
        "<helse-assistent></helse-assistent>",
    ):
        assert line in sample
        assert line in DOCS
