"""Passages of the announcement that prove something, in whole sentences."""

import bisect
import dataclasses
import functools
import re
from collections.abc import Sequence

from bot.knowledge.base import KnowledgeBase, Source

# Lines of these roles hold sentences; any other line is as one.
_RUNNING = ("paragraph", "lead")
_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[–«“A-ZÆØÅ0-9])")
# A sentence that begins so says little without the one before it.
_LEANING = re.compile(r"(?:De er|Det|Dette|Disse|Den|Her|Han|Hun)\b")


@dataclasses.dataclass(frozen=True)
class Passage:
    """Sentences of the announcement that follow each other.

    Attributes:
        start: Offset of its first character in `knowledge/announcement.txt`.
        end: Offset just after its last character.
        marks: Where the decisive words begin and end, in order and apart.
    """

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]


@dataclasses.dataclass(frozen=True)
class _Sentence:
    """A sentence, and the number of the line that it stands in."""

    start: int
    end: int
    line: int
    leans: bool

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def passages(base: KnowledgeBase, sources: Sequence[Source]) -> tuple[Passage, ...]:
    """Return the whole sentences around some sources, in the announcement's order.

    Sentences of one line that follow each other are one passage. One that leans on the
    sentence before it comes with that.
    """
    sentences = _sentences(base)
    starts = [sentence.start for sentence in sentences]
    taken: set[int] = set()
    for source in sources:
        first = bisect.bisect_right(starts, source.start) - 1
        last = bisect.bisect_left(starts, source.end)
        taken.update(range(first, last))
        # What is ascribed at the end of a sentence stands by itself.
        while sentences[first].leans and source.start < sentences[first].middle:
            first -= 1
            taken.add(first)
    spans = sorted((source.start, source.end) for source in sources)
    found = []
    for together in _runs(sorted(taken), sentences):
        start, end = sentences[together[0]].start, sentences[together[-1]].end
        inside = [span for span in spans if start <= span[0] and span[1] <= end]
        found.append(Passage(start, end, _apart(inside, base.announcement)))
    return tuple(found)


def _runs(numbers: Sequence[int], sentences: Sequence[_Sentence]) -> list[list[int]]:
    """Return numbers of sentences in groups that follow each other in one line."""
    groups: list[list[int]] = []
    for number in numbers:
        line = sentences[number].line
        if (
            groups
            and number - 1 == groups[-1][-1]
            and sentences[number - 1].line == line
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _apart(spans: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Return spans with those as one between which there are no words."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not _WORD.search(text, merged[-1][1], start):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@functools.lru_cache(maxsize=4)
def _sentences(base: KnowledgeBase) -> tuple[_Sentence, ...]:
    """Return the sentences of the announcement."""
    found = []
    for number, line in enumerate(base.lines()):
        text = base.text_of(line)
        ends = list(_SENTENCE_END.finditer(text)) if line.role in _RUNNING else []
        starts = [0, *(end.end() for end in ends)]
        stops = [*(end.start() for end in ends), len(text)]
        for start, stop in zip(starts, stops, strict=True):
            leans = start > 0 and bool(_LEANING.match(text, start))
            found.append(
                _Sentence(line.start + start, line.start + stop, number, leans)
            )
    return tuple(found)
