"""One spelling for the many ways in which people type the same word."""

import functools
import re
import unicodedata
from typing import NamedTuple

_DIGRAPHS = (("æ", "ae"), ("ä", "ae"), ("ø", "o"), ("ö", "o"), ("å", "a"))
_TYPED_WITHOUT = (("oe", "o"), ("aa", "a"))
_NO_WORD = re.compile(r"[^\w%]+")
WORD = re.compile(r"\w+(?:[.,]\d+)?%?")


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        start: Offset of its first character in the text.
        end: Offset just after its last character.
        word: It, folded.
    """

    start: int
    end: int
    word: str


# What is remembered: words and short sentences for long, and the latest long texts.
_SHORT = 80
_SHORT_KEPT = 65_536
_LONG_KEPT = 256
# As many as are read of one message, one after the other.
_TEXTS_KEPT = 8


def fold(text: str) -> str:
    """Return text in lower case, without æøå, accents or punctuation.

    `Næring`, `naering` and `NÆRING` all become `naering`, and `Røros`, `roeros` and
    `Roros` become `roros`. Words are parted by one space.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold_long(text)


@functools.lru_cache(maxsize=_SHORT_KEPT)
def _fold_short(text: str) -> str:
    return _folded(text)


@functools.lru_cache(maxsize=_LONG_KEPT)
def _fold_long(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    text = text.lower()
    if not text.isascii():
        for written, folded in _DIGRAPHS:
            text = text.replace(written, folded)
        text = unicodedata.normalize("NFKD", text)
    if not text.isascii():
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for written, folded in _TYPED_WITHOUT:
        text = text.replace(written, folded)
    return _NO_WORD.sub(" ", text).strip()


@functools.lru_cache(maxsize=_TEXTS_KEPT)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text, in order, each with its place."""
    found = WORD.finditer(text)
    return tuple(Token(m.start(), m.end(), fold(m.group())) for m in found)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return fold(text).split()
