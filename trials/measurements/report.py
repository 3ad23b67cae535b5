"""Writes what was measured as a table, a page and a plot."""

import statistics
from collections.abc import Sequence

from trials.circumstances import Circumstances
from trials.measurements.figures import Figures, Row
from trials.measurements.options import CLIENTS, Options
from trials.measurements.serving import Serving
from trials.pages import bullets, table
from trials.pipelines import DEFAULT_EPOCHS_OF_DIET, DIET, Project, RasaDefault

_HEADINGS = ("Measure", Project.name, RasaDefault.name, "Ratio", "Goal")
_MEGABYTE = 1_000_000


def cells(row: Row) -> tuple[str, ...]:
    """Return what a row shows under each heading."""
    goal = ""
    if row.goal is not None and row.ratio is not None:
        verdict = "met" if row.ratio <= row.goal else "missed"
        goal = f"≤ {row.goal:.2f} {verdict}"
    return (
        row.measure,
        _number(row.project, row.digits),
        _number(row.default, row.digits),
        _number(row.ratio, 2),
        goal,
    )


def markdown_table(rows: Sequence[Row]) -> str:
    """Return the table for a page; figures stand to the right."""
    return table(_HEADINGS, [*map(cells, rows)], figures=(1, 2, 3))


def page(
    rows: Sequence[Row],
    project: Figures,
    default: Figures,
    options: Options,
    circumstances: Circumstances,
) -> str:
    """Return the report as Markdown."""
    kind = "Quick run, to try the benchmark: rough figures" if options.quick else "Run"
    return f"""# Benchmark

This project's pipeline beside the one that Rasa trains when `config.yml` names none, on
the same examples, domain and actions. Written by `make benchmark`. The ratio is this
project's figure divided by the default's.

{markdown_table(rows)}

![The same figures as bars](benchmark.png)

## How it was measured

{kind} of {circumstances}

{bullets(_notes(project, default, options))}
"""


def _notes(project: Figures, default: Figures, options: Options) -> list[str]:
    return [
        f"{RasaDefault.name}: the pipeline and policies that Rasa fills in itself, "
        "trained by `rasa train` and served by `rasa run` and `rasa run actions`, with "
        f"conversations in memory. {_epochs_note(options)}",
        f"{Project.name}: `make train` and `make serve`, one process, with "
        "conversations in SQLite.",
        "Training: one process from start to end, on all examples. Nothing is cached.",
        f"The two were started, sent messages and stopped in turn, {options.rounds} "
        "times; the medians count. The messages are those of "
        f"`tests/questions/benchmark.txt`, over REST: {options.messages} one at a "
        f"time, then as many again by {CLIENTS} clients at once. An action answered "
        f"{project.serving.answered:.1%}; {default.serving.answered:.1%} of them.",
        "Start: from the start of the processes to the first answer by an action "
        f"({_starts(project.serving)}; {_starts(default.serving)}).",
        "Latency p50 of each round: "
        f"{_medians(project.serving)}; {_medians(default.serving)}.",
        "Memory: resident set size of each process after all messages "
        f"({_resident(project.serving)}; {_resident(default.serving)}).",
    ]


def _epochs_note(options: Options) -> str:
    if options.diet_epochs == DEFAULT_EPOCHS_OF_DIET:
        return "Nothing in it was changed."
    return (
        f"One thing was changed: {DIET} trained {options.diet_epochs} of its "
        f"{DEFAULT_EPOCHS_OF_DIET} epochs, as all of them take hours. What all would "
        "take is estimated from what these took. How many there were changes neither "
        "start, memory nor speed."
    )


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}".replace(",", " ")


def _starts(serving: Serving) -> str:
    return ", ".join(f"{each.start:.1f}" for each in serving.rounds) + " s"


def _medians(serving: Serving) -> str:
    medians = (1000 * statistics.median(each.latencies) for each in serving.rounds)
    return ", ".join(f"{value:.1f}" for value in medians) + " ms"


def _resident(serving: Serving) -> str:
    sizes = (size / _MEGABYTE for size in serving.rounds[-1].resident)
    return " + ".join(f"{size:.0f}" for size in sizes) + " MB"
