"""Spans of a text, in order, and which of them another touches."""

import bisect
from collections.abc import Iterable, Iterator


class Spans:
    """Spans of a text that keep their order, whatever is added.

    Only those near a place are looked at, so many of them take no more time each.
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take the offsets of each first character, and of what comes after the last.

        None may lie inside another.
        """
        self._spans = sorted(spans)

    def add(self, start: int, end: int) -> None:
        """Add a span."""
        bisect.insort(self._spans, (start, end))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def overlapping(self, start: int, end: int) -> range:
        """Return which of them share a character with a span, by their numbers."""
        first = bisect.bisect_right(self._spans, start, key=lambda span: span[1])
        last = bisect.bisect_left(self._spans, end, key=lambda span: span[0])
        return range(first, max(first, last))

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether one of them shares a character with a span."""
        return bool(self.overlapping(start, end))
