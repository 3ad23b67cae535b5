"""Finds the figures and times in a message, so that facts can be held up to them."""

import dataclasses
import functools
import re
from typing import Literal

import num2words

from bot.knowledge.models import Season
from bot.reading.lexicon import look_up, word_list, word_table
from bot.reading.spelling import fold

Unit = Literal["kroner", "percent", "count"]

MILLION = 1_000_000
_LARGEST_SPELT = 100
# Words in the longest number that is spelt out: `tre og førti`.
_LONGEST_SPELT = 3
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
_UNITS = {*_SCALES, *_MONEY, *_PERCENT}
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .\u00a0]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)\s*(%)?"
)


@dataclasses.dataclass(frozen=True)
class Quantity:
    """A figure in a message.

    Attributes:
        value: Whole kroner, percent (0-100) or a plain count.
        unit: Which of the three.
        definite: It is spoken of as known, as in `the six million`.
    """

    value: float
    unit: Unit
    definite: bool = False


@dataclasses.dataclass(frozen=True)
class Moment:
    """A time in a message; what is not mentioned is None."""

    season: Season | None
    year: int | None


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
        has_unit = not _UNITS.isdisjoint(rest)
        is_year = value in _YEARS and digits.isdigit() and not has_unit
        if not is_year:
            quantity = _with_unit(value, rest)
            before = fold(text[: match.start()]).split()
            found.append((match.start(), _as_known(quantity, before)))
    folded = fold(text)
    words = folded.split()
    place = 0
    while place < len(words):
        number, length = _spelt_at(words, place)
        following = words[place + length : place + length + 2]
        if number > 1 or (number == 1 and following[:1] in (["million"], ["mill"])):
            quantity = _with_unit(number, following)
            found.append((place, _as_known(quantity, words[:place])))
        elif words[place] in ("hundre", "hundred") and not _is_number(words, place - 1):
            found.append((place, Quantity(100, "count")))
        place += length
    fraction = look_up(folded, "fractions")
    if fraction is not None:
        found.append((0, Quantity(float(fraction), "percent")))
    return tuple(quantity for _, quantity in found)


def _spelt_at(words: list[str], place: int) -> tuple[int, int]:
    """Return the number spelt out at a place (0: none) and how many words it takes."""
    for length in range(min(_LONGEST_SPELT, len(words) - place), 0, -1):
        spelt = " ".join(words[place : place + length])
        number = _spelt_numbers().get(spelt, 0)
        # `to` is two in Norwegian, and no number in an English sentence.
        if number and not (spelt == "to" and word_list("english").intersection(words)):
            return number, length
    return 0, 1


def _as_known(quantity: Quantity, before: list[str]) -> Quantity:
    definite = bool(word_list("definite").intersection(before[-1:]))
    return dataclasses.replace(quantity, definite=definite)


def _is_number(words: list[str], place: int) -> bool:
    return place >= 0 and (words[place].isdigit() or words[place] in _spelt_numbers())


def _parse(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}([ .\u00a0]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _with_unit(value: float, following: list[str]) -> Quantity:
    if following[:2] == ["per", "cent"] or set(following[:1]) & _PERCENT:
        return Quantity(value, "percent")
    scale = _SCALES.get(following[0], 1) if following else 1
    if scale >= MILLION or set(following) & _MONEY:
        return Quantity(value * scale, "kroner")
    return Quantity(value * scale, "count")


def find_moment(text: str) -> Moment | None:
    """Return the season and year that a text mentions, or None."""
    folded = fold(text)
    years = [int(word) for word in re.findall(r"\b(?:19|20)\d\d\b", folded)]
    season = look_up(folded, "seasons") or look_up(folded, "months")
    if season is None and not years:
        return None
    return Moment(season, years[-1] if years else None)
