"""The page by itself: it marks the words of an answer, and everybody can use it."""

import mimetypes
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from bot.channels import page as rendering
from bot.channels.statements import Statements
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from bot.settings import PROJECT_DIR, Settings

from .browsers import SCHEMES

ORIGIN = "http://page.test"
BASE = load_knowledge()
PAGE = rendering.Page(BASE, BASE.content.contact, 30)
STATEMENTS = Statements(
    BASE,
    "post@example.org",
    Settings(
        operator="Fjellbygd kommune",
        contact="post@example.org",
        privacy_url="https://www.example.org/a/rather/long/address/of/a/page/on/privacy",
        accessibility_url="https://uustatus.no/nb/erklaringer/publisert/1f2e",
    ),
)
KINDS = {address: kind for kind, address in rendering.ADDRESSES.items()}
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
    elif address.path in KINDS:
        [language] = parse_qs(address.query).get("lang", ["nb"])
        statement = STATEMENTS.render(KINDS[address.path], language)
        route.fulfill(body=statement, content_type="text/html")
    elif address.path == f"/widget/{PAGE.widget.loader.path}":
        route.fulfill(body=WIDGET, content_type="text/javascript")
    elif address.path.startswith("/widget/"):  # What the page has loaded beforehand.
        route.fulfill(body="", content_type="text/javascript")
    elif address.path.startswith("/page/"):
        file = PROJECT_DIR / address.path.lstrip("/")
        kind = mimetypes.guess_type(file.name)[0]
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)


def ask(page: Page, start: object, end: object, marks: object = None) -> bool:
    """Ask for words as the widget does, and return whether the page shows them."""
    return bool(
        page.evaluate(
            "detail => document.querySelector('helse-assistent').ask(detail)",
            {"start": start, "end": end, "marks": marks},
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
    page.locator(".back").evaluate("it => it.remove()")
    assert article.evaluate("element => element.innerHTML") == before


def test_of_a_passage_the_decisive_words_are_marked_most_strongly(page: Page) -> None:
    page.goto(ORIGIN)
    passage = BASE.locate("Blant 43 søkere har fem miljøer fått støtte.")
    first, second = BASE.locate("43 søkere"), BASE.locate("fem miljøer")
    marks = [[second.start, second.end], [first.start, first.end]]
    assert ask(page, passage.start, passage.end, marks)
    assert marked(page) == [first.quote, second.quote]
    around = page.locator(".passage").all_text_contents()
    assert around == ["Blant ", " har ", " fått støtte."]
    assert focused(page) == first.quote
    backgrounds = [
        page.locator(each).first.evaluate("it => getComputedStyle(it).backgroundColor")
        for each in ("mark", ".passage")
    ]
    assert backgrounds[0] != backgrounds[1] == "rgba(0, 0, 0, 0)"


def test_decisive_words_may_touch_overlap_and_run_over_several_lines(
    page: Page,
) -> None:
    page.goto(ORIGIN)
    first, second = [block for block in BASE.blocks() if block.role == "origin"]
    marks = [[first.start, first.start + 9], [first.start + 5, second.start + 7]]
    assert ask(page, first.start, second.end, marks)
    assert "".join(marked(page)) == f"{BASE.text_of(first)}Utgiver"
    [rest] = page.locator(".passage").all_text_contents()
    assert rest == BASE.text_of(second)[7:]
    assert ask(page, 27, 30)
    assert page.locator(".passage").count() == 0


@pytest.mark.parametrize(
    "marks", [[], "no", [[1, 5]], [[40, 80]], [[50, 40]], [None], [["a", "b"]], {}]
)
def test_decisive_words_that_are_none_of_the_passage_are_passed_over(
    page: Page, marks: object
) -> None:
    page.goto(ORIGIN)
    assert ask(page, 27, 69, marks)
    assert marked(page) == ["Vil løfte norsk helsenæring internasjonalt"]


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


def test_the_way_back_stands_beneath_the_words_and_over_none(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(ORIGIN)
    page.get_by_role("button", name="Kilde").focus()
    for start, end in ((27, 69), (1066, 1100), (2600, 2800), (300, 420)):
        ask(page, start, end)
        back = page.get_by_role("button", name="Tilbake til svaret")
        expect(back).not_to_have_class("back aside")
        overlaps = back.evaluate(
            """(back) => {
              const own = back.getBoundingClientRect();
              const blocks = document.querySelectorAll("[data-start]");
              const texts = [...blocks].map((block) => block.firstChild);
              return texts.flatMap((text) => {
                const range = new Range();
                range.selectNode(text);
                return [...range.getClientRects()];
              }).filter((it) => it.bottom > own.top && it.top < own.bottom).length;
            }"""
        )
        assert overlaps == 0
        box, words = back.bounding_box(), page.locator("mark").last.bounding_box()
        assert box is not None
        assert words is not None
        assert words["y"] < box["y"]


def test_the_way_back_goes_once_the_reader_is_in_the_chat_again(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(ORIGIN)
    ask(page, 27, 69)
    back = page.locator(".back")
    expect(back).not_to_have_class("back aside")
    expect(back).to_be_visible()
    page.locator("#samtale").scroll_into_view_if_needed()
    expect(back).to_be_hidden()
    page.evaluate("scrollTo(0, 0)")
    expect(back).to_be_hidden()
    ask(page, 27, 69)
    expect(back).to_be_visible()
    page.get_by_role("button", name="Kilde").focus()
    expect(back).to_be_hidden()


def test_beside_the_chat_only_the_keyboard_meets_the_way_back(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(ORIGIN)
    page.get_by_role("button", name="Kilde").focus()
    ask(page, 27, 69)
    back = page.locator(".back")
    expect(back).to_have_class("back aside")
    assert back.bounding_box()["height"] <= 1
    page.keyboard.press("Tab")
    expect(back).to_be_focused()
    assert back.bounding_box()["height"] >= 44


@pytest.mark.parametrize("width", [390, 1280])
def test_who_follows_a_link_to_words_gets_these_and_the_chat_after_them(
    page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{ORIGIN}/#tekst=27-69")
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator("#samtale")).not_to_be_in_viewport()
    page.get_by_role("link", name="Gå til samtalen").click()
    expect(page.locator("#samtale")).to_be_in_viewport()


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


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_fault_in_a_statement_and_it_fits_a_narrow_window(
    page: Page, path: str, language: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{ORIGIN}{path}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    result = Axe().run(page, options=WCAG)
    assert result.violations_count == 0, result.generate_report()


def test_the_statements_are_reached_from_the_page_and_lead_back(page: Page) -> None:
    for name in ("Personvern: ", "Tilgjengelighet: "):
        page.goto(f"{ORIGIN}/")
        page.locator("footer").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name.strip(": "))
        page.get_by_role("link", name=BASE.content.title.nb).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(BASE.title)


def test_a_statement_needs_no_script(page: Page) -> None:
    for path in KINDS:
        page.goto(f"{ORIGIN}{path}")
        assert page.locator("script").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
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
