"""The words that show how a message is built, read from lexicon.yml."""

import functools
import re
from pathlib import Path
from typing import Any

import yaml

from bot.reading.spelling import fold

LEXICON_FILE = Path(__file__).with_name("lexicon.yml")
QUESTION_KINDS = (
    "count",
    "amount",
    "who",
    "which",
    "where",
    "when",
    "why",
    "how",
    "what",
)
"""The kinds of question words, in the order in which they are looked for."""

CUES = (
    "share",
    "remainder",
    "sum",
    "average",
    "difference",
    "other",
    "more",
    "fewer",
    "each",
    "naming",
    "both",
    "goes_to",
    "equal",
)
"""Words that turn a question to another side of what was spoken of."""

PRONOUNS = ("she", "he", "it", "that")
"""The lists of words that point back, in the order in which they are looked for."""


@functools.lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content = yaml.safe_load(LEXICON_FILE.read_text(encoding="utf-8"))
    return dict(content)


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """Return the folded words and phrases of one list."""
    return frozenset(fold(word) for word in _content()[name])


@functools.cache
def word_table(name: str) -> dict[str, Any]:
    """Return the folded words of one table, each with what it stands for."""
    return {
        fold(word): meaning
        for meaning, words in _content()[name].items()
        for word in words
    }


@functools.cache
def _pattern(phrases: frozenset[str]) -> "re.Pattern[str]":
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def find_phrase(folded: str, phrases: frozenset[str]) -> str | None:
    """Return the first of some phrases that stands in a folded text, or None."""
    found = _pattern(phrases).search(folded)
    return found.group() if found else None


def holds_any(folded: str, name: str) -> bool:
    """Tell whether a folded text holds a word or phrase of one list."""
    return find_phrase(folded, word_list(name)) is not None


def without(folded: str, name: str) -> str:
    """Return a folded text without the words and phrases of one list."""
    return _pattern(word_list(name)).sub("", folded)


def look_up(folded: str, name: str, *, last: bool = False) -> Any:
    """Return what the first (or last) word found of a table stands for, or None."""
    table = word_table(name)
    found = _pattern(frozenset(table)).findall(folded)
    return table[found[-1 if last else 0]] if found else None


@functools.cache
def _table_pattern(name: str, meaning: str) -> "re.Pattern[str]":
    return _pattern(frozenset(fold(word) for word in _content()[name][meaning]))


def meanings_in(folded: str, name: str) -> tuple[str, ...]:
    """Return what the words of a table that stand in a folded text stand for."""
    return tuple(
        str(meaning)
        for meaning in _content()[name]
        if _table_pattern(name, meaning).search(folded)
    )


@functools.cache
def _longest_in(name: str) -> int:
    """Return the words of the longest phrase of a table."""
    return max(len(phrase.split()) for phrase in word_table(name))


def ends_with(folded: str, name: str) -> tuple[str | None, int]:
    """Return what the phrase of a table stands for that a folded text ends with.

    With it comes the number of its words.
    """
    table, words = word_table(name), folded.split()
    for length in range(min(_longest_in(name), len(words)), 0, -1):
        meaning = table.get(" ".join(words[-length:]))
        if meaning is not None:
            return str(meaning), length
    return None, 0


def word_pattern(name: str) -> str:
    """Return a pattern for the words and phrases of one list, as they are written."""
    longest_first = sorted(_content()[name], key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in longest_first)
