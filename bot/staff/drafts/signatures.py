"""Finds who signed an e-mail, and where the signature stands."""

import re

from bot.privacy import PLACEHOLDERS
from bot.reading.lexicon import word_list
from bot.reading.spelling import fold
from bot.staff.drafts.lines import LONGEST_SIGNING, Line
from bot.staff.drafts.phrases import begins_with, words_of

# Words of the longest line that names somebody.
_NAME_WORDS = 5
# Lines after which a signature is one no longer: it is what somebody wrote on.
_LONGEST_SIGNATURE = 12
_DELIMITER = re.compile(r"--[ \t]?")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s")
# What may stand in a name beside words with a capital letter.
_IN_NAMES = ("og", "and", "von", "van", "de", "&")


def without_signature(lines: list[Line]) -> tuple[list[Line], str]:
    """Return the lines before the signature and after it, and who signed."""
    for number, line in enumerate(lines):
        rest = lines[number + 1 :]
        if not _signs(line, rest) or any("?" in after.text for after in rest[:2]):
            continue
        after = [n for n, each in enumerate(rest) if _adds(each)]
        kept = rest[after[0] :] if after else rest[_LONGEST_SIGNATURE:]
        return lines[:number] + kept, _signed(line, rest)
    if len(lines) > 1 and _is_name(lines[-1]):
        return lines[:-1], _first_name(lines[-1].text)
    return lines, ""


def _signs(line: Line, rest: list[Line]) -> bool:
    if _DELIMITER.fullmatch(line.text):
        return True
    signed = begins_with(line.folded, "signing")
    asks = line.text.rstrip().endswith("?")
    if signed and line.words <= LONGEST_SIGNING and not asks:
        return True
    closed = begins_with(line.folded, "closing")
    if closed is None or "?" in line.text or len(rest) > _LONGEST_SIGNATURE:
        return False
    return bool(rest) and _is_name(rest[0]) and line.words <= LONGEST_SIGNING


def _adds(line: Line) -> bool:
    return begins_with(line.folded, "postscripts") is not None


def _signed(line: Line, rest: list[Line]) -> str:
    """Return the first name that a signature holds, or nothing."""
    greeting = begins_with(line.folded, "signing") or begins_with(
        line.folded, "closing"
    )
    after = line.text.split()[len((greeting or "").split()) :]
    name = " ".join(after).strip(" ,.!-")
    if name and name[0].isupper():
        return _first_name(name)
    return _first_name(rest[0].text) if rest and _is_name(rest[0]) else ""


def _is_name(line: Line) -> bool:
    """Tell whether a line may be somebody's name: a few words, each with a capital."""
    if begins_with(line.folded, "signing") or begins_with(line.folded, "closing"):
        return False
    if not word_list("question_words").isdisjoint(line.folded.split()):
        return False
    words = [w.strip(",.()") for w in line.text.split()]
    names = [word for word in words if word and fold(word) not in words_of("titles")]
    return 0 < len(names) <= _NAME_WORDS and all(
        word[:1].isupper() or word in _IN_NAMES
        for word in names
    )


def _first_name(line: str) -> str:
    """Return the first word of a line that is a name and no title."""
    if any(placeholder in line for placeholder in PLACEHOLDERS):
        return ""
    for found in _NAME.finditer(line):
        word = found.group().rstrip(".")
        if fold(word) not in words_of("titles") and word[0].isupper():
            return word
    return ""


def introduced(lines: list[Line]) -> str:
    """Return the first name of a sender who says what it is, or nothing."""
    for line in lines:
        for sentence in _BETWEEN_SENTENCES.split(line.text):
            phrase = begins_with(fold(sentence), "my_name")
            if phrase:
                return _first_name(" ".join(sentence.split()[len(phrase.split()) :]))
    return ""
