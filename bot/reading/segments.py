"""Splits a message into the sentences that may each hold a question."""

import dataclasses
import re

from bot.reading.lexicon import word_list
from bot.reading.spelling import fold

_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+(?=\S)|\n+")
_AND = re.compile(r"[,;]?\s+(?:og|samt|and|å)\s+(?=(\w+))", re.IGNORECASE)
# Words after which `og hvem` joins two clauses of one question, not two questions.
_SHORTEST_QUESTION = 2


@dataclasses.dataclass(frozen=True)
class Segment:
    """A part of a message.

    Attributes:
        text: The part, without surrounding white space.
        start: Offset of its first character in the message.
        end: Offset just after its last character.
    """

    text: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """It ends in a question mark or opens with a word that asks."""
        if fold(self.text) in word_list("closing_tags") | word_list("confirmations"):
            return False
        if self.text.endswith("?"):
            return True
        first = fold(self.text).split()[:1]
        openers = word_list("question_words") | word_list("verbs_first")
        return bool(first) and first[0] in openers


def split_segments(text: str, start: int = 0, end: int | None = None) -> list[Segment]:
    """Return the sentences of a message, and questions joined by `og`, in order.

    Args:
        text: The message.
        start: Where in it to begin.
        end: Where to stop; at its end when left out.
    """
    last = len(text) if end is None else end
    cuts = [
        (match.start(), match.end())
        for match in _SENTENCE_END.finditer(text, start, last)
    ]
    cuts += [
        (match.start(), match.end())
        for match in _AND.finditer(text, start, last)
        if fold(match.group(1)) in word_list("question_words")
        and len(text[start : match.start()].split()) >= _SHORTEST_QUESTION
    ]
    segments: list[Segment] = []
    for cut, following in [*sorted(cuts), (last, last)]:
        part = text[start:cut]
        stripped = part.strip()
        if stripped:
            offset = start + part.index(stripped)
            segments.append(Segment(stripped, offset, offset + len(stripped)))
        start = max(start, following)
    return segments
