"""Finds the figures and times that a person mentions, so that they can be held up to
the facts."""

import dataclasses
import functools
import re
from typing import Literal, Optional

import num2words

from bot.knowledge.models import Season
from bot.reading.lexicon import look_up, word_table
from bot.reading.spelling import fold

Unit = Literal["kroner", "percent", "count"]

MILLION = 1_000_000
_LARGEST_SPELT = 100
_YEARS = range(1900, 2100)
_SCALES = {
    "million": MILLION, "millioner": MILLION, "millionar": MILLION,
    "millionene": MILLION, "millionane": MILLION, "millions": MILLION,
    "mill": MILLION, "mnok": MILLION, "mil": MILLION, "m": MILLION, "mln": MILLION,
    "milliard": 1000 * MILLION, "milliarder": 1000 * MILLION,
    "milliardar": 1000 * MILLION, "billion": 1000 * MILLION, "mrd": 1000 * MILLION,
    "tusen": 1000, "thousand": 1000, "hundre": 100, "hundred": 100,
}  # fmt: skip
_MONEY = {"kroner", "kr", "kron", "nok", "crowns", "kronar", "kroners"}
_PERCENT = {"prosent", "percent", "%", "pst", "prosentar"}
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .\u00a0]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)\s*(%)?"
)


@dataclasses.dataclass(frozen=True)
class Quantity:
    """A figure in a message.

    Attributes:
        value: Whole kroner, percent (0-100) or a plain count.
        unit: Which of the three.
    """

    value: float
    unit: Unit


@dataclasses.dataclass(frozen=True)
class Moment:
    """A time in a message; what is not mentioned is None."""

    season: Optional[Season]
    year: Optional[int]


@functools.lru_cache(maxsize=1)
def _spelt_numbers() -> dict[str, int]:
    """Return the number words of both written forms and English, folded."""
    spelt = {
        fold(num2words.num2words(number, lang=language)): number
        for language in ("no", "en")
        for number in range(2, _LARGEST_SPELT + 1)
    }
    spelt.update(word_table("number_words"))
    return spelt


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures in a text, in order; years are no figures.

    A number that stands in digits or in words takes its unit from the words after it:
    `10 millioner`, `seks mill`, `41 prosent`, `43 søkere`.
    """
    found: list[tuple[int, Quantity]] = []
    for match in _NUMBER.finditer(text):
        digits = match.group(1)
        value = _parse(digits)
        rest = fold(text[match.end() :]).split()[:2]
        if match.group(2):
            rest = ["%"]
        is_year = value in _YEARS and digits.isdigit() and not set(rest) & set(_SCALES)
        if not is_year:
            found.append((match.start(), _with_unit(value, rest)))
    folded = fold(text)
    words = folded.split()
    for place, word in enumerate(words):
        number = _spelt_numbers().get(word)
        if number is not None and (number > 1 or words[place + 1 : place + 2] in (["million"], ["mill"])):
            found.append((place, _with_unit(number, words[place + 1 : place + 3])))
        elif word in ("hundre", "hundred") and not _is_number(words, place - 1):
            found.append((place, Quantity(100, "count")))
    fraction = look_up(folded, "fractions")
    if fraction is not None:
        found.append((0, Quantity(float(fraction), "percent")))
    return tuple(quantity for _, quantity in found)


def _is_number(words: list[str], place: int) -> bool:
    return place >= 0 and (words[place].isdigit() or words[place] in _spelt_numbers())


def _parse(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}([ .\u00a0]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _with_unit(value: float, following: list[str]) -> Quantity:
    if following and following[0] in _PERCENT:
        return Quantity(value, "percent")
    scale = _SCALES.get(following[0], 1) if following else 1
    if scale >= MILLION or set(following) & _MONEY:
        return Quantity(value * scale, "kroner")
    return Quantity(value * scale, "count")


def find_moment(text: str) -> Optional[Moment]:
    """Return the season and year that a text mentions, or None."""
    folded = fold(text)
    years = [int(word) for word in re.findall(r"\b(?:19|20)\d\d\b", folded)]
    season = look_up(folded, "seasons") or look_up(folded, "months")
    if season is None and not years:
        return None
    return Moment(season, years[-1] if years else None)
