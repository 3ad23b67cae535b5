"""Numbers as people write them in Norwegian."""

_NO_BREAK = "\u00a0"


def number(value: float, decimals: int = 0) -> str:
    """Return a number: blanks between the thousands, and a decimal comma."""
    written = f"{value:,.{decimals}f}"
    return written.replace(",", _NO_BREAK).replace(".", ",")


def percent(part: float, whole: float) -> str:
    """Return a part of a whole in percent; with a decimal where it is below one."""
    share = 100 * part / whole
    return f"{number(share, 1 if 0 < share < 1 else 0)}{_NO_BREAK}%"


def with_unit(value: float, unit: str, decimals: int = 0) -> str:
    """Return a number with what it counts, on one line."""
    return f"{number(value, decimals)}{_NO_BREAK}{unit}"
