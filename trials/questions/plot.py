"""Draws confusion matrices, the confidence of turns and the cost of thresholds."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from trials.pages import pyplot, save
from trials.questions.costs import THRESHOLDS, Choice, mean_cost
from trials.questions.grading import NO_KIND, Verdict
from trials.questions.intents import Intents

_KINDS = (
    "answer",
    "not_stated",
    "out_of_scope",
    "smalltalk",
    "handover",
    "clarify",
    NO_KIND,
)
_RIGHT, _WRONG = "#00695c", "#c4501b"
_BINS = 20
# The share of a row from which a cell is so dark that its number is white.
_DARK = 0.35
# Colours follow this power of the share, so that rare mistakes show too.
_POWER = 0.5


def draw_kinds(counts: Counter[tuple[str, str]], path: Path) -> None:
    """Write the confusion matrix of expected and given kinds."""
    rows = [kind for kind in _KINDS if any(kind == expected for expected, _ in counts)]
    columns = [kind for kind in _KINDS if any(kind in pair for pair in counts)]
    _matrix(counts, rows, columns, ("Expected kind", "Given kind"), path)


def draw_intents(intents: Intents, path: Path) -> None:
    """Write the confusion matrix of intents, grouped by their topic folders."""
    pairs = zip(intents.right, intents.found, strict=True)
    topics = intents.topics
    counts = Counter((topics[right], topics[found]) for right, found in pairs)
    names = sorted(set(topics.values()))
    axes = ("Topic folder of the intent", "Topic folder of the intent found")
    _matrix(counts, names, names, axes, path)


def draw_confidence(verdicts: Sequence[Verdict], path: Path) -> None:
    """Write histograms of the confidence of right and of wrong turns."""
    plt = pyplot()
    figure, charts = plt.subplots(2, 1, figsize=(7.5, 5), sharex=True)
    for chart, right in zip(charts, (True, False), strict=True):
        values = [
            verdict.confidence
            for verdict in verdicts
            if verdict.right is right and verdict.confidence is not None
        ]
        colour, name = (_RIGHT, "right") if right else (_WRONG, "wrong")
        counts, _, bars = chart.hist(
            values, bins=_BINS, range=(0, 1), rwidth=0.9, color=colour
        )
        labels = [str(int(count)) if count else "" for count in counts]
        chart.bar_label(bars, labels, padding=2, fontsize=9)
        turns = "turn" if len(values) == 1 else "turns"
        chart.set_title(f"{len(values)} {name} {turns}", fontsize=11, loc="left")
        chart.set_yticks([])
        # Room for the numbers above the bars.
        chart.set_ylim(0, max(*counts, 1) * 1.15)
        for side in ("top", "right", "left"):
            chart.spines[side].set_visible(False)
    charts[-1].set_xlabel("Confidence")
    charts[-1].set_xlim(0, 1)
    save(figure, path)


def draw_costs(turns: Sequence[Choice], threshold: float, path: Path) -> None:
    """Write the cost a turn by threshold, and a line where the one in force lies."""
    plt = pyplot()
    figure, chart = plt.subplots(figsize=(7.5, 3.5))
    costs = [mean_cost(turns, each) for each in THRESHOLDS]
    chart.plot(THRESHOLDS, costs, color=_RIGHT, linewidth=2)
    chart.axvline(threshold, color=_WRONG, linestyle="--", linewidth=1.2)
    chart.annotate(
        f"in force: {threshold:.2f}",
        (threshold, 0.96),
        (5, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        va="top",
        color=_WRONG,
        fontsize=9,
    )
    chart.set_xlim(0, 1)
    # Room for the words above the curve.
    chart.set_ylim(0, max(*costs, 0.1) * 1.15)
    chart.set_xlabel("Threshold: less confident turns are asked back")
    chart.set_ylabel("Mean cost a turn")
    for side in ("top", "right"):
        chart.spines[side].set_visible(False)
    save(figure, path)


def _matrix(
    counts: Counter[tuple[str, str]],
    rows: Sequence[str],
    columns: Sequence[str],
    axes: tuple[str, str],
    path: Path,
) -> None:
    plt = pyplot()
    from matplotlib.colors import (  # type: ignore[import-untyped]
        LinearSegmentedColormap,
        PowerNorm,
    )

    sums = [sum(counts[row, column] for column in columns) for row in rows]
    shares = [
        [counts[row, column] / (total or 1) for column in columns]
        for row, total in zip(rows, sums, strict=True)
    ]
    size = (2.6 + 0.85 * len(columns), 1.9 + 0.5 * len(rows))
    figure, chart = plt.subplots(figsize=size)
    colours = LinearSegmentedColormap.from_list("shares", ["#f3f6f6", _RIGHT])
    chart.imshow(shares, colours, PowerNorm(_POWER, 0, 1), aspect="auto")
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            if counts[row, column]:
                dark = shares[y][x] > _DARK
                chart.text(
                    x,
                    y,
                    str(counts[row, column]),
                    ha="center",
                    va="center",
                    color="white" if dark else "black",
                    fontsize=9,
                )
    chart.set_xticks(range(len(columns)))
    chart.set_xticklabels(columns, rotation=35, ha="right", rotation_mode="anchor")
    chart.set_yticks(range(len(rows)))
    chart.set_yticklabels(rows)
    chart.set_ylabel(axes[0])
    chart.set_xlabel(axes[1])
    # White lines between the cells.
    chart.set_xticks([x - 0.5 for x in range(1, len(columns))], minor=True)
    chart.set_yticks([y - 0.5 for y in range(1, len(rows))], minor=True)
    chart.grid(which="minor", color="white", linewidth=1.5)
    chart.tick_params(which="both", length=0)
    for spine in chart.spines.values():
        spine.set_visible(False)
    save(figure, path)
