"""Finds what is not asked in a message: who writes, and how it is signed."""

import functools
import re

from bot.reading.lexicon import word_pattern
from bot.reading.segments import Segment

# Words of the longest signature, and characters of the longest introduction.
_SIGNATURE_WORDS = 5
_INTRODUCTION = 80


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
    """Match `Hilsen Lise` or `kind regards, Tom` at the end."""
    return re.compile(
        rf"(?<!\w)(?:{word_pattern('signatures')})\b[\s,.]*"
        rf"(?:[\w.-]+[\s,]*){{0,{_SIGNATURE_WORDS}}}[\s.!]*$",
        re.IGNORECASE,
    )


def without_courtesies(text: str) -> Segment:
    """Return a message without an introduction before it and a signature after it.

    A message that is nothing else is returned as it stands.
    """
    start, end = 0, len(text)
    signature = _signature().search(text)
    if signature:
        end = signature.start()
    introduction = _introduction().match(text, 0, end)
    if introduction:
        start = introduction.end()
    core = text[start:end].strip(" ,\n")
    if not any(letter.isalpha() for letter in core):
        core = text.strip()
    offset = text.index(core)
    return Segment(core, offset, offset + len(core))
