"""One spelling for the many ways in which people type the same word."""

import functools
import re
import unicodedata

_DIGRAPHS = (("æ", "ae"), ("ä", "ae"), ("ø", "o"), ("ö", "o"), ("å", "a"))
_TYPED_WITHOUT = (("oe", "o"), ("aa", "a"))
_NO_WORD = re.compile(r"[^\w%]+")
WORD = re.compile(r"\w+(?:[.,]\d+)?%?")


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return text in lower case, without æøå, accents or punctuation.

    `Næring`, `naering` and `NÆRING` all become `naering`, and `Røros`, `roeros` and
    `Roros` become `roros`. Words are parted by one space.
    """
    text = text.lower()
    for written, folded in _DIGRAPHS:
        text = text.replace(written, folded)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for written, folded in _TYPED_WITHOUT:
        text = text.replace(written, folded)
    return _NO_WORD.sub(" ", text).strip()


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return fold(text).split()
