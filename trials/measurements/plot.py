"""Draws what was measured as bars, a small chart for each measure."""

import math
from collections.abc import Sequence
from pathlib import Path

from trials.measurements.figures import Row
from trials.measurements.report import NAMES
from trials.pages import pyplot, save

_COLUMNS = 3
_COLOURS = ("#00695c", "#b0bec5", "#78909c")


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write a picture with one small chart for each row of several pipelines."""
    plt = pyplot()
    shown = [row for row in rows if sum(map(bool, row.values)) > 1]
    lines = math.ceil(len(shown) / _COLUMNS)
    figure, grid = plt.subplots(
        lines, _COLUMNS, figsize=(4.6 * _COLUMNS, 2.2 * lines), squeeze=False
    )
    charts = list(grid.flat)
    for chart, row in zip(charts, shown, strict=False):
        _draw_row(chart, row)
    for unused in charts[len(shown) :]:
        unused.set_axis_off()
    save(figure, path)


def _draw_row(chart, row: Row) -> None:  # type: ignore[no-untyped-def]  # matplotlib's
    medians = [row.median(place) or 0.0 for place in range(len(NAMES))]
    # From the median to the least and to the largest.
    errors = [
        [m - min(v, default=m) for m, v in zip(medians, row.values, strict=True)],
        [max(v, default=m) - m for m, v in zip(medians, row.values, strict=True)],
    ]
    bars = chart.barh(NAMES, medians, xerr=errors, color=_COLOURS)
    labels = [f"{value:,.{row.measure.digits}f}".replace(",", " ") for value in medians]
    chart.bar_label(bars, labels, padding=4)
    chart.set_title(row.measure.title, fontsize=10, loc="left")
    # Room for the numbers to the right of the bars.
    chart.set_xlim(0, max(medians) * 1.3 or 1)
    chart.set_xticks([])
    chart.invert_yaxis()
    for side in ("top", "right", "bottom"):
        chart.spines[side].set_visible(False)
