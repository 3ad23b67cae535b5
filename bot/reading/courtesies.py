"""Finds what is not asked in a message: who writes, and how it is signed."""

import functools
import re
import string

from bot.reading.lexicon import word_pattern
from bot.reading.segments import Segment

# Words of the longest signature, and characters of the longest introduction.
_SIGNATURE_WORDS = 5
_INTRODUCTION = 80
# Characters at the end of a message among which a signature is looked for.
_SIGNATURE = 160
_AROUND = string.whitespace + ","


@functools.lru_cache(maxsize=1)
def _introduction() -> "re.Pattern[str]":
    """Match `Hi, my name is Anna,` or `Jeg jobber i et firma og` at the beginning."""
    return re.compile(
        rf"\s*(?:(?:{word_pattern('greetings')})[\s,!.]+)?(?:{word_pattern('introductions')})\b"
        rf"[^?!.;,\n]{{1,{_INTRODUCTION}}}?(?:[.;,!\n]+\s*|\s+(?:{word_pattern('and')})\s+)",
        re.IGNORECASE,
    )


@functools.lru_cache(maxsize=1)
def _signature() -> "re.Pattern[str]":
    """Match `Hilsen Lise` or `kind regards, Tom` at the end.

    White space must part the words, or a long one could be cut in too many ways.
    """
    word = r"[\w-][\w.-]*"
    return re.compile(
        rf"(?<!\w)(?:{word_pattern('signatures')})\b[\s,.]*"
        rf"(?:{word}[\s,]+){{0,{_SIGNATURE_WORDS - 1}}}(?:{word})?[\s,.!]*$",
        re.IGNORECASE,
    )


def without_courtesies(text: str) -> Segment:
    """Return a message without an introduction before it and a signature after it.

    A message that is nothing else is returned as it stands.
    """
    start, end = 0, len(text)
    signature = _signature().search(text, max(end - _SIGNATURE, 0))
    if signature:
        end = signature.start()
    introduction = _introduction().match(text, 0, end)
    if introduction:
        start = introduction.end()
    core = text[start:end].strip(_AROUND)
    if not any(letter.isalpha() for letter in core):
        start, core = 0, text.strip()
    # What an introduction says may be asked about again: `I work at Acme. Acme?`
    offset = text.index(core, start)
    return Segment(core, offset, offset + len(core))
