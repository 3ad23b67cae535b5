"""Finds the figures and times in a message, so that facts can be held up to them."""

import dataclasses
import functools
import itertools
import re
from collections.abc import Iterator
from typing import Literal

import num2words

from bot.knowledge.models import Season
from bot.reading.lexicon import look_up, word_list, word_table
from bot.reading.spelling import fold, tokens_of

Unit = Literal["kroner", "percent", "count"]

MILLION = 1_000_000
_LARGEST_SPELT = 100
_TEN = 10
_HUNDRED = 100
# Words in the longest number that is spelt out: `tre og førti`.
_LONGEST_SPELT = 3
# Characters on either side of a number in digits that its unit is looked for in: two
# words and what parts them.
_BESIDE = 80
_YEARS = range(1900, 2100)
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .,\u00a0]\d{3})+|\d+(?:[.,]\d+)?)(?!\d)\s*(%)?"
)


@dataclasses.dataclass(frozen=True)
class Quantity:
    """A figure in a message.

    Attributes:
        value: Whole kroner, percent (0-100) or a plain count.
        unit: Which of the three.
        definite: It is spoken of as known, as in `the ten million`.
        start: Offset of its first character in the text.
        end: Offset just after its number, without a unit.
    """

    value: float
    unit: Unit
    definite: bool = False
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class Moment:
    """A time in a message; what is not mentioned is None.

    Attributes:
        season: The season, also that of a month.
        year: The year.
        month: It is told to the month.
    """

    season: Season | None
    year: int | None
    month: bool = False


@functools.lru_cache(maxsize=1)
def _spelt_numbers() -> dict[str, int]:
    """Return the number words of both written forms and English, folded."""
    spelt = {
        fold(num2words.num2words(number, lang=language)): number
        for language in ("no", "en")
        for number in range(2, _LARGEST_SPELT + 1)
    }
    spelt.update(word_table("number_words"))
    tens = {word: n for word, n in spelt.items() if n in range(20, 100, 10)}
    ones = {word: n for word, n in spelt.items() if n < _TEN}
    for (one, few), (ten, many) in itertools.product(ones.items(), tens.items()):
        spelt[f"{ten}{one}"] = few + many
        # The older way to count: `tre og førti`.
        spelt |= {f"{one} og {ten}": few + many, f"{one}og{ten}": few + many}
    return spelt


@functools.cache
def units() -> frozenset[str]:
    """Return the folded words and phrases that figures are measured in."""
    scales = frozenset(word_table("scales"))
    return scales | word_list("money") | word_list("percentages")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures in a text, in order; years are no figures.

    A number that stands in digits or in words takes its unit from the words after it:
    `10 millioner`, `ti mill`, `50 prosent`, `20 timer`.
    """
    found = [*_in_digits(text), *_in_words(text)]
    found += _fractions(text)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _fractions(text: str) -> Iterator[Quantity]:
    tokens = tokens_of(text)
    fraction = look_up(fold(text), "fractions")
    table = word_table("fractions")
    for place, (start, end, word) in enumerate(tokens):
        before = tokens[place - 1].word if place else ""
        if fraction is None or table.get(word) is None or before in ("the", "den"):
            continue
        yield Quantity(float(fraction), "percent", start=start, end=end)
        return


def _in_digits(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        digits = match.group(1)
        value = _parse(digits)
        beside = fold(text[match.end() : match.end() + _BESIDE])
        following = ["%"] if match.group(2) else beside.split()[:2]
        is_year = value in _YEARS and digits.isdigit() and units().isdisjoint(following)
        if not is_year:
            start = max(match.start() - _BESIDE, 0)
            before = fold(text[start : match.start()]).split()
            quantity = _with_unit(value, following)
            yield _placed(quantity, before, match.start(), match.end())


def _in_words(text: str) -> Iterator[Quantity]:
    tokens = tokens_of(text)
    words = [token.word for token in tokens]
    scales = word_table("scales")
    english = not word_list("english").isdisjoint(words)
    place = 0
    while place < len(words):
        number, length = _spelt_at(words, place, english)
        following = words[place + length : place + length + 2]
        quantity = None
        if number > 1 or (number == 1 and scales.keys() & following[:1]):
            quantity = _with_unit(number, following)
        elif scales.get(words[place]) == _HUNDRED and not _is_number(words, place - 1):
            quantity = Quantity(_HUNDRED, "count")
        if quantity:
            start, end = tokens[place].start, tokens[place + length - 1].end
            yield _placed(quantity, words[max(place - 2, 0) : place], start, end)
        place += length


def _spelt_at(words: list[str], place: int, english: bool) -> tuple[int, int]:
    """Return the number spelt out at a place (0: none) and how many words it takes."""
    for length in range(min(_LONGEST_SPELT, len(words) - place), 0, -1):
        spelt = " ".join(words[place : place + length])
        number = _spelt_numbers().get(spelt, 0)
        # `to` is two in Norwegian, and no number in an English sentence.
        if number and not (spelt == "to" and english):
            return number, length
    return 0, 1


def _placed(quantity: Quantity, before: list[str], start: int, end: int) -> Quantity:
    # `the six`, `one of six`
    definite = not word_list("definite").isdisjoint(
        (*before[-1:], " ".join(before[-2:]))
    )
    return dataclasses.replace(quantity, definite=definite, start=start, end=end)


def _is_number(words: list[str], place: int) -> bool:
    return place >= 0 and (words[place].isdigit() or words[place] in _spelt_numbers())


def _parse(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}([ .,\u00a0]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


def _with_unit(value: float, following: list[str]) -> Quantity:
    if word_list("percentages") & {*following[:1], " ".join(following[:2])}:
        return Quantity(value, "percent")
    scale = word_table("scales").get(following[0], 1) if following else 1
    if scale >= MILLION or word_list("money") & set(following):
        return Quantity(value * scale, "kroner")
    return Quantity(value * scale, "count")


def find_moment(text: str) -> Moment | None:
    """Return the season and year that a text mentions, or None."""
    folded = fold(text)
    years = _years(folded.split())
    month = look_up(folded, "months")
    season = month or look_up(folded, "seasons")
    if season is None and not years:
        return None
    return Moment(season, years[-1] if years else None, month is not None)


def _years(words: list[str]) -> list[int]:
    """Return the years among words; `2000 kroner` is none."""
    return [
        int(word)
        for word, unit in itertools.pairwise((*words, ""))
        if re.fullmatch(r"(?:19|20)\d\d", word) and unit not in units()
    ]
