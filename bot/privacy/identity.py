"""National identity numbers: a date of birth and five digits, however written.

The checksum is no condition, as people mistype. It settles what the shape leaves open.
"""

import re
from collections.abc import Iterator

from stdnum.no import fodselsnummer

from bot.privacy.groups import Run, Span, Text, Window

NUMBER = 11
# As far before a number a word may stand that says what it is.
NEARBY = 40
# As far from the five last digits a date of birth may stand.
_DATE_NEARBY = 80
_WITH_CENTURY = 13
_TAIL = 5
# How the five last digits are written, and the six first.
_TAILS = {(5,), (3, 2), (2, 3), (1, 4), (4, 1), (2, 2, 1), (1, 1, 1, 1, 1)}
_HEADS = {(6,), (2, 2, 2), (3, 3), (2, 4), (4, 2), (1, 1, 1, 1, 1, 1)}
_SHAPES = {head + tail for head in _HEADS for tail in _TAILS}
_SHAPES |= {(NUMBER,), (8, 3), (7, 4), (9, 2), (5, 6), (10, 1), (2, 2, 7), (4, 4, 3)}
# These are taken for one whatever the digits are.
_ALWAYS = {(NUMBER,), (6, 5)}
_CLOSE = re.compile(r"[\s.–-]{0,3}")
# Groups that may be a date: day, month, year, or the other way round.
_DATES = {(d, m, y) for d in (1, 2) for m in (1, 2) for y in (2, 4)} | {(4, 2, 2)}
_YEARS = range(1850, 2100)
# A D-number has 40 added to the day. 40 are added to the month of a help number, 80 or
# 65 to that of a synthetic one.
_DAYS_AND_MONTHS = frozenset(
    f"{day + more:02}{month + added:02}"
    for day in range(1, 32)
    for more in (0, 40)
    for month in range(1, 13)
    for added in (0, 40, 65, 80)
)
NAMED = re.compile(
    r"(?:fødsels|fodsels|foedsels|person|\bd-?n|\bfnr|\bpnr|national id|identity"
    r"|social sec|\bid\b|\bssn\b)",
    re.IGNORECASE,
)
_NAME_AND_NUMBER = re.compile(
    r"(?:(?:fødsels|fodsels|foedsels|person)-?\s?(?:nummer|nr|numer)\w*|\bd-?nummer\w*"
    r"|\bd-?nr\b|\bfnr\b|\bf\.nr\b|\bpnr\b|siste fem\w*|last five\w*"
    r"|(?:identity|id|social security) n\w+|\bssn\b|id-nummer\w*)[^\d\n]{0,24}(?=\d)",
    re.IGNORECASE,
)
_MONTHS = "jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec"
_WRITTEN_OUT = re.compile(
    rf"(?<!\d)\d{{1,2}}\W{{0,2}}(?:{_MONTHS})[a-z]{{0,7}}\W{{0,2}}(?:\d\d){{1,2}}"
    r"\W{1,5}(?:\d{5}|\d{3} \d\d)(?!\d)(?<!000)(?!\s?(?:kr|nok|mill|person|søk|besøk))",
    re.IGNORECASE,
)
_WITH_WORDS = re.compile(
    r"(?<!\d)(\d{6})[ ,]{1,3}(?:og|so|så|and|then|deretter)[a-zæøå ]{0,8} (\d{5})(?!\d)"
    r"(?<!00)(?!\s?(?:kr|nok|mill|mrd|eur|usd|person|søk|bedrift|verks))",
    re.IGNORECASE,
)
_BIRTH_DATE = re.compile(
    r"(?<!\d)(?:\d{6}|\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d\d))(?!\d)"
)
_DATE_GAPS = ("", ".", "/", "-")
_SENTENCE_ENDS = re.compile(r"[.?!;]\s")


