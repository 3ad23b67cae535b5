"""One spelling for digits, dashes, blanks and what cannot be seen."""

import functools
import re
import unicodedata

# Stands for what joins two digits and does not show: a soft hyphen, a keycap.
HIDDEN = "\u2060"
_FOREIGN = re.compile(r"[^\x00-\x7fæøåÆØÅ]")


def plain(text: str) -> str:
    """Return a text as it is read, character for character.

    Digits of any script, also raised and circled ones, become 0-9, each dash `-` and
    each blank a space. The length stays, so that places in it are places in the text.
    """
    return text if text.isascii() else _FOREIGN.sub(_as_read, text)


def _as_read(found: re.Match[str]) -> str:
    return _read(found.group())


@functools.lru_cache(maxsize=4096)
def _read(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return HIDDEN
    if category == "Pd" or letter in "−⁻₋":
        return "-"
    if category[0] in "ZC":
        return " "
    usual = unicodedata.normalize("NFKC", letter)
    return usual if len(usual) == 1 else letter
