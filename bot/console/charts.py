"""Charts that are drawn on the server: bars with their words, and columns over time.

They need neither scripts nor styles inside the page, which its security policy forbids.
"""

import dataclasses
import math
from collections.abc import Sequence

from bot.console.formats import number, percent

# The size of a chart of columns, in the units of its drawing.
WIDTH, HEIGHT = 760, 240
_LEFT, _TOP, _BOTTOM = 56, 16, 32
_GAP = 0.25
_LINES = 4
_MOST_LABELS = 8
# As high as what is hidden is drawn, so that it is seen to be there.
_HIDDEN_HEIGHT = 10


@dataclasses.dataclass(frozen=True)
class Bar:
    """A line of a chart of bars.

    Attributes:
        label: What it counts.
        written: The number; empty where it is hidden.
        share: Its share of all, in percent; empty where that is not told.
        width: Of the bar, in percent of the longest.
    """

    label: str
    written: str
    share: str
    width: float


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a chart over time.

    Attributes:
        x: Its left side.
        y: Its top.
        width: Its width.
        height: Its height.
        is_hidden: Whether its number is not told.
        label: What stands beneath it; empty beneath most.
    """

    x: float
    y: float
    width: float
    height: float
    is_hidden: bool
    label: str

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return round(self.x + self.width / 2, 1)


@dataclasses.dataclass(frozen=True)
class Line:
    """A line across the chart: its height, and the number that it stands for."""

    y: float
    written: str


@dataclasses.dataclass(frozen=True)
class Columns:
    """A chart over time."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    left: float = _LEFT
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def bottom(self) -> float:
        """Where the labels stand."""
        return self.height - _BOTTOM / 3


def bars(counts: Sequence[tuple[str, int | None]], *, of: int | None) -> list[Bar]:
    """Return a chart of bars.

    Args:
        counts: What is counted, with None for what is hidden.
        of: The number of all, where shares of it are told.
    """
    most = max((count or 0 for _, count in counts), default=0) or 1
    return [
        Bar(
            label=label,
            written="" if count is None else number(count),
            share=percent(count, of) if of and count is not None else "",
            width=round(100 * (count or 0) / most, 1),
        )
        for label, count in counts
    ]


def columns(counts: Sequence[tuple[str, int | None]]) -> Columns:
    """Return a chart over time of the numbers at each label, None where hidden."""
    top = _rounded_up(max((count or 0 for _, count in counts), default=0))
    each = (WIDTH - _LEFT) / max(len(counts), 1)
    room = HEIGHT - _TOP - _BOTTOM
    step = math.ceil(len(counts) / _MOST_LABELS)

    def column(place: int, label: str, count: int | None) -> Column:
        height = _HIDDEN_HEIGHT if count is None else round(room * count / top, 1)
        return Column(
            x=round(_LEFT + each * (place + _GAP / 2), 1),
            y=round(_TOP + room - height, 1),
            width=round(each * (1 - _GAP), 1),
            height=height,
            is_hidden=count is None,
            label="" if place % step else label,
        )

    values = [top * line // _LINES for line in range(_LINES + 1)]
    return Columns(
        [column(place, *it) for place, it in enumerate(counts)],
        [Line(round(_TOP + room * (1 - it / top), 1), number(it)) for it in values],
    )


def _rounded_up(most: int) -> int:
    """Return the least round number from `most` up that the lines divide evenly."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * _LINES >= most:
                return step * factor * _LINES
        step *= 10
