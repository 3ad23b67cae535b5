"""Reads an e-mail: what its sender wrote for the occasion, and in which sentences."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.errors import BotError
from bot.privacy import PLACEHOLDERS
from bot.reading.segments import Segment, split_segments
from bot.reading.spelling import fold

_WORDS_FILE = Path(__file__).with_name("mail_words.yml")
# Words of the longest line that greets, signs or names somebody.
_GREETING_WORDS, _SIGNING_WORDS, _NAME_WORDS = 8, 9, 5
# Lines after which a signature is one no longer: it is what somebody wrote on.
_LONGEST_SIGNATURE = 12
# A line of at least so many characters may have been broken by a mail program.
_BROKEN_LINE = 50
_LINE = re.compile(r"[^\n]+")
_SENTENCE_ENDED = re.compile(r"(?<=[.!?])[ \t]+")
_BULLET = re.compile(
    r"[ \t]*(?:[-–—•*·▪◦]+[ \t]+|\(?(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|vi{0,3})[.)][ \t]+"
    r"|(?:spørsmål|question)[ \t]+\d{1,2}[.:)][ \t]*)",
    re.IGNORECASE,
)
# `, and finally how many` within a line.
_JOINT = re.compile(
    r"(?:,|;)?\s+(?:og|samt|and|så)\s+(?:(?:til slutt|til sist|dessuten|i tillegg|så|"
    r"også|òg|gjerne|helst|then|finally|lastly|also|eventually|eventuelt)\s+)+"
    r"(?=(?:hv|kv|kor|når|what|who|when|where|which|why|how)\w*)",
    re.IGNORECASE,
)
# `(1) … (2) …` within a line.
_INLINE_BULLET = re.compile(r"(?<=\s)\(?(?:\d{1,2}|[a-h])\)\s+(?=\w)")
_QUOTED_LINE = re.compile(r"[ \t]*[>|]")
_RULE = re.compile(r"[ \t]*[_=*-]{5,}[ \t]*")
_DELIMITER = re.compile(r"--[ \t]?")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")
_SENTENCE_ENDS = ".?!:;"


LONGEST_MAIL = 5000
"""Characters of the longest e-mail that a draft is made of."""


class MailError(BotError):
    """An e-mail that no draft can be made of.

    Attributes:
        fault: `empty` or `too_long`.
    """

    def __init__(self, fault: str, message: str) -> None:
        """Keep what is wrong."""
        super().__init__(message)
        self.fault = fault


def checked(mail: str) -> str:
    """Return an e-mail with line breaks of one kind.

    Raises:
        MailError: It is empty or too long.
    """
    mail = mail.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if not any(map(str.isalnum, mail)):
        raise MailError("empty", "there is no e-mail: paste the text of one")
    if len(mail) > LONGEST_MAIL:
        raise MailError(
            "too_long",
            f"the e-mail has {len(mail)} characters, and {LONGEST_MAIL} are read: "
            "leave out what asks nothing",
        )
    return mail


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


@dataclasses.dataclass(frozen=True)
class Mail:
    """An e-mail, apart from what is quoted in it, greets, signs or disclaims.

    Attributes:
        text: All of it.
        sentences: The sentences of its own, in order; their places are in `text`.
        listed: Of each sentence whether it is a line of a list.
        sender: The first name that it is signed with; empty where it is not.
    """

    text: str
    sentences: tuple[Segment, ...]
    listed: tuple[bool, ...]
    sender: str


def read_mail(text: str) -> Mail:
    """Return what an e-mail holds.

    Args:
        text: The e-mail, with personal numbers masked.
    """
    lines = list(_lines(text))
    own, sender = _own(lines)
    if not own:
        # Somebody forwards a question, and adds nothing.
        own, sender = _own([_Line(_unquoted(li), li.start, li.end) for li in lines], 1)
    written = _written(text, own)
    segments = [s for s in split_segments(written) if any(map(str.isalpha, s.text))]
    items = [
        (line.start + bullet.end(), line.end)
        for line in own
        if (bullet := _BULLET.match(line.text))
    ]
    listed = (any(a <= s.start < b for a, b in items) for s in segments)
    return Mail(text, tuple(segments), tuple(listed), sender)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of an e-mail; what signs it has one of its own."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        for cut in _SENTENCE_ENDED.finditer(text, start, end):
            rest = fold(text[cut.end() : end])
            signs = begins_with(rest, "signing")
            if signs and len(rest.split()) <= _SIGNING_WORDS:
                yield _Line(text[start : cut.start()], start, cut.start())
                start = cut.end()
                break
        yield _Line(text[start:end], start, end)


@dataclasses.dataclass(frozen=True)
class _Line:
    """A line of an e-mail that is not empty.

    Attributes:
        text: It, with the blanks around it.
        start: Offset of its first character in the e-mail.
        end: Offset just after its last.
    """

    text: str
    start: int
    end: int

    @functools.cached_property
    def folded(self) -> str:
        return fold(self.text)

    @functools.cached_property
    def words(self) -> int:
        return len(self.folded.split())

    @property
    def header(self) -> str | None:
        """What stands before a colon at its beginning, if that names a field."""
        name, colon, _ = self.text.partition(":")
        named = fold(name.strip(" *\t>"))
        return named if colon and named in words_of("headers") else None


def _unquoted(line: _Line) -> str:
    """Return a line with blanks for what marks it as quoted, and none that heads."""
    if _heads_quoted(line) or line.header or _RULE.fullmatch(line.text):
        return ""
    return re.sub(r"^[ \t>|]+", lambda m: " " * len(m.group()), line.text)


def _own(lines: list[_Line], forwarded: int = 0) -> tuple[list[_Line], str]:
    """Return the lines that the sender wrote, and the sender's first name."""
    lines = [line for line in lines if line.text.strip()]
    if not forwarded:
        lines = list(_without_quoted(_without_headers(lines)))
    lines = [line for line in lines if not _disclaims(line)]
    lines, sender = _without_signature(lines)
    if lines and _greets(lines[0]):
        lines = lines[1:]
    return lines, sender or _introduced(lines)


