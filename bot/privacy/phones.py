"""Norwegian telephone numbers, in all groupings.

Eight digits are as often a sum, two years or a date. What stands around them decides,
and where nothing does, how they are grouped.
"""

import itertools
import re
from collections.abc import Iterator

from bot.privacy.groups import Run, Shape, Span, Window

NATIONAL = 8
COUNTRY = "47"
_JOINED = (NATIONAL,)
_PAIRS = (2, 2, 2, 2)
_HALVES = (4, 4)
_SINGLES = (1,) * NATIONAL
_THOUSANDS = (2, 3, 3)
_USUAL: set[Shape] = {_JOINED, _PAIRS, _HALVES, _SINGLES, (3, 2, 3), (3, 3, 2)}
# Without a word for it these are sums, ranges and dates rather than telephone numbers.
_DOUBTFUL = {_THOUSANDS, (5, 3), (3, 5), (2, 2, 4), (4, 2, 2), (2, 6), (6, 2)}
_SHAPES = _USUAL | _DOUBTFUL
_WITH_COUNTRY = {(2, *shape) for shape in _SHAPES} | {(NATIONAL + 2,)}
NAMED = re.compile(
    r"(?:tlf|tel\b|tele?fon|mobil|\bmob\b|\bring|\bsms|whats\s?app|signal\b|vipps|\bcall"
    r"|phone|\bcell\b|\btext me|\bnummeret mitt|\bmitt nummer|\bnummer mitt|\bmin er"
    r"|\bmy number|\bnumber is|\bnr\b\.? mitt|nås på|når meg på|reach me)"
    r"[^\d\n]{0,28}(?=\d)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"\W{0,3}(?:(?:er|e|is|som er)\s)?(?:tlf|telefon|mobil|mob\b|nummeret mitt"
    r"|mitt nummer|my (?:phone|number|cell|mobile))",
    re.IGNORECASE,
)
# Words for numbers of things.
OTHERWISE_NAMED = re.compile(
    r"(?:\b(?:sak|ref|ordre|order|org|journal|sha)|\b(?:kid|v|ver|ip|id|isbn|issn|doi)\b"
    r"|versjon|version|artikkel|article|prosjekt|project|søknad|application|vedtak"
    r"|dokument|faktura|invoice|pmid|commit|kunde|medlem|deltak|tilsett|ansatt|student"
    r"|tracking|sporing|chassis|serie|lisens|registr|bestilling|kvittering)\w*"
    r"[\s.:-]{0,2}(?:n[ro]|nummer|number|id|er|is)?[\s:#.-]{0,3}(?=\d)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:\b[a-z]{2,6}://|www\.)\S+", re.IGNORECASE)
_SIGNS = (".", "-", "/", "_")
_LETTER = re.compile(r"[^\W\d_](?=\d)")
# A letter, or the ending of a file's name.
_GOES_ON = re.compile(r"[^\W\d_]|\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|csv|zip|html?)\b")
# Services that anybody may ring, as 815 00 000.
_SERVICE = re.compile(r"8[0-2]")
_NEVER_FIRST = ("0", "1")
_YEARS = range(1800, 2101)
_DAY_MONTH = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])")
# Figures that rise or fall so are a row, of weeks for instance.
_SMALL_STEPS = frozenset(range(-5, 6)) - {0}


def phones(runs: list[Run]) -> Iterator[Span]:
    """Yield the spans of Norwegian telephone numbers without a plus."""
    for run in runs:
        for window in run.windows(NATIONAL, _SHAPES):
            if _is_phone(window):
                yield window.start, window.end
        for window in run.windows(NATIONAL + len(COUNTRY), _WITH_COUNTRY):
            if _has_country(window):
                yield window.start, window.end


def tells_time(window: Window) -> bool:
    """Tell whether eight digits are two years or a date."""
    digits = window.digits
    years = int(digits[:4]) in _YEARS and int(digits[4:]) in _YEARS
    turned = digits[6:] + digits[4:6] + digits[:4]
    dates = (d for d in (digits, turned) if int(d[4:]) in _YEARS)
    dated = any(map(_DAY_MONTH.match, dates))
    return dated or (years and window.shape in (_JOINED, _HALVES))


def _is_phone(window: Window) -> bool:
    elsewhere = window.counted or window.is_inside(_ADDRESS)
    if elsewhere or _SERVICE.match(window.digits) or tells_time(window):
        return False
    if window.follows(NAMED) or window.precedes(_NAMED_AFTER):
        return True
    if window.digits[0] in _NEVER_FIRST or window.listed:
        return False
    if window.follows(OTHERWISE_NAMED):
        return False
    if window.shape in _DOUBTFUL:
        return window.shape == _THOUSANDS and set(window.gaps) == {"-"}
    return not _is_something_else(window)


def _is_something_else(window: Window) -> bool:
    """Tell whether digits look like a sum, a range, or a row of figures."""
    shape, parts = window.shape, window.parts
    if shape == _JOINED:
        glued = window.follows(_LETTER) or window.precedes(_GOES_ON)
        return glued or window.left in (",", ".") or window.digits.endswith("0000")
    if _steps(parts):
        return True
    if shape == _HALVES:
        apart = window.gaps[0].strip() not in ("", ".")
        return apart or _all_end_in(parts, "00")
    if shape in (_PAIRS, _SINGLES) and len(set(window.gaps)) > 1:
        return True
    joined = all(gap.isspace() or gap in _SIGNS for gap in window.gaps)
    return not joined or (shape != _SINGLES and _all_end_in(parts, "0"))


def _all_end_in(parts: list[str], end: str) -> bool:
    return all(part.endswith(end) for part in parts)


def _steps(parts: list[str]) -> bool:
    steps = {int(b) - int(a) for a, b in itertools.pairwise(parts)}
    return len(steps) == 1 and steps <= _SMALL_STEPS


def _has_country(window: Window) -> bool:
    """Tell whether ten digits are a number after its country's 47."""
    national = window.digits[len(COUNTRY) :]
    if not window.digits.startswith(COUNTRY) or national[0] in _NEVER_FIRST:
        return False
    elsewhere = window.counted or window.listed or window.is_inside(_ADDRESS)
    return window.follows(NAMED) or not elsewhere
