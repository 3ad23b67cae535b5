"""Digits as they stand in a text: in groups, with something short between them.

A person may part the digits of a number anywhere. So numbers are looked for among
windows, neighbouring groups with so many digits together. There are at most as many
windows of a length as groups, which keeps the work in step with the text's length.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Collection, Iterator

from bot.privacy.plain import HIDDEN

Span = tuple[int, int]
Shape = tuple[int, ...]
# As many characters may stand between two groups of one number.
_WIDEST_GAP = 5
_GROUP = re.compile(rf"\d(?:{HIDDEN}*\d)*")
_WORD = re.compile(r"[^\W_]")
# After digits it adds.
PLUS = re.compile(r"(?<![\w+])(?<!\d\s)\(?\+\s?\(?$")
# What is counted or paid is no number of a person.
_UNIT = re.compile(
    r"\s?[(-]?(?:,-|%|€|\$|£|(?:kr|nok|sek|dkk|eur|usd|gbp|mill|mrd|stk|tkr|pct|"
    r"krone\w*|million\w*|milliard\w*|billion\w*|euro|dollar\w*|pund|prosent|percent|"
    r"per cent|stykk\w*|person\w*|menneske\w*|people|søk[aen]\w*|applica\w*|bedrift\w*|"
    r"verksem\w*|virksomh\w*|compan\w*|firma\w*|deltak\w*|participants|votes|"
    r"innbygg\w*|inhabitants|ansatt\w*|tilsett\w*|employees|medlem\w*|"
    r"members|besøk\w*|visit\w*|brukar\w*|bruker\w*|users|ord|words|side[rn]?|pages|"
    r"tonn|kilo\w*|kg|km|meter|liter|timer?|timar|hours|år|years)\b)",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:\b(?:kr|nok|sek|dkk|eur|usd|gbp)\b\.?|[€$£]|\b(?:kroner|beløp|sum|pris|"
    r"kost|amount|cost|budsjett|budget|total)\w*)\s{0,2}"
    r"(?:(?:på|er|var|of|is|was|:|=)\s{0,2})?(?=\d)",
    re.IGNORECASE,
)


class Text:
    """A plain text, with what was found in it so far.

    Attributes:
        plain: The text.
    """

    def __init__(self, plain: str) -> None:
        """Take a plain text."""
        self.plain = plain
        # By what the pattern is written as: patterns themselves are slow to look up.
        self._found: dict[str, list[Span]] = {}
        self._ends: dict[str, frozenset[int]] = {}

    def spans(self, pattern: re.Pattern[str]) -> list[Span]:
        """Return all spans of a pattern, in order; it is looked for once."""
        key = pattern.pattern
        if key not in self._found:
            found = pattern.finditer(self.plain)
            self._found[key] = [match.span() for match in found]
        return self._found[key]

    def ends(self, pattern: re.Pattern[str]) -> frozenset[int]:
        """Return where the spans of a pattern end."""
        key = pattern.pattern
        if key not in self._ends:
            self._ends[key] = frozenset(end for _, end in self.spans(pattern))
        return self._ends[key]

    def runs(self, least: int) -> list[Run]:
        """Return the groups that stand near each other, with so many digits or more."""
        runs: list[list[Span]] = []
        for start, end in self.spans(_GROUP):
            if runs and self._near(runs[-1][-1][1], start):
                runs[-1].append((start, end))
            else:
                runs.append([(start, end)])
        made = (Run(self, run) for run in runs)
        return [run for run in made if run.total >= least]

    def _near(self, end: int, start: int) -> bool:
        near = start - end <= _WIDEST_GAP
        return near and not _WORD.search(self.plain, end, start)


class Run:
    """All groups of digits that stand near each other.

    Attributes:
        text: The text.
        groups: Where they stand.
        digits: Their digits.
        sizes: How many digits each has.
        gaps: What stands between each and the next.
    """

    def __init__(self, text: Text, groups: list[Span]) -> None:
        """Take the text and the spans of the groups in it."""
        self.text = text
        self.groups = groups
        parts = [text.plain[start:end].replace(HIDDEN, "") for start, end in groups]
        self.digits = "".join(parts)
        self.sizes = tuple(map(len, parts))
        self.gaps = [
            text.plain[end:start] for (_, end), (start, _) in itertools.pairwise(groups)
        ]
        self.sums = [0, *itertools.accumulate(self.sizes)]
        self._place = {total: place for place, total in enumerate(self.sums)}

    @property
    def total(self) -> int:
        """How many digits it has."""
        return self.sums[-1]

    def end_of(self, first: int, digits: int) -> int | None:
        """Return the place after the groups from `first` that have so many digits."""
        return self._place.get(self.sums[first] + digits)

    def windows(
        self, digits: int, shapes: Collection[Shape] | None = None
    ) -> Iterator[Window]:
        """Yield all neighbouring groups that have so many digits together.

        Args:
            digits: How many.
            shapes: Those that are wanted, or None for all.
        """
        if self.total < digits:
            return
        for first, before in enumerate(self.sums[:-1]):
            end = self._place.get(before + digits)
            if end and (shapes is None or self.sizes[first:end] in shapes):
                yield Window(self, first, end)


class Window:
    """Neighbouring groups of digits.

    Attributes:
        run: The run that they are from.
        shape: How many digits each has.
        digits: All digits.
        start: Where the first stands in the text.
        end: The place just after the last.
        gaps: What stands between the groups.
    """

    def __init__(self, run: Run, first: int, last: int) -> None:
        """Take the groups of a run from one place to before another."""
        self.run = run
        self.shape = run.sizes[first:last]
        self.digits = run.digits[run.sums[first] : run.sums[last]]
        self.start = run.groups[first][0]
        self.end = run.groups[last - 1][1]
        self.gaps = run.gaps[first : last - 1]
        self._first, self._last = first, last

    @property
    def parts(self) -> list[str]:
        """The digits of each group."""
        ends = itertools.accumulate(self.shape)
        pairs = zip(ends, self.shape, strict=True)
        return [self.digits[end - size : end] for end, size in pairs]

    @property
    def left(self) -> str:
        """What parts it from digits just before; empty where there are none near."""
        return self.run.gaps[self._first - 1] if self._first else ""

    @property
    def right(self) -> str:
        """What parts it from digits just after; empty where there are none near."""
        gaps = self.run.gaps
        return gaps[self._last - 1] if self._last <= len(gaps) else ""

    @property
    def listed(self) -> bool:
        """Whether it is a piece of a longer row that is parted in the same way."""
        return self.left in self.gaps or self.right in self.gaps

    @property
    def counted(self) -> bool:
        """Whether it is put as a sum, or as how many there are of something."""
        return self.follows(_SUM) or self.precedes(_UNIT)

    @property
    def abroad(self) -> bool:
        """Whether a plus stands before it, as before the code of a country."""
        before = max(0, self.start - 4)
        plus = PLUS.search(self.run.text.plain, before, self.start)
        return plus is not None and self.digits[0] != "0"

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether a pattern ends where it starts."""
        return self.start in self.run.text.ends(pattern)

    def precedes(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether a pattern begins where it ends."""
        return pattern.match(self.run.text.plain, self.end) is not None

    def is_near(self, pattern: re.Pattern[str], distance: int) -> bool:
        """Tell whether a pattern stands so many characters before it, or nearer."""
        spans = self.run.text.spans(pattern)
        place = bisect.bisect_left(spans, (self.start, 0))
        return place > 0 and spans[place - 1][1] >= self.start - distance

    def is_inside(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether it stands inside a span of a pattern."""
        spans = self.run.text.spans(pattern)
        place = bisect.bisect_left(spans, (self.start, 0))
        return place > 0 and spans[place - 1][1] >= self.end
