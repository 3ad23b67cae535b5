"""No number that is hidden can be found from those that are shown."""

import itertools
import random
from collections.abc import Iterator, Mapping

import pytest

from bot.staff.figures.hiding import LEAST, cells, part, shown

SMALL = range(1, LEAST)


def table(*counts: int) -> dict[str, int]:
    return dict(zip("abcdefgh", counts, strict=False))


def ways(hidden: int, total: int, sizes: range) -> Iterator[tuple[int, ...]]:
    """Yield what some hidden numbers may be, each of them some size."""
    for first in itertools.product(sizes, repeat=hidden - 1):
        rest = total - sum(first)
        if rest >= 0:
            yield (*first, rest)


def can_be_found(shown_: Mapping[str, int | None], total: int) -> bool:
    """Tell whether a reader who knows the total and the rule finds a hidden number."""
    hidden = [name for name, count in shown_.items() if count is None]
    if not hidden:
        return False
    rest = total - sum(count or 0 for count in shown_.values())
    # The reader tries all numbers that lead to just this table.
    found: list[set[int]] = [set() for _ in hidden]
    for way in ways(len(hidden), rest, range(0, min(rest, 12) + 1)):
        told = {**shown_, **dict(zip(hidden, way, strict=True))}
        if cells({name: count or 0 for name, count in told.items()}) == shown_:
            for values, value in zip(found, way, strict=True):
                values.add(value)
    return any(len(values) == 1 for values in found)


@pytest.mark.parametrize(
    "counts",
    [
        *itertools.combinations_with_replacement(range(9), 3),
        *itertools.combinations_with_replacement(range(7), 4),
        *itertools.combinations_with_replacement(range(3), 5),
        (1, 1, 1, 1, 1, 1),
        (4, 4, 4, 20, 30),
        (1, 1, 1, 100, 7),
    ],
    ids=str,
)
def test_a_hidden_number_is_not_what_is_missing_from_the_total(
    counts: tuple[int, ...],
) -> None:
    counted = table(*counts)
    total = sum(counts)
    if shown(total) is None:
        return  # The total is hidden with it.
    told = cells(counted)
    assert all(told[name] in (count, None) for name, count in counted.items())
    assert all(told[name] is None for name, count in counted.items() if count in SMALL)
    assert not can_be_found(told, total)


def test_nothing_is_hidden_without_need() -> None:
    counted = {"few": 5, "none": 0, "many": 900}
    assert cells(counted) == counted
    assert list(cells(counted)) == ["many", "few", "none"]


def test_the_order_does_not_tell_how_large_is_what_is_hidden() -> None:
    rng = random.Random(1)
    counted = {"d": 4, "a": 1, "c": 3, "b": 2, "z": 50}
    orders = set()
    for _ in range(10):
        names = rng.sample(list(counted), len(counted))
        orders.add(tuple(cells({name: counted[name] for name in names})))
    assert orders == {("z", "a", "b", "c", "d")}


@pytest.mark.parametrize(
    ("count", "whole", "told"),
    [(10, 20, 10), (0, 20, 0), (20, 20, 20), (3, 20, None), (17, 20, None)],
)
def test_a_part_is_hidden_when_it_or_the_rest_is_small(
    count: int, whole: int, told: int | None
) -> None:
    assert part(count, whole) == told


def test_a_part_of_what_is_hidden_is_hidden() -> None:
    assert part(10, None) is None
