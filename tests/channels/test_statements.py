"""The statements on privacy and accessibility: they tell what the settings say."""

import html
import re
from typing import Any

import pytest

from bot.channels.page import ADDRESSES, Kind
from bot.channels.statements import Statements, read_statements
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR, Settings

BASE = load_knowledge()
# A test's own, each unlike anything that the pages say by themselves.
TOLD = Settings(
    operator="Fjellbygd kommune",
    contact="post@fjellbygd.example",
    privacy_contact="ombud@fjellbygd.example",
    privacy_url="https://www.fjellbygd.example/personvern",
    accessibility_url="https://uustatus.no/nb/erklaringer/publisert/1f2e",
    origins=("https://www.fjellbygd.example", "https://skole.fjellbygd.example"),
    kept_days=7,
    audit_days=1,
    emergency="112",
    out_of_hours="11 61 17",
    helpline="22 22 22 22",
    cases=True,
)


def render(
    kind: Kind, language: Language = "nb", settings: Settings = TOLD, contact: str = ""
) -> str:
    return Statements(BASE, contact or "siva.no", settings).render(kind, language)


def words_of(page: str) -> str:
    """Return what stands in the main part of a page, without its tags."""
    main = re.search(r"(?s)<main.*</main>", page)
    assert main
    return html.unescape(re.sub(r"<[^>]+>", "", main[0]))


def links_of(page: str) -> list[tuple[str, str]]:
    main = re.search(r"(?s)<main.*</main>", page)
    assert main
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', main[0])


def shape_of(texts: Any) -> Any:
    """Return texts without their words: what stands where, and on what condition."""
    if isinstance(texts, dict):
        return {
            key: value if key in ("when", "unless") else shape_of(value)
            for key, value in texts.items()
        }
    if isinstance(texts, list):
        return [shape_of(each) for each in texts]
    return sorted(re.findall(r"\{\w+\}", texts))


def test_the_statements_say_the_same_in_all_languages() -> None:
    nb, nn, en = (shape_of(read_statements(language)) for language in LANGUAGES)
    assert nb == nn == en


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in(kind: Kind, language: Language) -> None:
    for settings in (TOLD, Settings()):
        page = render(kind, language, settings)
        assert not re.search(r"[{}]", page)
        assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_statement_tells_what_is_set(language: Language) -> None:
    page = render("privacy", language)
    words = words_of(page)
    for told in (TOLD.operator, *TOLD.origins, TOLD.emergency, TOLD.helpline):
        assert told in words
    links = links_of(page)
    assert ("mailto:ombud@fjellbygd.example", "ombud@fjellbygd.example") in links
    assert (TOLD.privacy_url, "www.fjellbygd.example/personvern") in links
    assert ("tel:116117", TOLD.out_of_hours) in links
    assert ("https://www.datatilsynet.no", "www.datatilsynet.no") in links


@pytest.mark.parametrize(
    ("language", "kept", "audit"),
    [
        ("nb", "slettes 7 dager etter den siste", "slettes etter én dag"),
        ("nn", "sletta 7 dagar etter den siste", "sletta etter éin dag"),
        ("en", "deleted 7 days after the last", "deleted after one day"),
    ],
)
def test_it_tells_for_how_long_conversations_and_the_log_are_kept(
    language: Language, kept: str, audit: str
) -> None:
    words = words_of(render("privacy", language))
    assert kept in words
    assert audit in words


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_says_plainly_what_is_not_set(
    kind: Kind, language: Language
) -> None:
    lines = [
        line
        for section in read_statements(language)[kind]["sections"]
        for line in section["lines"]
        if isinstance(line, dict)
    ]
    unstated = [line["text"] for line in lines if "unless" in line]
    assert len(unstated) >= 2
    told, untold = (
        words_of(render(kind, language, settings)) for settings in (TOLD, Settings())
    )
    for text in unstated:
        assert text in untold
        assert text not in told
    for text in (line["text"].split("{")[0] for line in lines if "when" in line):
        assert text in told
        assert text not in untold


def test_without_one_of_its_own_privacy_has_the_contact() -> None:
    page = render("privacy", settings=Settings(contact="post@example.org"))
    assert ("mailto:post@example.org", "post@example.org") in links_of(page)


def test_the_contact_of_the_content_is_not_said_to_answer_for_the_operator() -> None:
    for kind in ADDRESSES:
        page = render(kind, settings=Settings(), contact="ministry@example.org")
        assert "ministry@example.org" not in words_of(page)
        assert "ministry@example.org" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_official_accessibility_statement_is_linked_where_there_is_one(
    language: Language,
) -> None:
    page = render("accessibility", language)
    address = "uustatus.no/nb/erklaringer/publisert/1f2e"
    assert (f"https://{address}", address) in links_of(page)
    assert ("mailto:post@fjellbygd.example", TOLD.contact) in links_of(page)
    without = links_of(render("accessibility", language, Settings()))
    assert without == [("https://www.uutilsynet.no", "www.uutilsynet.no")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_that_is_named_is_one_of_the_widgets(language: Language) -> None:
    widget = (PROJECT_DIR / "widget" / "texts.js").read_text("utf-8")
    texts = str(read_statements(language))
    named = set(re.findall(r"[«“]([^»”]+)[»”]", texts))
    assert len(named) == 3
    assert not [label for label in named if f'"{label}"' not in widget]


@pytest.mark.parametrize("kind", ADDRESSES)
def test_what_is_set_is_text_and_never_markup(kind: Kind) -> None:
    page = render(
        kind, settings=Settings(operator="<b>x</b>", contact='"><script>1</script>')
    )
    assert "<b>" not in page
    assert "<script" not in page


@pytest.mark.parametrize("kind", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_leads_to_the_other_languages_and_to_the_chat(
    kind: Kind, language: Language
) -> None:
    page = render(kind, language)
    for other in LANGUAGES:
        assert f'href="{ADDRESSES[kind]}?lang={other}"' in page
    assert (
        f'<a href="/?lang={language}">{BASE.content.title.into(language)}</a>' in page
    )
