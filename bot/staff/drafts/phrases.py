"""The words of `mail_words.yml`, which show how an e-mail is built."""

import functools
from pathlib import Path

import yaml

from bot.reading.spelling import fold

_WORDS_FILE = Path(__file__).with_name("mail_words.yml")


@functools.cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the folded phrases of one list of `mail_words.yml`, the longest first."""
    content = yaml.safe_load(_WORDS_FILE.read_text("utf-8"))
    return tuple(sorted({fold(each) for each in content[name]}, key=len, reverse=True))


def begins_with(folded: str, name: str) -> str | None:
    """Return the phrase of a list that a folded text begins with, or None."""
    return next((p for p in words_of(name) if f"{folded} ".startswith(f"{p} ")), None)


def holds(folded: str, name: str) -> bool:
    """Tell whether a folded text holds a phrase of a list."""
    padded = f" {folded} "
    return any(f" {phrase} " in padded for phrase in words_of(name))
