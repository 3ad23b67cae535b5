"""Draws the figures as pairs of bars."""

import math
from collections.abc import Sequence
from pathlib import Path

from trials.measurements.figures import Row
from trials.pages import pyplot, save
from trials.pipelines import Project, RasaDefault

_COLUMNS = 3
_COLOURS = ("#00695c", "#b0bec5")


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write a picture with one small chart for each row that holds both figures."""
    plt = pyplot()
    shown = [row for row in rows if row.default is not None]
    lines = math.ceil(len(shown) / _COLUMNS)
    figure, grid = plt.subplots(
        lines, _COLUMNS, figsize=(4.2 * _COLUMNS, 2.2 * lines), squeeze=False
    )
    charts = list(grid.flat)
    for chart, row in zip(charts, shown, strict=False):
        _draw_row(chart, row)
    for unused in charts[len(shown) :]:
        unused.set_axis_off()
    figure.suptitle(f"{Project.name} beside {RasaDefault.name[:4]}'s default pipeline")
    save(figure, path)


def _draw_row(chart, row: Row) -> None:  # type: ignore[no-untyped-def]  # matplotlib's
    values = [row.project, row.default or 0.0]
    bars = chart.barh([Project.name, RasaDefault.name], values, color=_COLOURS)
    labels = [f"{value:,.{row.digits}f}".replace(",", " ") for value in values]
    chart.bar_label(bars, labels, padding=4)
    chart.set_title(row.measure.replace(" (", "\n("), fontsize=10, loc="left")
    # Room for the numbers to the right of the bars.
    chart.set_xlim(0, max(values) * 1.25 or 1)
    chart.set_xticks([])
    chart.invert_yaxis()
    for side in ("top", "right", "bottom"):
        chart.spines[side].set_visible(False)
