"""Numbers, shares and moments as people write them in Norwegian."""

import datetime

_NO_BREAK = "\u00a0"


def number(value: float, decimals: int = 0) -> str:
    """Return a number: blanks between the thousands, and a decimal comma."""
    written = f"{value:,.{decimals}f}"
    return written.replace(",", _NO_BREAK).replace(".", ",")


def percent(part: float, whole: float = 1) -> str:
    """Return a part of a whole in percent; with a decimal where it is below one."""
    share = 100 * part / whole
    return f"{number(share, 1 if 0 < share < 1 else 0)}{_NO_BREAK}%"


def with_unit(value: float, unit: str, decimals: int = 0) -> str:
    """Return a number with what it counts, on one line."""
    return f"{number(value, decimals)}{_NO_BREAK}{unit}"


def moment(seconds: float) -> str:
    """Return a moment such as `3.2.2019 kl. 14.05`, in the time of this machine."""
    there = datetime.datetime.fromtimestamp(seconds).astimezone()
    return f"{there.day}.{there.month}.{there.year} kl. {there:%H.%M}"
