"""The page: the announcement to the letter, and around it one language at a time."""

import dataclasses
import html.parser
import itertools
import re
from collections.abc import Iterator, Mapping

import pytest

from bot.channels.page import ADDRESSES, PAGE_DIR, Page, read_texts
from bot.channels.statements import Statements
from bot.channels.widget import Widget
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR, Settings

BASE = load_knowledge()
SECOND = load_knowledge(PROJECT_DIR / "tests" / "second_content" / "knowledge")
CONTACT = BASE.content.contact
VOID = {"link", "meta"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Element:
    """An element of a page: its attributes, and the text inside it."""

    def __init__(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Take what its start tag says."""
        self.tag = tag
        self.attributes = attributes
        self.text = ""


class Reader(html.parser.HTMLParser):
    """Lists the elements of a page, in the order in which they begin."""

    def __init__(self, content: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(content)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def read(
    language: Language = "nb", contact: str = CONTACT, kept_days: int = 30
) -> list[Element]:
    return Reader(Page(BASE, contact, kept_days).render(language)).elements


def find(elements: list[Element], tag: str) -> list[Element]:
    return [element for element in elements if element.tag == tag]


def shown_text(elements: list[Element]) -> dict[int, str]:
    """Map offsets in the announcement to the characters that the page shows there."""
    return {
        int(element.attributes["data-start"] or "") + place: character
        for element in elements
        if "data-start" in element.attributes
        for place, character in enumerate(element.text)
    }


def texts_of(content: object) -> Iterator[str]:
    """Yield the parts of the page's texts that hold no placeholder."""
    if isinstance(content, Mapping):
        for inner in content.values():
            yield from texts_of(inner)
    else:
        yield from re.split(r"\{\w+\}", str(content))


def keys_of(content: object, path: str = "") -> set[str]:
    if not isinstance(content, Mapping):
        return {path}
    return {key for k, v in content.items() for key in keys_of(v, f"{path}.{k}")}


def test_the_page_shows_each_line_at_its_offset_and_to_the_letter() -> None:
    shown = {
        int(element.attributes["data-start"] or ""): element.text
        for element in read()
        if "data-start" in element.attributes
    }
    assert shown == {block.start: BASE.text_of(block) for block in BASE.blocks()}


@pytest.mark.parametrize("fact_id", BASE.facts)
def test_the_words_at_the_offsets_of_a_source_are_its_quote(fact_id: str) -> None:
    shown = shown_text(read())
    for source in BASE.sources([fact_id]):
        words = "".join(shown.get(p, "") for p in range(source.start, source.end))
        assert words == source.quote


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_its_language_and_the_announcement_in_bokmal(
    language: Language,
) -> None:
    elements = read(language)
    assert [e.attributes["lang"] for e in find(elements, "html")] == [language]
    assert [e.attributes["lang"] for e in find(elements, "article")] == ["nb"]
    chosen = [e for e in find(elements, "a") if "aria-current" in e.attributes]
    assert [e.attributes["hreflang"] for e in chosen] == [language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_can_be_chosen_by_its_own_name(language: Language) -> None:
    links = [e for e in find(read(language), "a") if "hreflang" in e.attributes]
    assert {(e.attributes["href"], e.attributes["lang"], e.text) for e in links} == {
        ("/?lang=nb", "nb", "Bokmål"),
        ("/?lang=nn", "nn", "Nynorsk"),
        ("/?lang=en", "en", "English"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_around_the_announcement_is_in_another_language(
    language: Language,
) -> None:
    content = Page(BASE, CONTACT, 30).render(language)
    own = set(texts_of(read_texts(language)))
    others = {
        text
        for other in LANGUAGES
        if other != language
        for text in texts_of(read_texts(other))
        if not any(text in mine for mine in own)
    }
    assert len(others) > 20
    assert not [text for text in others if re.search(rf"\b{re.escape(text)}", content)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_stands_on_the_page(language: Language) -> None:
    texts = read_texts(language)
    content = "".join(Page(BASE, CONTACT, days).render(language) for days in (1, 30))
    content += Statements(BASE, CONTACT, Settings()).render("privacy", language)
    assert not [text for text in texts_of(texts) if text not in content]


def test_every_text_exists_in_all_languages() -> None:
    keys = {language: keys_of(read_texts(language)) for language in LANGUAGES}
    assert keys["nb"] == keys["nn"] == keys["en"]
    assert all(text for nb in LANGUAGES for text in texts_of(read_texts(nb)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_the_announcement_is_what_the_assistant_says(
    language: Language,
) -> None:
    content = Page(BASE, CONTACT, 30).render(language)
    government = BASE.names["government"].label.into(language)
    archive = BASE.wording[language].topics["document.archive"].answer
    assert government in content
    assert archive.rsplit("}", 1)[1] in content


@pytest.mark.parametrize("base", [BASE, SECOND], ids=["first", "second"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_name_of_its_content_and_the_title_of_its_announcement(
    language: Language, base: KnowledgeBase
) -> None:
    elements = Reader(Page(base, CONTACT, 30).render(language)).elements
    name = base.content.title.into(language)
    [heading] = [e.text for e in find(elements, "h1")]
    assert heading in base.announcement
    assert [e.text for e in find(elements, "title")] == [f"{heading} – {name}"]
    assert [e.text for e in elements if e.attributes.get("class") == "name"] == [name]
    [description] = [
        e.attributes["content"] or ""
        for e in find(elements, "meta")
        if e.attributes.get("name") == "description"
    ]
    assert description.startswith(heading)


def test_a_content_that_tells_no_status_and_no_origin_has_a_page_without() -> None:
    untold = BASE.content.copy(update={"status": None, "origin": None})
    base = dataclasses.replace(BASE, content=untold)
    content = Page(base, CONTACT, 30).render("nb")
    assert read_texts("nb")["source"]["heading"] not in content
    assert BASE.names["government"].label.nb not in content
    assert read_texts("nb")["changed"] not in content
    assert "  Teksten" not in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_main_heading_and_no_level_is_skipped(language: Language) -> None:
    levels = [int(e.tag[1]) for e in read(language) if e.tag in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in itertools.pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_style_or_handler_stands_in_the_page_itself(
    language: Language,
) -> None:
    elements = read(language)
    assert not find(elements, "style")
    assert all(e.attributes.get("src") and not e.text for e in find(elements, "script"))
    names = {name for element in elements for name in element.attributes}
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_every_file_that_the_page_loads_is_there() -> None:
    loaded = [
        address
        for element in read()
        for address in (element.attributes.get("href"), element.attributes.get("src"))
        if address and re.match(r"/\w+/", address)
    ]
    widget = Widget(BASE)
    served = {f"/widget/{file.path}" for file in (widget.loader, widget.chat)}
    assert served <= set(loaded)
    files = [address for address in loaded if address not in served]
    assert not [a for a in files if not (PROJECT_DIR / a.lstrip("/")).is_file()]


def test_every_link_within_the_page_leads_somewhere() -> None:
    elements = read()
    ids = {element.attributes.get("id") for element in elements}
    links = [e.attributes["href"] or "" for e in find(elements, "a")]
    targets = [href[1:] for href in links if href.startswith("#")]
    assert set(targets) == {"kunngjoring", "samtale"}
    assert ids.issuperset(targets)


def test_without_the_chat_the_page_says_how_to_get_in_touch() -> None:
    [chat] = find(read(contact="post@example.org"), "helse-assistent")
    assert "JavaScript" in chat.text
    assert "post@example.org" in chat.text


def test_a_contact_is_text_and_never_markup() -> None:
    contact = '<script>alert(1)</script> "><img src=x> siva.no'
    elements = read(contact=contact)
    assert not find(elements, "img")
    assert all("src" in e.attributes for e in find(elements, "script"))
    [chat] = find(elements, "helse-assistent")
    assert contact in chat.text


def test_the_addresses_of_a_contact_are_links_wherever_it_stands() -> None:
    elements = read(contact="post@example.org, 22 24 90 90")
    links = [(e.attributes["href"], e.text) for e in find(elements, "a")]
    assert links.count(("mailto:post@example.org", "post@example.org")) == 2
    assert links.count(("tel:22249090", "22 24 90 90")) == 2


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("nb", 1, "i én dag "),
        ("nb", 30, "i 30 dager "),
        ("nn", 1, "i éin dag "),
        ("nn", 7, "i 7 dagar "),
        ("en", 1, "for one day "),
        ("en", 365, "for 365 days "),
    ],
)
def test_the_page_says_how_long_a_conversation_is_kept(
    language: Language, days: int, words: str
) -> None:
    [footer] = find(read(language, kept_days=days), "footer")
    assert words in footer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_the_robot_can_be_wrong_and_what_may_have_changed(
    language: Language,
) -> None:
    texts = read_texts(language)
    content = Page(BASE, CONTACT, 30).render(language)
    assert texts["fallible"] in content
    assert texts["changed"] in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statements_are_linked_in_the_language_of_the_page(
    language: Language,
) -> None:
    links = {e.attributes["href"] for e in find(read(language), "a")}
    for address in ADDRESSES.values():
        assert f"{address}?lang={language}" in links


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    assert not re.findall(r"url\(|@import", (PAGE_DIR / "page.css").read_text("utf-8"))
