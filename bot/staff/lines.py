"""The lines of an e-mail, without those that its sender did not write for it."""

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

from bot.reading.spelling import fold
from bot.staff.phrases import begins_with, holds, words_of

LONGEST_SIGNING = 9
"""Words of the longest line that signs."""

# Words of the longest line that greets.
_LONGEST_GREETING = 8
_LINE = re.compile(r"[^\n]+")
_SENTENCE_ENDED = re.compile(r"(?<=[.!?])[ \t]+")
_QUOTED_LINE = re.compile(r"[ \t]*[>|]")
_QUOTE_MARKS = re.compile(r"^[ \t>|]+")
_RULE = re.compile(r"[ \t]*[_=*-]{5,}[ \t]*")


@dataclasses.dataclass(frozen=True)
class Line:
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
        """It, folded."""
        return fold(self.text)

    @functools.cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.folded.split())

    @property
    def header(self) -> str | None:
        """What stands before a colon at its beginning, if that names a field."""
        name, colon, _ = self.text.partition(":")
        named = fold(name.strip(" *\t>"))
        return named if colon and named in words_of("headers") else None


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of an e-mail; what signs it has one of its own."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        for cut in _SENTENCE_ENDED.finditer(text, start, end):
            rest = fold(text[cut.end() : end])
            signs = begins_with(rest, "signing")
            if signs and len(rest.split()) <= LONGEST_SIGNING:
                yield Line(text[start : cut.start()], start, cut.start())
                start = cut.end()
                break
        yield Line(text[start:end], start, end)


def own_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that were written for an e-mail.

    Not those of earlier ones that it quotes, of fields above it, and of disclaimers.
    """
    filled = [line for line in lines if line.text.strip()]
    own = _without_quoted(_without_headers(filled))
    return [line for line in own if not _disclaims(line)]


def forwarded_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of an e-mail that only passes on another: those of the other."""
    heads = (place for place, line in enumerate(lines) if _heads_quoted(line))
    lines = lines[next(heads, -1) + 1 :]
    unquoted = (dataclasses.replace(line, text=_unquoted(line)) for line in lines)
    return [line for line in unquoted if line.text.strip() and not _disclaims(line)]


def greets(line: Line) -> bool:
    """Tell whether a line greets and does no more."""
    asks = "?" in line.text or line.text.rstrip().endswith(":")
    greeting = begins_with(line.folded, "greeting")
    return bool(greeting) and line.words <= _LONGEST_GREETING and not asks


def _unquoted(line: Line) -> str:
    """Return a line with blanks for what marks it as quoted, and none that heads."""
    if _heads_quoted(line) or line.header or _RULE.fullmatch(line.text):
        return ""
    return _QUOTE_MARKS.sub(lambda marks: " " * len(marks.group()), line.text)


def _without_headers(lines: list[Line]) -> list[Line]:
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


def _without_quoted(lines: list[Line]) -> Iterator[Line]:
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


def _heads_quoted(line: Line) -> bool:
    """Tell whether a line stands above what is quoted of an earlier e-mail."""
    bare = line.folded.strip()
    if bare in words_of("quoted"):
        return True
    ends = line.text.rstrip().endswith(":")
    dated = any(letter.isdigit() for letter in line.text)
    return ends and dated and holds(bare, "wrote")


def _disclaims(line: Line) -> bool:
    return holds(line.folded, "disclaimers") and "?" not in line.text
