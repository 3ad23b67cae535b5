"""Tells what got worse since the figures that are committed."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from trials.errors import TrialError
from trials.measurements.figures import FLOOR, PROJECT, Row

# Machines differ and are noisy: less than this share more is no worse.
_TOLERATED = 0.15


def worse(rows: Sequence[Row], committed: Path) -> Iterator[str]:
    """Yield what is worse than in the committed figures, one measure a line.

    What depends on the machine is compared by its multiple of the floor's figure.

    Raises:
        TrialError: There are no committed figures, or they cannot be read.
    """
    try:
        before = json.loads(committed.read_text("utf-8"))["measures"]
    except (OSError, ValueError, KeyError) as error:
        raise TrialError(
            f"{committed.name} cannot be read ({error}): run the benchmark without "
            "--compare first"
        ) from error
    for row in rows:
        then = Row(row.measure, before.get(row.measure.key, [[], [], []]))
        old, new = _compared(then), _compared(row)
        if old is None or new is None:
            continue
        change = old / new if row.measure.more_is_better else new / old
        if change > 1 + _TOLERATED:
            yield f"{row.measure.title}: {new:.2f}, was {old:.2f}"


def _compared(row: Row) -> float | None:
    mine, floors = row.median(PROJECT), row.median(FLOOR)
    if mine is None or not floors:
        return mine
    return mine / floors