def _without_headers(lines: list[_Line]) -> list[_Line]:
    """Return lines without the fields above an e-mail, but with a subject that asks."""
    number = 0
    while number < len(lines) and lines[number].header:
        number += 1
    subjects = [
        dataclasses.replace(
            line,
            text=line.text.partition(":")[2],
            start=line.start + line.text.index(":") + 1,
        )
        for line in lines[:number]
        if line.header in words_of("subjects") and line.text.rstrip().endswith("?")
    ]
    return subjects + lines[number:]


def _without_quoted(lines: list[_Line]) -> Iterator[_Line]:
    """Yield lines up to an earlier e-mail, without those that are marked as quoted."""
    for number, line in enumerate(lines):
        following = lines[number + 1 : number + 3]
        fields = line.header and all(after.header for after in following)
        if _heads_quoted(line) or (fields and len(following) == 2):
            rest = lines[number + 1 :]
            if not (rest and _QUOTED_LINE.match(rest[0].text)):
                return
            continue
        if _QUOTED_LINE.match(line.text):
            continue
        ruled = _RULE.fullmatch(line.text)
        if not ruled:
            yield line


def _heads_quoted(line: _Line) -> bool:
    """Tell whether a line stands above what is quoted of an earlier e-mail."""
    bare = line.folded.strip()
    if bare in words_of("quoted"):
        return True
    ends = line.text.rstrip().endswith(":")
    dated = any(letter.isdigit() for letter in line.text)
    return ends and dated and holds(bare, "wrote")


def _disclaims(line: _Line) -> bool:
    return holds(line.folded, "disclaimers")


def _greets(line: _Line) -> bool:
    """Tell whether a line greets and does no more."""
    found = begins_with(line.folded, "greeting")
    asks = "?" in line.text or line.text.rstrip().endswith(":")
    return bool(found) and line.words <= _GREETING_WORDS and not asks


def _without_signature(lines: list[_Line]) -> tuple[list[_Line], str]:
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


def _signs(line: _Line, rest: list[_Line]) -> bool:
    if _DELIMITER.fullmatch(line.text):
        return True
    signed = begins_with(line.folded, "signing")
    if signed and line.words <= _SIGNING_WORDS and not line.text.rstrip().endswith("?"):
        return True
    closed = begins_with(line.folded, "closing")
    if closed is None or "?" in line.text or len(rest) > _LONGEST_SIGNATURE:
        return False
    return bool(rest) and _is_name(rest[0]) and line.words <= _SIGNING_WORDS


def _adds(line: _Line) -> bool:
    return begins_with(line.folded, "postscripts") is not None


def _signed(line: _Line, rest: list[_Line]) -> str:
    """Return the first name that a signature holds, or nothing."""
    greeting = begins_with(line.folded, "signing") or begins_with(
        line.folded, "closing"
    )
    after = line.text.split()[len((greeting or "").split()) :]
    name = " ".join(after).strip(" ,.!-")
    if name and name[0].isupper():
        return _first_name(name)
    return _first_name(rest[0].text) if rest and _is_name(rest[0]) else ""


def _is_name(line: _Line) -> bool:
    """Tell whether a line may be somebody's name: a few words, each with a capital."""
    if begins_with(line.folded, "signing") or begins_with(line.folded, "closing"):
        return False
    words = [w.strip(",.()") for w in line.text.split()]
    names = [word for word in words if word and fold(word) not in words_of("titles")]
    return 0 < len(names) <= _NAME_WORDS and all(
        word[:1].isupper() or word in ("og", "and", "von", "van", "de", "&")
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


def _introduced(lines: list[_Line]) -> str:
    """Return the first name of a sender who says what it is, or nothing."""
    for line in lines:
        for sentence in re.split(r"(?<=[.!?])\s", line.text):
            phrase = begins_with(fold(sentence), "my_name")
            if phrase:
                return _first_name(" ".join(sentence.split()[len(phrase.split()) :]))
    return ""


def _written(text: str, lines: list[_Line]) -> str:
    """Return a text of the same length that holds some lines of it and no more.

    What is left out becomes line breaks, at which sentences end; where only the width
    of a line broke a sentence, there is a blank.
    """
    written = ["\n"] * len(text)
    for number, line in enumerate(lines):
        begin = line.start
        bullet = _BULLET.match(line.text)
        if bullet and bullet.end() < len(line.text):
            begin += bullet.end()
        written[begin : line.end] = text[begin : line.end]
        for inline in _INLINE_BULLET.finditer(line.text):
            start = line.start + inline.start()
            written[start : line.start + inline.end()] = "\n" * len(inline.group())
        before = lines[number - 1] if number else None
        if before and not bullet and _goes_on(text, before, line):
            written[before.end : line.start] = " " * (line.start - before.end)
    for joint in _JOINT.finditer("".join(written)):
        if not text[joint.start()].isspace():
            written[joint.start() : joint.end()] = "\n" * len(joint.group())
    return "".join(written)


def _goes_on(text: str, before: _Line, line: _Line) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    if text[before.end : line.start].count("\n") != 1:
        return False
    ended = before.text.rstrip()[-1:] in _SENTENCE_ENDS
    begins = line.text.lstrip()[:1]
    long = len(before.text.rstrip()) >= _BROKEN_LINE
    return not ended and (begins.islower() or (long and not _BULLET.match(line.text)))
