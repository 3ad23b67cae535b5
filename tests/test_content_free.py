"""The code knows no announcement: what is of this one stands in its content alone."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator

import pytest
from num2words import num2words
from test_project import ROOT, project_files

from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from bot.reading.spelling import fold

BASE = load_knowledge()
# The content, its tests, and the documents that tell of the product.
CONTENT = ("knowledge/", "data/", "domain.yml", "tests/")
DOCUMENTS = ("README.md", "CHANGELOG.md", "LICENSE", "docs/", "reports/")
# Names that are ordinary words too: `helse` is in the product's own name.
ORDINARY = {
    "helse",
    "health",
    "finance",
    "bank",
    "director",
    "minister",
    "government",
    "regjeringen",
    "regjeringa",
    "parliament",
    "kommunen",
    "municipality",
    "fylkeskommunen",
    "county council",
}
EXCEPTIONS = {
    # Every Nynorsk word of a treebank, with its count.
    ("language_model/frequencies/nynorsk.tsv", "*"),
    # Versions of packages.
    ("requirements-provider.lock", "43"),
    # Whose treebank and recipe it is.
    ("language_model/package.py", "oslo"),
    # What Norway's time zone is called.
    ("bot/hours.py", "oslo"),
    ("widget/hours.js", "oslo"),
    ("widget/dist/chat.js", "oslo"),
}
SHORTEST_NAME = 4
# Smaller figures, and those that end in 0 or 5, stand for all sorts of things.
SMALLEST_TELLING = 20
ROUND = 5
LARGEST_ROUND = 1000
MILLION = 1_000_000
KINDS_OF_FIGURES = ("amount", "count", "percent")


def names() -> Iterator[str]:
    """Yield what people write for the names, and what the content calls itself."""
    for name in BASE.names.values():
        labels = (name.label.into(language) for language in LANGUAGES)
        yield from (*labels, *name.aliases, *name.titles, *name.short)
    for language in LANGUAGES:
        yield BASE.content.title.into(language)
        for topic in BASE.content.starters:
            yield BASE.wording[language].topics[topic].ask or ""
    yield from BASE.content.contact.split(",")
    yield from (BASE.text_of(b) for b in BASE.blocks() if b.role == "title")


def figures() -> Iterator[str]:
    """Yield patterns of the figures: by themselves where they tell, or with a unit."""
    for fact in [*BASE.facts, *BASE.derived]:
        kind = BASE.figure_kind(fact)
        if kind not in KINDS_OF_FIGURES:
            continue
        value = BASE.value(fact)
        if kind == "amount":
            yield from (f"{value:.0f}", spaced(value))
            yield rf"{said(value / MILLION)} (?:mill\w*|mnok)"
        elif kind == "percent":
            yield rf"{said(round(value))} ?(?:%|prosent\w*|percent|per cent)"
        else:
            counted = "|".join(forms_of(BASE.counted[fact]))
            if counted:
                yield rf"{said(value)} (?:\w+ )?(?:{counted})"
        telling = round(value) % ROUND != 0 or value >= LARGEST_ROUND
        if kind != "amount" and telling and value >= SMALLEST_TELLING:
            yield from (f"{value:.0f}", spaced(value))


def spaced(value: float) -> str:
    """Return a figure with a blank between the thousands."""
    return f"{value:,.0f}".replace(",", " ")


def said(number: float) -> str:
    """Return a pattern of a number in digits and in words, folded."""
    digits = fold(f"{number:g}".replace(".", ","))
    words = [fold(num2words(number, lang=language)) for language in ("no", "en")]
    return f"(?:{'|'.join([digits, *words])})"


def forms_of(ids: tuple[str, ...]) -> Iterator[str]:
    """Yield patterns of what names and values are called, folded."""
    for each in ids:
        name = BASE.names.get(each)
        for form in name.aliases if name else BASE.values[each].forms.all():
            yield fold(form) + (r"\w*" if form.endswith("*") else "")


def pattern() -> re.Pattern[str]:
    folded = {fold(name) for name in names()}
    searched = {name for name in folded if len(name) >= SHORTEST_NAME} - ORDINARY
    alternatives = [*(f"{re.escape(name)}s?" for name in searched), *figures()]
    longest_first = sorted(alternatives, key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(longest_first)})(?!\S)")


PATTERN = pattern()


def traces(text: str) -> Iterator[tuple[int, str]]:
    """Yield each name or figure of the announcement in a text, after its line."""
    # A name inside an identifier is found too.
    lines = [fold(line.replace("_", " ")) for line in text.split("\n")]
    ends = list(itertools.accumulate(len(line) + 1 for line in lines))
    for found in PATTERN.finditer(" ".join(lines)):
        yield bisect.bisect_right(ends, found.start()) + 1, found[0]


def is_allowed(file: str, found: str) -> bool:
    return not EXCEPTIONS.isdisjoint({(file, found), (file, "*")})


@functools.cache
def code() -> dict[str, str]:
    """Return all texts that are neither content nor documents, by file."""
    files = {str(path.relative_to(ROOT)): path.read_bytes() for path in project_files()}
    return {
        file: content.decode()
        for file, content in files.items()
        if not file.startswith((*CONTENT, *DOCUMENTS)) and 0 not in content
    }


def test_the_code_holds_no_name_and_no_figure_of_the_announcement() -> None:
    found = [
        f"{file}:{line - 1}: {trace}"
        for file, text in code().items()
        for line, trace in traces(f"{file}\n{text}")
        if not is_allowed(file, trace)
    ]
    assert not found


def test_the_code_names_no_fact_topic_or_gap_of_the_content() -> None:
    ids = [*BASE.facts, *BASE.derived, *BASE.topics, *BASE.gaps]
    dotted = "|".join(re.escape(each) for each in ids if "." in each)
    pattern = re.compile(rf"(?<![\w.])(?:{dotted})(?![\w.])")
    found = {file: pattern.findall(text) for file, text in code().items()}
    assert not {file: names for file, names in found.items() if names}


def test_every_exception_is_needed() -> None:
    for file, allowed in EXCEPTIONS:
        found = {trace for _, trace in traces(code()[file])}
        assert found & {allowed} or (found and allowed == "*"), (file, allowed)


def test_the_code_is_searched_and_the_content_is_not() -> None:
    searched = {file.split("/")[0] for file in code()}
    assert searched >= {
        "bot",
        "actions",
        "widget",
        "page",
        "Makefile",
        "config.yml",
        "pyproject.toml",
        "language_model",
        "trials",
    }
    assert searched.isdisjoint(part.strip("/") for part in (*CONTENT, *DOCUMENTS))


@pytest.mark.parametrize(
    ("line", "trace"),
    [
        ('OWNER = "Siva"', "siva"),
        ("# Siva's programmes", "siva"),
        ("the TTOs, as NTNU has one", "ntnu"),
        ("def of_norinnova():", "norinnova"),
        ("aleap_members = 3", "aleap"),
        ("`og i Tromsoe?`", "tromso"),
        ("RØE ISAKSEN", "ro isaksen"),
        ("what is a business\ngarden", "business garden"),
        ("see https://www.siva.no/x", "siva no"),
        ("Spør om helsesatsingen", "spor om helsesatsingen"),
        ("Hvem fikk penger?", "hvem fikk penger"),
        ("6 millioner", "6 millioner"),
        ("seks millioner", "seks millioner"),
        ("AMOUNT = 6_000_000", "6 000 000"),
        ("14,5 mill.", "14 5 mill"),
        ("`43` by itself", "43"),
        ("all of the 3600", "3600"),
        ("5 miljøer", "5 miljor"),
        ("forty business gardens", "forty business gardens"),
        ("41 prosent", "41 prosent"),
    ],
)
def test_a_name_or_figure_of_the_announcement_is_noticed(line: str, trace: str) -> None:
    assert trace in [found for _, found in traces(f"before\n{line}\nafter")]


@pytest.mark.parametrize(
    "line",
    [
        "40 seconds, 35 characters, 6 of 5",
        "validate, validated, passive, the bankers, 143 and 4.3",
        "HELSE_CONTENT, <helse-assistent>",
    ],
)
def test_what_only_looks_like_one_is_let_pass(line: str) -> None:
    assert [*traces(line)] == []


def test_the_line_is_told() -> None:
    assert [*traces("a\nb\nsay Siva\nc")] == [(3, "siva")]
