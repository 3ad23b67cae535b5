"""Finds the figures in a text, written in digits or in words.

It checks what the assistant says, so it does not read as the assistant does
(`bot/reading/quantities.py`): what one of the two overlooks, the other may find.
"""

import dataclasses
import functools
import re
from collections.abc import Iterator

import num2words

from bot.reading.lexicon import word_table
from bot.reading.spelling import fold

_MILLION = 1_000_000
_LARGEST_SPELT = 100
_DIGITS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[ .,\u00a0]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[ .,\u00a0]\d{3})+")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SCALES = (
    (re.compile(r"[\s-]*(?:milliard|billion|mrd)", re.I), 1000 * _MILLION),
    (re.compile(r"[\s-]*(?:million|mill\b|mnok)", re.I), _MILLION),
    (re.compile(r"[\s-]*(?:tusen|thousand)", re.I), 1000),
    (re.compile(r"[\s-]*(?:hundre)", re.I), 100),
)
_PERCENT = re.compile(r"[\s-]*(?:%|prosent|per ?cent|pst)", re.I)
_MONEY_AFTER = re.compile(r"[\s-]*(?:kroner?\b|kr\b|nok\b)", re.I)
_MONEY_BEFORE = re.compile(r"\b(?:NOK|kr)\.?\s*$", re.I)
_ENGLISH = re.compile(r"\b(?:the|of|is|and)\b", re.I)
# Number words that are other words in English.
_NO_NUMBERS_IN_ENGLISH = frozenset({"to", "fire", "tre"})
# Fractions of the lexicon that are other words in Nynorsk: each.
_NO_FRACTIONS = frozenset({"kvart"})


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure where it stands: a plain count, whole kroner, or percent."""

    written: str
    value: float
    unit: str


def figures(text: str) -> Iterator[Figure]:
    """Find the figures in a text: those in digits, those in words, then fractions."""
    for match in _DIGITS.finditer(text):
        yield _with_unit(text, match, _parse(match.group()))
    numbers = number_words(english=bool(_ENGLISH.search(text)))
    for match in WORD.finditer(text):
        value = numbers.get(fold(match.group()))
        if value is not None:
            yield _with_unit(text, match, value)
    for fraction, percent in word_table("fractions").items():
        if fraction not in _NO_FRACTIONS and f" {fraction} " in f" {fold(text)} ":
            yield Figure(fraction, float(percent), "percent")


def _parse(digits: str) -> float:
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _with_unit(text: str, match: "re.Match[str]", value: float) -> Figure:
    end, unit = match.end(), "count"
    for pattern, factor in _SCALES:
        scale = pattern.match(text, end)
        if scale:
            value, end = value * factor, scale.end()
            unit = "kroner" if factor >= _MILLION else unit
            break
    if _PERCENT.match(text, end):
        unit, end = "percent", end + 1
    elif _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text[: match.start()]):
        unit = "kroner"
    written = re.match(r"\s*\S*", text[match.end() :])
    tail = written.group() if written and unit != "count" else ""
    return Figure(match.group() + tail.rstrip(".,;:!?»”"), value, unit)


@functools.cache
def number_words(*, english: bool) -> dict[str, float]:
    """Return the number words from 2 up, folded; 1 is an article more often."""
    spelt = {
        fold(num2words.num2words(number, lang=language)): float(number)
        for language in ("no", "en")
        for number in range(2, _LARGEST_SPELT + 1)
    }
    spelt |= {word: float(n) for word, n in word_table("number_words").items() if n > 1}
    spelt |= {"hundre": 100.0, "hundred": 100.0, "tusen": 1000.0, "thousand": 1000.0}
    if english:
        return {w: n for w, n in spelt.items() if w not in _NO_NUMBERS_IN_ENGLISH}
    return spelt
