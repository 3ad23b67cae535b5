"""Telephone numbers with the code of a country, after a plus or 00, and foreign ones.

How many digits they have is that of the recommendation ITU-T E.164.
"""

import re
from collections.abc import Iterator

from bot.privacy.groups import PLUS, Run, Span, Window
from bot.privacy.phones import COUNTRY, NAMED, NATIONAL, OTHERWISE_NAMED, tells_time

_MOST_DIGITS = 15
_LEAST_DIGITS = 7
_ZEROS = re.compile(r"(?<![^\W_])(?<!\d[\s.,])00[ \t.)]?[1-9]")
_SHORT_GAP = re.compile(r"[ \t/.()_–-]{0,4}")


def phones_abroad(runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of numbers with the code of a country, and of foreign ones."""
    for run in runs:
        text = run.text.plain
        for first, (start, _) in enumerate(run.groups):
            plus = PLUS.search(text, max(0, start - 4), start)
            if plus or _ZEROS.match(text, start):
                yield from _with_code(run, first, plus)
        yield from _named(run)


def _with_code(run: Run, first: int, plus: re.Match[str] | None) -> Iterator[Span]:
    end = _end(run, first, 0 if plus else len("00"))
    if end:
        window = Window(run, first, end)
        if not (window.counted or _is_something_else(window)):
            yield _start(window, plus), window.end


def _end(run: Run, first: int, prefix: int) -> int | None:
    """Return the place after the groups that belong to the number, or None."""
    if run.digits.startswith(COUNTRY, run.sums[first] + prefix):
        norwegian = run.end_of(first, prefix + len(COUNTRY) + NATIONAL)
        if norwegian and all(
            map(_SHORT_GAP.fullmatch, run.gaps[first : norwegian - 1])
        ):
            return norwegian
    most = run.sums[first] + prefix + _MOST_DIGITS
    end = first + 1
    while end < len(run.groups) and run.sums[end + 1] <= most:
        if not _SHORT_GAP.fullmatch(run.gaps[end - 1]):
            break
        end += 1
    digits = run.sums[end] - run.sums[first] - prefix
    return end if _LEAST_DIGITS <= digits <= _MOST_DIGITS else None


def _start(window: Window, plus: re.Match[str] | None) -> int:
    """Return where a number starts; a bracket before the plus may hold its code."""
    if plus is None:
        return window.start
    closed = any(")" in gap for gap in window.gaps)
    return plus.start() if closed else plus.end() - len(plus.group().lstrip("("))


def _is_something_else(window: Window) -> bool:
    """Tell whether it is a sum after a plus, a row of postal codes or the like."""
    coded = window.digits.startswith("00" + COUNTRY)
    if len(window.shape) > 2 and set(window.shape) == {4} and not coded:
        return True
    is_sum = len(window.shape) > 1 and window.digits.endswith("00000")
    return is_sum or window.follows(OTHERWISE_NAMED)


def _named(run: Run) -> Iterator[Span]:
    """Yield digits that a word for a telephone stands right before."""
    window = Window(run, 0, len(run.groups))
    if not _LEAST_DIGITS <= run.total <= _MOST_DIGITS or not window.follows(NAMED):
        return
    # Norwegian numbers are found by themselves, with less around them.
    foreign = run.total == NATIONAL or run.end_of(0, NATIONAL) is None
    joined = all(map(_SHORT_GAP.fullmatch, window.gaps))
    is_sum = window.shape[1:] == (3, 3) and window.shape[0] <= 2
    if run.total == NATIONAL:
        is_sum = is_sum or tells_time(window) or window.digits.startswith("81")
    if foreign and joined and not (is_sum or window.counted):
        yield window.start, window.end
