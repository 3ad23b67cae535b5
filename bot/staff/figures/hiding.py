"""Hides numbers that are so small that they tell of single people.

A number from 1 to 4 is hidden; 0 is shown, as it tells of nobody. What is hidden must
not be found by taking the shown numbers from their total, not even by somebody who
knows this rule: where that would leave one number, or numbers that are all about the
least or the most that is hidden, the smallest of the others is hidden too (what
statistics offices call complementary suppression: Hundepool et al., Statistical
Disclosure Control, 2012, chapter 4). Where there is no other, all of the table is.
"""

from collections.abc import Collection, Mapping

LEAST = 5
"""The least number, beside 0, that is shown."""


def is_small(count: int) -> bool:
    """Tell whether a number is hidden for its own sake."""
    return 0 < count < LEAST


def shown(count: int) -> int | None:
    """Return a number that stands alone, or None where it is hidden."""
    return None if is_small(count) else count


def cells(
    counts: Mapping[str, int],
    parts: Collection[Collection[str]] = (),
    kept: Collection[str] = (),
) -> dict[str, int | None]:
    """Return the numbers of a table whose total is known; None stands for hidden.

    What is shown comes first, the largest first. What is hidden follows by its name,
    as its place would tell how large it is.

    Args:
        counts: The numbers, by name.
        parts: Names whose sum another table tells too.
        kept: Names that other tables show, so they are hidden last.
    """
    hidden = {name for name, count in counts.items() if is_small(count)}
    groups = (counts.keys(), *parts)
    while group := next((it for it in groups if _is_told(counts, hidden, it)), None):
        others = sorted(
            (name in kept, counts[name])
            for name in group
            if counts[name] >= LEAST and name not in hidden
        )
        if not others and group is groups[0]:
            return dict.fromkeys(sorted(counts))
        if others:
            # All that are as small, or the choice among them would tell.
            hidden |= {
                name for name in group if (name in kept, counts[name]) == others[0]
            }
        else:
            hidden |= set(group)
    open_ = [name for name in counts if name not in hidden]
    open_.sort(key=lambda name: (-counts[name], name))
    return {name: counts[name] for name in open_} | dict.fromkeys(sorted(hidden))


def _is_told(
    counts: Mapping[str, int], hidden: Collection[str], group: Collection[str]
) -> bool:
    """Tell whether what is hidden of some numbers can be found from their sum."""
    among = [name for name in group if name in hidden]
    # Of a part there is no more to hide than all.
    if not among or (len(among) == len(group) and len(group) < len(counts)):
        return False
    return not _is_safe([counts[name] for name in among])


def part(count: int, of: int | None) -> int | None:
    """Return a part of a number, or None where it or the rest would be too small.

    Args:
        count: The part.
        of: The whole as it is shown; None where it is hidden.
    """
    if of is None or is_small(count) or is_small(of - count):
        return None
    return count


def _is_safe(counts: Collection[int]) -> bool:
    """Tell whether numbers cannot be found from how many they are and their sum.

    They can near the ends of what the sum can be: with as many as the sum, each is 1.
    """
    number, total = len(counts), sum(counts)
    if number < 2 or total <= number + 1:
        return False
    # Where one is hidden for the others' sake, it may be as large as any.
    return max(counts) >= LEAST or total < number * (LEAST - 1) - 1
