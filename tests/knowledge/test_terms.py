"""What people read says one thing with one term."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR

KNOWLEDGE = PROJECT_DIR / "knowledge"
TERMS: list[dict[str, Any]] = yaml.safe_load((KNOWLEDGE / "terms.yml").read_text())[
    "terms"
]
# What a text leaves open, which nobody reads: `{pot.amount}`, `${days}`.
OPEN = re.compile(r"\$?\{[^{}]*\}")


def strings(value: Any) -> Iterator[str]:
    """Yield the strings of a YAML value, without its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def in_language(value: Any, language: Language) -> Iterator[str]:
    """Yield the strings under `{nb, nn, en}`, wherever they stand."""
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        yield from strings(value[language])
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from in_language(inner, language)


def widget_strings(language: Language) -> list[str]:
    """Return the strings that the widget says."""
    script = (PROJECT_DIR / "widget" / "texts.js").read_text("utf-8")
    part = re.search(rf"^const {language} = {{\n(.*?)^}};", script, re.M | re.S)
    assert part
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`', part[1])
    return ["".join(either) for either in quoted]


def read_by_people(language: Language) -> Iterator[tuple[str, str]]:
    """Yield each text of a language with the file that it stands in."""
    for name in ("facts", "derived", "names", "content"):
        file = KNOWLEDGE / f"{name}.yml"
        data = yaml.safe_load(file.read_text("utf-8"))
        yield from ((file.name, text) for text in in_language(data, language))
    letters = PROJECT_DIR / "staff" / "texts" / "letters.yml"
    data = yaml.safe_load(letters.read_text("utf-8"))
    yield from ((letters.name, text) for text in in_language(data, language))
    for folder in ("knowledge/wording", "page/texts", "staff/texts"):
        file = PROJECT_DIR / folder / f"{language}.yml"
        if file.exists():  # the console speaks no English
            data = yaml.safe_load(file.read_text("utf-8"))
            yield from ((f"{folder}/{file.name}", text) for text in strings(data))
    yield from (("widget/texts.js", text) for text in widget_strings(language))


READ = {
    language: [(file, OPEN.sub("…", text)) for file, text in read_by_people(language)]
    for language in LANGUAGES
}


def words(variant: str) -> re.Pattern[str]:
    """Return the pattern of a variant: whole words, or all that begin so before `*`."""
    pattern = re.escape(variant.removesuffix("*"))
    end = "" if variant.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){pattern}{end}", re.IGNORECASE)


def of_each(field: str) -> list[Any]:
    """Return a parameter for each term in each language."""
    return [
        pytest.param(language, term[language][field], id=f"{term['id']}-{language}")
        for term in TERMS
        for language in LANGUAGES
    ]


def test_each_text_is_found_in_each_language() -> None:
    for language in LANGUAGES:
        files = {file for file, _ in READ[language]}
        assert {
            "facts.yml",
            "names.yml",
            "letters.yml",
            f"knowledge/wording/{language}.yml",
            f"page/texts/{language}.yml",
            "widget/texts.js",
        } <= files
    assert "staff/texts/nb.yml" in {file for file, _ in READ["nb"]}


@pytest.mark.parametrize(("language", "variants"), of_each("not"))
def test_no_other_word_is_written_for_it(
    language: Language, variants: list[str]
) -> None:
    written = [
        f"{file}: «{variant}» in «{text}»"
        for variant in variants
        for file, text in READ[language]
        if words(variant).search(text)
    ]
    assert not written


@pytest.mark.parametrize(("language", "term"), of_each("use"))
def test_the_term_is_in_use(language: Language, term: str) -> None:
    assert any(words(term).search(text) for _, text in READ[language])


def test_no_term_forbids_another() -> None:
    for language in LANGUAGES:
        for term in TERMS:
            for other in TERMS:
                for variant in other[language]["not"]:
                    assert not words(variant).search(term[language]["use"])
