"""Payment cards and bank accounts."""

import itertools
import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.no import kontonr

from bot.privacy.groups import Run, Span, Window
from bot.privacy.identity import NAMED, NEARBY, NUMBER, begins_with_date, is_checked

_ACCOUNT = (4, 2, 5)
_ACCOUNT_SHAPES = {_ACCOUNT, (NUMBER,), (4, 7), (6, 5)}
_CARD_SHAPES = {(16,), (15,), (14,), (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 3)}
_CARD_SHAPES |= {(1,) * 16}
_CARD_LENGTHS = (14, 15, 16)
# Visa, Mastercard, American Express, Diners, Discover, Maestro and the like.
_ISSUER = re.compile(r"4|5[0-8]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[0-9]|6")
_CARD_NAMED = re.compile(
    r"(?:kort(?:et|a)?|kort-?(?:nr|nummer\w*)|\bcards?|\bcard n\w+|\bvisa|mastercard"
    r"|maestro)\b[^\d\n]{0,24}(?=\d)",
    re.IGNORECASE,
)
_ACCOUNT_NAMED = re.compile(
    r"(?:konto(?!r)|account|\bkto|\bacct|bankgiro)\w*[^\d\n]{0,24}(?=\d)", re.IGNORECASE
)
_IBAN = re.compile(
    r"(?<![^\W_])[A-Z]{2}[ -]?\d\d(?:[ .-]{0,2}[A-Z0-9]){11,30}", re.IGNORECASE
)
_NORWEGIAN_IBAN = re.compile(
    r"(?<![^\W_])NO[ -]?\d\d(?:[ .-]{0,2}\d){11}(?!\d)", re.IGNORECASE
)
_IBAN_LENGTHS = range(15, 35)


def cards(runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of the numbers of payment cards."""
    for run in runs:
        for length in _CARD_LENGTHS:
            named = run.text.spans(_CARD_NAMED)
            for window in run.windows(length, None if named else _CARD_SHAPES):
                if _is_card(window):
                    yield window.start, window.end


def _is_card(window: Window) -> bool:
    years = window.parts if window.shape == (4, 4, 4, 4) else ["0"]
    if window.counted or all(1900 <= int(year) <= 2100 for year in years):
        return False
    if window.follows(_CARD_NAMED):
        return True
    if window.shape not in _CARD_SHAPES or not _ISSUER.match(window.digits):
        return False
    if window.shape == (16,):
        return len(set(window.digits)) > 1
    rounded = window.listed or all(part.endswith("00") for part in window.parts)
    return not rounded and bool(luhn.is_valid(window.digits))


def accounts(runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of Norwegian account numbers."""
    for run in runs:
        named = run.text.spans(_ACCOUNT_NAMED)
        for window in run.windows(NUMBER, None if named else _ACCOUNT_SHAPES):
            if _is_account(window):
                yield window.start, window.end


def _is_account(window: Window) -> bool:
    number = window.digits
    if is_checked(number) and begins_with_date(number):
        return False
    if window.follows(_ACCOUNT_NAMED):
        return True
    if window.shape not in _ACCOUNT_SHAPES:
        return False
    if window.counted or window.is_near(NAMED, NEARBY):
        return False
    if window.shape == _ACCOUNT and set(window.gaps) == {"."}:
        return True
    shaped = window.shape == _ACCOUNT or not begins_with_date(number)
    joined = len(set(window.gaps)) <= 1 and all(len(gap) == 1 for gap in window.gaps)
    return shaped and joined and bool(kontonr.is_valid(number))


def ibans(text: str) -> Iterator[Span]:
    """Yield the spans of international account numbers in a plain text."""
    for found in _NORWEGIAN_IBAN.finditer(text):
        yield found.span()
    for found in _IBAN.finditer(text):
        end = _end_of_iban(found.group())
        if end:
            yield found.start(), found.start() + end


def _end_of_iban(text: str) -> int:
    """Return how much of a text is a valid number, or 0: words may follow it."""
    ends = [place + 1 for place, letter in enumerate(text) if letter.isalnum()]
    for end in itertools.islice(reversed(ends), len(ends) - _IBAN_LENGTHS[0] + 1):
        number = text[:end].replace(".", "")
        followed = text[end : end + 1].isalnum()
        if not followed and iban.is_valid(number, check_country=False):
            return end
    return 0
