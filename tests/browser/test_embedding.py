"""The widget on a site of another origin."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from rest_client import Server

from bot.settings import PROJECT_DIR

from .conftest import OpenPage, QuietFiles
from .moves import replies, show_sources

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
    expect(replies(page)).to_contain_text("Norinnova i Tromsø")
    page.reload()
    expect(replies(page)).to_contain_text("Norinnova i Tromsø")


def test_nothing_is_left_in_cookies(
    open_page: OpenPage, embedding_site: str, context: BrowserContext
) -> None:
    page = open_page(embedding_site)
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_have_count(1)
    assert context.cookies() == []


def test_a_source_opens_the_page_of_the_assistant_with_the_words_marked(
    open_page: OpenPage, embedding_site: str, server: Server
) -> None:
    page = open_page(embedding_site)
    open_widget(page)
    page.get_by_role("button", name="Kven fekk pengar?").click()
    expect(replies(page)).to_have_count(1)
    with page.expect_popup() as opened:
        show_sources(page).first.click()
    expect(opened.value.locator("mark")).to_be_in_viewport()
    assert opened.value.url.startswith(f"{server.url}/#tekst=")


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
    assert set(shown) == {"quote", "start", "end", "url"}
    assert shown["end"] - shown["start"] == len(shown["quote"])


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
    open_widget(page)
    expect(page.get_by_role("dialog")).to_have_count(1)


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
        '<script type="module" src="https://assistent.example.org/widget/widget.js">',
        "<helse-assistent></helse-assistent>",
    ):
        assert line in sample
        assert line in DOCS
