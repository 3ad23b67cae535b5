"""The page by itself: it marks the words of an answer, and everybody can use it."""

import mimetypes
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from bot.channels import page as rendering
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from bot.settings import PROJECT_DIR

ORIGIN = "http://page.test"
BASE = load_knowledge()
PAGE = rendering.Page(BASE, BASE.content.contact, 30)
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# A widget that has no more than a button, which asks for the words it is told to.
WIDGET = """
customElements.define("helse-assistent", class extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.textContent = "Kilde";
    this.attachShadow({ mode: "open" }).append(button);
  }
  ask(detail) {
    const button = this.shadowRoot.querySelector("button");
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    return !button.dispatchEvent(new CustomEvent("helse-source", options));
  }
});
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(reduced_motion="reduce")
    page.route(f"{ORIGIN}/**", serve)
    yield page
    page.close()


def serve(route: Route) -> None:
    address = urlsplit(route.request.url)
    if address.path == "/":
        [language] = parse_qs(address.query).get("lang", ["nb"])
        route.fulfill(body=PAGE.render(language), content_type="text/html")
    elif address.path == f"/widget/{PAGE.widget.loader.path}":
        route.fulfill(body=WIDGET, content_type="text/javascript")
    elif address.path.startswith("/page/"):
        file = PROJECT_DIR / address.path.lstrip("/")
        kind = mimetypes.guess_type(file.name)[0]
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)


def ask(page: Page, start: object, end: object) -> bool:
    """Ask for words as the widget does, and return whether the page shows them."""
    return bool(
        page.evaluate(
            "detail => document.querySelector('helse-assistent').ask(detail)",
            {"start": start, "end": end},
        )
    )


def marked(page: Page) -> list[str]:
    return page.locator("mark").all_text_contents()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_words_of_every_source_can_be_marked(page: Page) -> None:
    page.goto(ORIGIN)
    sources = BASE.sources(BASE.facts)
    assert len(sources) > 30
    for source in sources:
        assert ask(page, source.start, source.end)
        assert marked(page) == [source.quote]


def test_words_across_several_lines_are_marked_in_each_of_them(page: Page) -> None:
    page.goto(ORIGIN)
    first, second = [block for block in BASE.blocks() if block.role == "origin"]
    assert ask(page, first.start + len("Publisert under: "), second.start + 7)
    assert marked(page) == ["Regjeringen Solberg", "Utgiver"]


def test_earlier_marks_go_and_leave_the_text_as_it_was(page: Page) -> None:
    page.goto(ORIGIN)
    article = page.locator("article")
    before = article.evaluate("element => element.innerHTML")
    ask(page, 1066, 1100)
    ask(page, 1080, 1500)
    ask(page, 27, 30)
    assert marked(page) == ["Vil"]
    page.evaluate("document.querySelector('mark').replaceWith('Vil')")
    assert article.evaluate("element => element.innerHTML") == before


def test_the_reader_is_taken_to_the_words_and_back_to_the_answer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(ORIGIN)
    page.get_by_role("button", name="Kilde").focus()
    quote = BASE.locate("Blant 43 søkere")
    ask(page, quote.start, quote.end)
    assert focused(page) == quote.quote
    box = page.locator("mark").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 700 - box["height"]
    page.keyboard.press("Tab")
    assert focused(page) == "Tilbake til svaret"
    page.keyboard.press("Enter")
    assert page.evaluate(
        "document.activeElement.shadowRoot?.activeElement?.textContent"
    ) == ("Kilde")
    assert page.get_by_role("button", name="Tilbake til svaret").count() == 0


def test_an_address_with_offsets_opens_the_page_at_the_words(page: Page) -> None:
    page.goto(f"{ORIGIN}/#tekst=27-69")
    title = "Vil løfte norsk helsenæring internasjonalt"
    assert marked(page) == [title]
    assert focused(page) == title
    assert page.get_by_role("button", name="Tilbake til svaret").count() == 0
    page.evaluate("location.hash = '#tekst=10-25'")
    page.wait_for_function("document.querySelector('mark').textContent[0] === 'H'")
    assert marked(page) == ["Historisk arkiv"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (-1, 20),
        (30, 30),
        (40, 30),
        (27, 99_999),
        (27.5, 30),
        ("27", "30"),
        (None, None),
        (0, 8),
    ],
)
def test_offsets_without_words_change_nothing(
    page: Page, start: object, end: object
) -> None:
    page.goto(f"{ORIGIN}/#tekst=10-25")
    assert not ask(page, start, end)
    assert marked(page) == ["Historisk arkiv"]


@pytest.mark.parametrize(
    "address",
    ["#tekst=", "#tekst=69-27", "#tekst=1-2-3", "#tekst=0-999999", "#tekst=a-b"],
)
def test_an_address_without_words_opens_the_page_as_ever(
    page: Page, address: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{ORIGIN}/{address}")
    assert not faults
    assert marked(page) == []


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_no_wider_than_the_window(
    page: Page, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{ORIGIN}/?lang={language}#tekst=10-1200")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_fault(page: Page, language: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{ORIGIN}/?lang={language}")
    ask(page, 10, 1200)
    result = Axe().run(page, options={"runOnly": WCAG})
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_leads_to_a_language_or_the_chat_is_large_enough_to_press(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(ORIGIN)
    links = page.locator("header a:visible, .shortcut a:visible").all()
    assert len(links) == (4 if width < 1000 else 3)
    for link in links:
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
