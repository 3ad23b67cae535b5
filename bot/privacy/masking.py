"""Leaves personal numbers and addresses out of a text, each with a mark in its place.

The only place that says what is left out of what people write.
"""

import itertools
import re
from collections.abc import Collection, Iterator

from bot.privacy.abroad import phones_abroad
from bot.privacy.accounts import accounts, cards, ibans
from bot.privacy.addresses import addresses
from bot.privacy.groups import Span, Text
from bot.privacy.identity import identities
from bot.privacy.passports import passports
from bot.privacy.phones import phones
from bot.privacy.plain import HIDDEN, plain

IDENTITY_NUMBER = "[fødselsnummer]"
PHONE_NUMBER = "[telefonnummer]"
EMAIL_ADDRESS = "[e-postadresse]"
ACCOUNT_NUMBER = "[kontonummer]"
CARD_NUMBER = "[kortnummer]"
PASSPORT_NUMBER = "[passnummer]"
PLACEHOLDERS = (
    *(IDENTITY_NUMBER, PHONE_NUMBER, EMAIL_ADDRESS),
    *(ACCOUNT_NUMBER, CARD_NUMBER, PASSPORT_NUMBER),
)
# Digits of the shortest number that is looked for.
_LEAST_DIGITS = 5
# Without one of these nothing is looked for. `\d` knows the digits of all scripts, but
# not raised, circled and bracketed ones.
_PERHAPS = re.compile(
    r"[\d@＠﹫²-³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒𐩀-𐩃𐹠-𐹨𑁒-𑁚🄀-🄊]|krøll|alfa|snabel|\bat\b|[(\[{]a[)\]}]",
    re.IGNORECASE,
)
# Made at random by programs; its digits say nothing of anybody.
_RANDOM_ID = re.compile(
    r"(?<![^\W_])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^\W_])", re.IGNORECASE
)


def masked(text: str, leaving: Collection[str] = ()) -> str:
    """Return a text with a placeholder for each personal number and address.

    Args:
        text: The text.
        leaving: The placeholders of those kinds that are left as they are.
    """
    if not _PERHAPS.search(text):
        return text
    pieces, last = [], 0
    for start, end, placeholder in _found(plain(without_placeholders(text))):
        if placeholder in leaving:
            continue
        pieces += [text[last:start], placeholder]
        last = end
    return "".join([*pieces, text[last:]]) if pieces else text


def is_personal(text: str) -> bool:
    """Tell whether a text holds a personal number or address."""
    return masked(text) != text


def placeholders_in(text: str) -> tuple[str, ...]:
    """Return the kinds of placeholders that stand in a text."""
    return tuple(placeholder for placeholder in PLACEHOLDERS if placeholder in text)


def without_placeholders(text: str) -> str:
    """Return a text with blanks in place of placeholders: other words stay in place."""
    for placeholder in placeholders_in(text):
        text = text.replace(placeholder, " " * len(placeholder))
    return text


def _found(text: str) -> list[tuple[int, int, str]]:
    """Return what is left out, in order. Of two that overlap the first kind is."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for number in _RANDOM_ID.finditer(text):
        taken[number.start() : number.end()] = b"\1" * (number.end() - number.start())
    for placeholder, spans in _kinds(text):
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not any(taken[start:end]):
                start, end = _whole(text, start, end)
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, placeholder))
    return sorted(found)


def _whole(text: str, start: int, end: int) -> Span:
    """Return a span with what belongs to it at its ends: a keycap, a bracket."""
    while text.startswith(HIDDEN, end):
        end += 1
    more = text.count("(", start, end) - text.count(")", start, end)
    if more < 0 and text.startswith("(", max(0, start - 1)):
        start -= 1
    if more > 0 and text.startswith(")", end):
        end += 1
    return start, end


def _kinds(text: str) -> Iterator[tuple[str, Iterator[Span]]]:
    """Yield each kind with its spans; the surest kind comes first."""
    read = Text(text)
    runs = read.runs(_LEAST_DIGITS)
    yield EMAIL_ADDRESS, addresses(text)
    if runs:
        yield ACCOUNT_NUMBER, ibans(text)
        yield CARD_NUMBER, cards(runs)
        yield PASSPORT_NUMBER, passports(text)
        yield ACCOUNT_NUMBER, accounts(runs)
        yield IDENTITY_NUMBER, identities(read, runs)
        yield PHONE_NUMBER, itertools.chain(phones_abroad(runs), phones(runs))
