"""Reads an e-mail: what its sender wrote for the occasion, and in which sentences."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from bot.errors import BotError
from bot.reading.segments import Segment, split_segments
from bot.staff.lines import Line, forwarded_lines, greets, lines_of, own_lines
from bot.staff.phrases import holds
from bot.staff.run_ons import run_on_cuts
from bot.staff.signatures import introduced, without_signature

LONGEST_MAIL = 5000
"""Characters of the longest e-mail that a draft is made of."""

# A line of at least so many characters may have been broken by a mail program.
_BROKEN_LINE = 50
_BULLET = re.compile(
    r"[ \t]*(?:[-–—•*·▪◦]+[ \t]+|\(?(?:\d{1,2}|[a-hA-H]|i{1,3}|iv|vi{0,3})[.)][ \t]+"
    r"|(?:spørsmål|question)[ \t]+\d{1,2}[.:)][ \t]*)",
    re.IGNORECASE,
)
# Where a sentence goes on to another question: `, and finally how many`, `and whether
# it`, `and the date`.
_JOINT = re.compile(
    r"[,;]\s+(?:og|samt|and|så)\s+(?:(?:til slutt|til sist|dessuten|i tillegg|så|"
    r"også|òg|gjerne|helst|then|finally|lastly|also|eventually|eventuelt)\s+)+"
    r"(?=(?:hv|kv|kor|når|what|who|when|where|which|why|how)\w*)"
    r"|(?<=\w),?\s+(?:og|samt|and)\s+(?=(?:om|whether|if)\s+"
    r"(?:det|den|de|dei|noen|nokon|it|they|there|any|the)\b"
    r"|(?:the\s+)?(?:name|names|date|number|amount)\s+\w"
    r"|(?:navnet|namnet|datoen|beløpet|antall|antallet|talet)\s+\w)",
    re.IGNORECASE,
)
# `(1) … (2) …` within a line.
_INLINE_BULLET = re.compile(r"(?<=\s)\(?(?:\d{1,2}|[a-h])\)\s+(?=\w)")
_SENTENCE_ENDS = ".?!:;"


class MailError(BotError):
    """An e-mail that no draft can be made of.

    Attributes:
        fault: `empty`, `too_long`, or `unreadable` of a file.
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
    lines = list(lines_of(text))
    own, sender = _body(own_lines(lines))
    if not own or _points_below(own):
        # Somebody forwards a question, and adds nothing or that it stands below.
        own, below = _body(forwarded_lines(lines))
        sender = sender or below
    written = _written(text, own)
    segments = [s for s in split_segments(written) if any(map(str.isalpha, s.text))]
    items = [
        (line.start + bullet.end(), line.end)
        for line in own
        if (bullet := _BULLET.match(line.text))
    ]
    listed = (any(a <= s.start < b for a, b in items) for s in segments)
    return Mail(text, tuple(segments), tuple(listed), sender)


def _points_below(lines: Sequence[Line]) -> bool:
    """Tell whether lines only say that what they are about stands below them."""
    asks = any("?" in line.text for line in lines)
    return not asks and any(holds(line.folded, "below") for line in lines)


def _body(lines: list[Line]) -> tuple[list[Line], str]:
    """Return lines without greeting and signature, and the first name of the sender."""
    lines, sender = without_signature(lines)
    if lines and greets(lines[0]):
        lines = lines[1:]
    return lines, sender or introduced(lines)


def _written(text: str, lines: Sequence[Line]) -> str:
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
        written[joint.start() : joint.end()] = "\n" * len(joint.group())
    for cut in run_on_cuts("".join(written)):
        written[cut - 1] = "\n"
    return "".join(written)


def _goes_on(text: str, before: Line, line: Line) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    if text[before.end : line.start].count("\n") != 1:
        return False
    ended = before.text.rstrip()[-1:] in _SENTENCE_ENDS
    begins = line.text.lstrip()[:1]
    long = len(before.text.rstrip()) >= _BROKEN_LINE
    return not ended and (begins.islower() or (long and not _BULLET.match(line.text)))
