"""Telephone numbers: Norwegian ones in all groupings, and foreign ones with a plus."""

import itertools
import re
from collections.abc import Iterator

from bot.privacy.groups import PLUS, Run, Span, Window

_NATIONAL = 8
_COUNTRY = "47"
_PAIRS = (2, 2, 2, 2)
_HALVES = (4, 4)
_SINGLES = (1,) * _NATIONAL
_SHAPES = {(_NATIONAL,), _PAIRS, _HALVES, _SINGLES, (3, 2, 3), (3, 3, 2), (2, 3, 3)}
_SHAPES |= {(5, 3), (3, 5), (2, 2, 4), (4, 2, 2), (2, 6), (6, 2)}
_WITH_COUNTRY = {(2, *shape) for shape in _SHAPES} | {(_NATIONAL + 2,)}
# Without a word for it these are sums, ranges and dates rather than a telephone number.
_DOUBTFUL = {(2, 3, 3), (5, 3), (3, 5), (2, 2, 4), (4, 2, 2), (2, 6), (6, 2)}
_NAMED = re.compile(
    r"(?:tlf|tel\b|tele?fon|mobil|\bmob\b|\bring|\bsms|whats\s?app|signal\b|vipps|\bcall"
    r"|phone|\bcell\b|\btext me|\bnummeret mitt|\bmitt nummer|\bnummer mitt|\bmin er"
    r"|\bmy number|\bnumber is|\bnr\b\.? mitt|nås på|når meg på|reach me)"
    r"[^\d\n]{0,28}(?=\d)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"\W{0,3}(?:(?:er|e|is|som er)\s)?(?:tlf|telefon|mobil|\bmob\b|my (?:phone|number|cell"
    r"|mobile)|nummeret mitt|mitt nummer)",
    re.IGNORECASE,
)
_OTHERWISE_NAMED = re.compile(
    r"(?:\bsak|\bref|ordre|order|\borg|\bkid\b|versjon|version|\bv\b|\bip\b|artikkel|"
    r"article|prosjekt|project|søknad|application|\bjournal|\bisbn|\bissn|\bdoi|\bid\b"
    r"|vedtak|\bver\b|pmid|\bsha\d*\b|commit|dokument|faktura|invoice)\w*[\s.:-]{0,2}(?:n[ro]|nummer|number|id|er|is)?"
    r"[\s:#.-]{0,3}(?=\d)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_LETTER = re.compile(r"[^\W\d_](?=\d)")
_SMALL_STEPS = frozenset(range(-5, 6)) - {0}
_YEARS = range(1800, 2101)
_DAY_MONTH = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])")
_SHORT_GAP = re.compile(r"[ \t/.()_–-]{0,4}")
_ZEROS = re.compile(r"(?<![^\W_])00\W?[1-9]")
_MOST_DIGITS = 15
_LEAST_DIGITS = 7
_LONGEST_CODE = 3


def phones(runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of telephone numbers."""
    for run in runs:
        yield from _abroad(run)
        for window in run.windows(_NATIONAL, _SHAPES):
            if _is_norwegian(window):
                yield window.start, window.end
        for window in run.windows(_NATIONAL + 2, _WITH_COUNTRY):
            if _has_country(window):
                yield window.start, window.end
        yield from _named_foreign(run)


def _is_norwegian(window: Window) -> bool:
    shape = window.shape
    if window.counted or window.is_inside(_ADDRESS):
        return False
    if _tells_time(window):
        return False
    if window.follows(_NAMED) or window.precedes(_NAMED_AFTER):
        return True
    if window.digits[0] in "01" or shape in _DOUBTFUL:
        return shape == (2, 3, 3) and set(window.gaps) == {"-"}
    if window.follows(_OTHERWISE_NAMED) or window.listed:
        return False
    return not _is_something_else(window)


def _is_something_else(window: Window) -> bool:
    """Tell whether eight digits look like a sum, years, a date or a row of figures."""
    shape, parts = window.shape, window.parts
    if shape == (_NATIONAL,):
        glued = window.follows(_LETTER) or window.precedes(_LETTERS)
        return glued or window.left in (",", ".") or window.digits.endswith("0000")
    if shape == _SINGLES:
        return _steps(parts) or len(set(window.gaps)) > 1
    if shape == _HALVES:
        return window.gaps[0].strip() not in ("", ".") or _all_end_in(parts, "00")
    if shape == _PAIRS and (_steps(parts) or len(set(window.gaps)) > 1):
        return True
    return _all_end_in(parts, "0") or not all(map(_joins, window.gaps))


def _steps(parts: list[str]) -> bool:
    """Tell whether figures rise or fall by ones, twos or the like: a row of weeks."""
    steps = {int(b) - int(a) for a, b in itertools.pairwise(parts)}
    return len(steps) == 1 and steps <= _SMALL_STEPS


def _all_end_in(parts: list[str], end: str) -> bool:
    return all(part.endswith(end) for part in parts)


def _joins(gap: str) -> bool:
    return gap.strip() in ("", ".", "-", "/", "_")


def _tells_time(window: Window) -> bool:
    """Tell whether eight digits are two years or a date."""
    digits = window.digits
    years = int(digits[:4]) in _YEARS and int(digits[4:]) in _YEARS
    return (years and window.shape in ((_NATIONAL,), _HALVES)) or _is_date(digits)


def _is_date(digits: str) -> bool:
    year_first = digits[6:] + digits[4:6] + digits[:4]
    return any(_DAY_MONTH.match(d) and int(d[4:]) in _YEARS for d in (digits, year_first))


def _has_country(window: Window) -> bool:
    """Tell whether ten digits are a Norwegian number after its country's 47."""
    if not window.digits.startswith(_COUNTRY) or window.digits[2] in "01":
        return False
    if window.follows(_NAMED):
        return True
    elsewhere = window.counted or window.listed or window.is_inside(_ADDRESS)
    return not elsewhere


def _abroad(run: Run) -> Iterator[Span]:
    """Yield numbers that begin with a plus, or with 00, and a country's code."""
    for first, (start, _) in enumerate(run.groups):
        plus = PLUS.search(run.text.plain, max(0, start - 4), start)
        if plus or _ZEROS.match(run.text.plain, start):
            end = _end_abroad(run, first, 0 if plus else 2)
            if end:
                window = Window(run, first, end)
                if not (window.counted or _is_sum(window)):
                    yield _start_abroad(window, plus), window.end


def _start_abroad(window: Window, plus: re.Match[str] | None) -> int:
    """Return where a number starts; a bracket before the plus may hold its code."""
    if plus is None:
        return window.start
    closed = any(")" in gap for gap in window.gaps)
    return plus.start() if closed else plus.end() - len(plus.group().lstrip("("))


def _end_abroad(run: Run, first: int, prefix: int) -> int | None:
    """Return the place after the groups that belong to the number, or None."""
    if run.digits.startswith(_COUNTRY, run.sums[first] + prefix):
        end = run.end_of(first, prefix + len(_COUNTRY) + _NATIONAL)
        if end:
            return end
    total, end = run.sizes[first], first + 1
    while end < len(run.groups):
        too_long = total + run.sizes[end] > _MOST_DIGITS + prefix
        if too_long or not _SHORT_GAP.fullmatch(run.gaps[end - 1]):
            break
        total, end = total + run.sizes[end], end + 1
    return end if _LEAST_DIGITS <= total - prefix <= _MOST_DIGITS else None


def _is_sum(window: Window) -> bool:
    """Tell whether it is a sum after a plus, or a row of postal codes."""
    codes = len(window.parts) > 2 and set(window.shape) == {4}
    if codes and not window.digits.startswith("00" + _COUNTRY):
        return True
    return len(window.parts) > 1 and window.digits.endswith("00000")


def _named_foreign(run: Run) -> Iterator[Span]:
    """Yield digits that a word for a telephone stands right before."""
    window = Window(run, 0, len(run.groups))
    if _LEAST_DIGITS <= run.total <= _MOST_DIGITS and window.follows(_NAMED):
        joined = all(map(_SHORT_GAP.fullmatch, window.gaps))
        sum_like = window.shape[1:] == (3, 3) and window.shape[0] <= 2
        time = run.total == _NATIONAL and _tells_time(window)
        if joined and not (sum_like or time or window.counted):
            yield window.start, window.end
