"""Numbers of passports, where they are called so."""

import re
from collections.abc import Iterator

from bot.privacy.groups import Span

_PASSPORT = re.compile(
    r"(?i:\bpass(?:port|et)?(?:[\s.-]{0,2}(?:nummer|number|numer|num|nr|no|id))\w*"
    r"|\bpassport\b|\bpasset mitt\b|\bpassnr\b|\bpassets n\w+|\bi passet\b"
    r"|\breisepass\w*)"
    r"[^\d\n]{0,24}?"
    r"(?<![^\W_])(?!(?:19|20)\d\d\W{0,2}(?:19|20)\d\d\b)"
    r"((?:[A-Z]{1,3}[ -]?|[a-z]{3})?\d(?:[ .-]?\d){5,8})(?!\w)"
)


def passports(text: str) -> Iterator[Span]:
    """Yield the spans of passport numbers in a plain text."""
    for found in _PASSPORT.finditer(text):
        yield found.span(1)
