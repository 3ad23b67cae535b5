"""Splits a message into the sentences that may each hold a question."""

import bisect
import dataclasses
import re

from bot.reading.lexicon import holds_any, meanings_in, without, word_list
from bot.reading.spelling import fold

_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+(?=\S)|\n+")
# A run of blanks is read from its first on: from each, it would take its square.
_AND = re.compile(
    r"(?:(?:[,;]|(?<![\s,;]))\s+(?:og|samt|and|å)|,)\s+(?=(\w+))", re.IGNORECASE
)
# What follows a claim and adds nothing: `, or am I wrong?`, `, as usual`.
_TAIL = re.compile(r",\s*(?:eller|elle|or|som|slik|as|like)\s[^,]*$", re.IGNORECASE)
_THAT = re.compile(r"\b(?:at|that)\s", re.IGNORECASE)
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
        """It ends in a question mark, opens with a word that asks, or wonders."""
        if self._only_confirms:
            return False
        if self.text.endswith("?"):
            return True
        folded = fold(self.text)
        first = folded.split()[:1]
        openers = word_list("question_words") | word_list("verbs_first")
        if first and first[0] in openers:
            return True
        asks = holds_any(folded, "question_words") or holds_any(folded, "whether")
        return asks and holds_any(folded, "wondering")

    @property
    def _only_confirms(self) -> bool:
        """Whether it holds no claim of its own, as `is that really so?` does."""
        folded = fold(self.text)
        if folded in word_list("closing_tags"):
            return True
        judged = holds_any(folded, "confirmations") or holds_any(
            folded, "right_or_wrong"
        )
        rest = set(without(without(folded, "confirmations"), "right_or_wrong").split())
        return judged and rest <= word_list("empty_words") | word_list("of_the_claim")

    @property
    def confirms(self) -> bool:
        """It asks to have what was said confirmed, as `ikke sant?` does."""
        return self._only_confirms or holds_any(fold(self.text), "confirmations")


def _is_question(sentence: str, joint: str) -> bool:
    """Tell whether a comma or `and` before a question word joins two questions.

    Args:
        sentence: What stands before it in its sentence.
        joint: It.
    """
    if len(sentence.split()) < _SHORTEST_QUESTION:
        return False
    if joint.strip() != ",":
        return True
    folded = fold(sentence)
    turns = any(folded.startswith(f"{cue} ") for cue in word_list("turning"))
    return holds_any(folded, "question_words") and not turns


def _abbreviated(text: str, end: int) -> bool:
    """Tell whether a text ends at a place in an abbreviation such as `10 mill.`."""
    if text[end - 1 : end] != ".":
        return False
    word = text[text.rfind(" ", 0, end) + 1 : end]
    return fold(word) in word_list("abbreviations")


def split_segments(text: str, start: int = 0, end: int | None = None) -> list[Segment]:
    """Return the sentences of a message, and questions joined by `og`, in order.

    Args:
        text: The message.
        start: Where in it to begin.
        end: Where to stop; at its end when left out.
    """
    last = len(text) if end is None else end
    ends = [match.span() for match in _SENTENCE_END.finditer(text, start, last)]
    cuts = [cut for cut in ends if not _abbreviated(text, cut[0])]
    begins = [start, *(following for _, following in ends)]
    for match in _AND.finditer(text, start, last):
        if fold(match.group(1)) in word_list("question_words"):
            begin = begins[bisect.bisect_right(begins, match.start()) - 1]
            if _is_question(text[begin : match.start()], match.group()):
                cuts.append(match.span())
    segments: list[Segment] = []
    for cut, following in [*sorted(cuts), (last, last)]:
        part = text[start:cut]
        stripped = part.strip()
        if stripped:
            offset = start + part.index(stripped)
            segments.append(Segment(stripped, offset, offset + len(stripped)))
        start = max(start, following)
    return segments


def claimed_span(text: str) -> tuple[int, int]:
    """Return where in a text that which is asked about begins and ends.

    It is the sentences that ask; where they only ask to confirm, the one before them.
    What others are said to have said begins after `that`.
    """
    segments = split_segments(text)
    asking = [segment for segment in segments if segment.asks]
    if not asking and len(segments) > 1 and segments[-1].confirms:
        asking = segments[-2:-1]
    asking = asking or segments
    if not asking:
        return 0, len(text)
    start, end = asking[0].start, asking[-1].end
    tail = _TAIL.search(text, start, end)
    if tail:
        end = tail.start()
    reported = _THAT.search(text, start, end)
    opening = fold(text[start : reported.start()]) if reported else ""
    asked = meanings_in(opening, "asks")
    tells = holds_any(opening, "reporting") or holds_any(opening, "confirmations")
    if reported and not asked and tells:
        start = reported.end()
    return start, end
