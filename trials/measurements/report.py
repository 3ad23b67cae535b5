"""Writes what was measured as a table, a page and JSON."""

import dataclasses
import json
import statistics
from collections.abc import Sequence

from trials.circumstances import Circumstances
from trials.measurements.figures import Row
from trials.measurements.options import Options
from trials.pages import bullets, table

NAMES = ("This project", "Rasa's floor", "Rasa's default")


def markdown_table(rows: Sequence[Row]) -> str:
    """Return the table: medians, and in brackets the least and the largest value."""
    lines = [
        [
            row.measure.title,
            *(_told(values, row.measure.digits) for values in row.values),
            "; ".join(row.verdicts()),
        ]
        for row in rows
    ]
    return table(["Measure", *NAMES, "Goal"], lines, figures=(1, 2, 3))


def _told(values: Sequence[float], digits: int) -> str:
    if not values:
        return "–"
    figures = [statistics.median(values), min(values), max(values)]
    middle, least, most = (f"{f:,.{digits}f}".replace(",", " ") for f in figures)
    return middle if len(values) == 1 else f"{middle} ({least}–{most})"


def page(rows: Sequence[Row], options: Options, circumstances: Circumstances) -> str:
    """Return the report as Markdown."""
    kind = "Quick run, to try the benchmark: rough figures" if options.quick else "Run"
    return f"""# Benchmark

This project beside Rasa at its least and Rasa as it comes, measured in turn on one
machine. Written by `make benchmark`.

{markdown_table(rows)}

![The same figures as bars](benchmark.png)

## How it was measured

{kind} of {circumstances}

{bullets(_notes(options))}
"""


def _notes(options: Options) -> list[str]:
    return [
        "This project: `make train` and `make serve`, one process, conversations in "
        "SQLite; what is acknowledged is on disk.",
        "Rasa's floor: WhitespaceTokenizer, KeywordIntentClassifier, RulePolicy, one "
        "utterance; `rasa run`, conversations in memory.",
        "Rasa's default: the pipeline and policies that Rasa fills in itself (DIET, "
        "TED, ResponseSelector and more) with one utterance and no actions; `rasa "
        f"run`, conversations in memory. It learnt from {options.examples} examples "
        "for one epoch, as more of either takes hours and changes nothing but what it "
        "understands, which `make evaluate` measures.",
        f"Each was started, sent messages and stopped in turn, {options.rounds} times: "
        "the medians count, with the least and the largest in brackets. Messages are "
        f"those of `tests/questions/benchmark.txt`, over REST: {options.messages} one "
        f"at a time, then {options.load} by all clients together.",
        "The messages come again and again, so this project remembers their words, as "
        "one that has been up for a while does those of most messages. Messages never "
        "seen take longer: `make evaluate` tells how long.",
        "Start: from the start of the processes to the first reply. Memory: resident "
        f"set of all processes after the {options.messages} messages. CPU: processor "
        "time of all processes.",
        f"Turns: {options.talks} conversations of 200 turns held at once; the mean of "
        "ten turns around each.",
        f"Stored: the processor time of {options.load} messages with {options.stored} "
        "conversations in the store, divided by that with 20.",
        "Training is one process from start to end. Model in memory: by how much "
        "loading it makes the resident set grow.",
    ]


def as_json(rows: Sequence[Row], circumstances: Circumstances) -> str:
    """Return the values of all rounds as JSON, in the units that are shown."""
    content = {
        "circumstances": dataclasses.asdict(circumstances),
        "measures": {row.measure.key: list(row.values) for row in rows},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