def identities(text: Text, runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of national identity numbers."""
    for run in runs:
        for window in run.windows(NUMBER):
            if _is_identity(window):
                yield window.start, window.end
        yield from _dated(run)
    yield from _named(text, runs)
    yield from text.spans(_WRITTEN_OUT)
    for found in _WITH_WORDS.finditer(text.plain):
        if begins_with_date(found[1]) and not found[1].endswith("00"):
            yield from (found.span(1), found.span(2))


def is_checked(number: str) -> bool:
    """Tell whether the last two of eleven digits are the right check digits."""
    first = fodselsnummer.calc_check_digit1(number)
    second = fodselsnummer.calc_check_digit2(number)
    return number[-2:] == f"{first}{second}"


def begins_with_date(number: str) -> bool:
    """Tell whether digits begin with a day and a month, perhaps added to."""
    return number[:4] in _DAYS_AND_MONTHS


def _is_identity(window: Window) -> bool:
    number = window.digits
    if window.shape in _ALWAYS and all(map(_CLOSE.fullmatch, window.gaps)):
        rounded = bool(window.gaps) and number[4:6] == "00"
        is_sum = number.endswith("00") and (window.counted or rounded)
        return not (is_sum or window.abroad) or is_checked(number)
    if window.abroad or not begins_with_date(number):
        return False
    if window.is_near(NAMED, NEARBY):
        return True
    if window.listed and set(window.shape) == {1}:
        return False
    if is_checked(number):
        return True
    if window.shape not in _SHAPES or window.listed or window.counted:
        return False
    return not (_is_row(window) or _is_round(number))


def _is_row(window: Window) -> bool:
    """Tell whether groups are a list, years, or hold a time of day."""
    if set(window.shape) == {1}:
        return False
    commas = [gap.strip() == "," for gap in window.gaps]
    listed = len(commas) > 1 and all(commas)
    timed = ":" in "".join(window.gaps) and window.shape[-1] != _TAIL
    years = window.shape[:2] == (4, 4) and int(window.digits[:4]) in _YEARS
    return listed or timed or years


def _is_round(number: str) -> bool:
    return number.endswith("000")


def _dated(run: Run) -> Iterator[Span]:
    """Yield dates with the year in two or four digits that five digits follow."""
    for window in run.windows(_WITH_CENTURY, {(_WITH_CENTURY,), (8, 5)}):
        year = int(window.digits[4:8])
        dated = begins_with_date(window.digits) and year in _YEARS
        if dated and not _is_round(window.digits):
            yield window.start, window.end
    for first in range(len(run.groups) - 3):
        end = run.end_of(first + 3, _TAIL)
        if end and run.sizes[first : first + 3] in _DATES:
            date, tail = Window(run, first, first + 3), Window(run, first + 3, end)
            if tail.shape in _TAILS and _is_dated(date, tail):
                yield date.start, tail.end


def _is_dated(date: Window, tail: Window) -> bool:
    parts = date.parts
    if not _is_date(parts):
        return False
    if is_checked(_short(parts) + tail.digits) or date.is_near(NAMED, NEARBY):
        return True
    dots = all(gap == "," or gap.strip() in _DATE_GAPS for gap in date.gaps)
    ends = _SENTENCE_ENDS.match(date.right)
    return dots and not (ends or tail.counted or tail.listed or _is_round(tail.digits))


def _is_date(parts: list[str]) -> bool:
    year = parts[0] if len(parts[0]) == 4 else parts[2]
    century = len(year) == 2 or int(year) in _YEARS
    return century and begins_with_date(_short(parts))


def _short(parts: list[str]) -> str:
    """Return a date as six digits: day, month, year."""
    if len(parts[0]) == 4:
        parts = parts[::-1]
    return parts[0].zfill(2) + parts[1].zfill(2) + parts[2][-2:]


def _named(text: Text, runs: list[Run]) -> Iterator[Span]:
    """Yield digits that are said to be such a number, and a date of birth beside."""
    starts = {run.groups[0][0]: run for run in runs}
    for start, end in text.spans(_NAME_AND_NUMBER):
        run = starts.get(end)
        last = run and _end_of_named(run)
        if run is None or not last:
            continue
        number = Window(run, 0, last)
        yield number.start, number.end
        if len(number.digits) == _TAIL:
            yield from _dates_in(text.plain, max(0, start - _DATE_NEARBY), start)
            yield from _dates_in(text.plain, number.end, number.end + _DATE_NEARBY)


def _end_of_named(run: Run) -> int | None:
    """Return the place after the groups of a run that are the number."""
    if run.total == _TAIL or NUMBER - 2 <= run.total <= _WITH_CENTURY:
        return len(run.groups)
    return run.end_of(0, NUMBER) or run.end_of(0, _TAIL)


def _dates_in(text: str, start: int, end: int) -> Iterator[Span]:
    return (found.span() for found in _BIRTH_DATE.finditer(text, start, end))
