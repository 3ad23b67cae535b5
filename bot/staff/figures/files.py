"""Figures as files: CSV for a spreadsheet, JSON for a program, lines for a terminal.

What is hidden is hidden in each of them.
"""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from bot.exporting import write_table
from bot.staff.figures.cases import CaseNumbers, Number
from bot.staff.figures.hiding import LEAST
from bot.staff.figures.summary import Asked, Figures

COLUMNS = ("table", "name", "measure", "number")
HIDDEN = "hidden"
"""Stands for a number that is hidden."""
_NOTE = (
    f"Numbers from 1 to {LEAST - 1} are hidden (null), and others where they could be "
    "found from what is shown. Messages of tests and of the staff are not counted."
)
_MEDIANS = ("median_turns", "median_seconds", "p95_seconds")
_WAITS = ("median_wait", "p90_wait")
_TABLES_OF_CASES = ("ways", "closed_by", "reasons", "languages", "about")
_TABLES = ("kinds", "languages", "ratings", "out_of_scope", "unclear")


def as_json(figures: Figures) -> dict[str, Any]:
    """Return figures ready for JSON; None stands for what is hidden."""
    told = dataclasses.asdict(figures)
    for name in ("since", "until"):
        told[name] = told[name].isoformat(timespec="seconds")
    for step in told["steps"]:
        step["begins"] = step["begins"].isoformat(timespec="minutes")
    return {"note": _NOTE, **told}


def write_csv(figures: Figures, file: TextIO) -> None:
    """Write figures as one table, a number in each row."""
    rows = (
        (table, name, measure, _written(number))
        for table, name, measure, number in _rows(figures)
    )
    write_table(file, COLUMNS, rows)


def lines(figures: Figures) -> Iterator[str]:
    """Yield figures as a terminal shows them."""
    since = figures.since.strftime("%Y-%m-%d %H:%M")
    yield f"Since {since}" + (", made-up ones among them" if figures.has_demo else "")
    before = ""
    for table, name, measure, number in _rows(figures):
        if table != before:
            yield f"\n{table.replace('_', ' ')}"
        before = table
        label = f"{name} ({measure})" if measure not in ("number", "value") else name
        yield f"  {label:<50} {_written(number):>10}"
    yield f"\n{_NOTE}"


def _rows(figures: Figures) -> Iterator[tuple[str, str, str, float | None]]:
    """Yield each number with its table, its name and what it measures."""
    for name in ("conversations", "messages"):
        yield "all", name, "number", getattr(figures, name)
    # Of no conversations there is no median.
    for name in _MEDIANS if figures.conversations != 0 else ():
        yield "all", name, "value", getattr(figures, name)
    yield "all", "clarified", "number", figures.clarified
    yield "all", "clarified_answered", "number", figures.clarified_answered
    for table in _TABLES:
        counts: Mapping[str, Number] = getattr(figures, table)
        for name, number in counts.items():
            yield table, name, "number", number
    for table in ("answered", "not_stated"):
        asked: tuple[Asked, ...] = getattr(figures, table)
        for it in asked:
            yield table, it.name, "number", it.number
            yield table, it.name, "pressed", it.pressed
    yield from _rows_of_cases(figures.cases)
    for step in figures.steps:
        begins = _begins(step.begins)
        yield "time", begins, "conversations", step.conversations
        yield "time", begins, "messages", step.messages


def _rows_of_cases(
    cases: CaseNumbers,
) -> Iterator[tuple[str, str, str, float | None]]:
    yield "cases", "opened", "number", cases.opened
    if cases.opened == 0:
        return
    for name in _WAITS:
        yield "cases", name, "value", getattr(cases, name)
    for table in _TABLES_OF_CASES:
        counts: Mapping[str, Number] = getattr(cases, table)
        for name, number in counts.items():
            yield f"cases_{table}", name, "number", number


def _begins(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _written(number: float | None) -> str:
    if number is None:
        return HIDDEN
    return f"{number:g}" if number % 1 else f"{number:.0f}"
