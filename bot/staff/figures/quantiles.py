"""Medians and other quantiles of values that are counted, not listed."""

import bisect
import itertools
import math
from collections import Counter


def median(counts: Counter[int]) -> float | None:
    """Return the value in the middle, or between the two there; None of none."""
    number = sum(counts.values())
    if not number:
        return None
    return (_at(counts, (number - 1) // 2) + _at(counts, number // 2)) / 2


def quantile(counts: Counter[int], share: float) -> int:
    """Return the least value that a share (0-1) of all are at most; of some."""
    return _at(counts, math.ceil(share * sum(counts.values())) - 1)


def _at(counts: Counter[int], place: int) -> int:
    """Return what stands at a place, were all values written out in order."""
    values = sorted(counts)
    sums = list(itertools.accumulate(counts[value] for value in values))
    return values[bisect.bisect_right(sums, place)]
