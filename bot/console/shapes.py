"""Writes moments and shares as people in Norway write them."""

import datetime

_NO_BREAK = "\u00a0"


def moment(seconds: float) -> str:
    """Return a moment such as `3.2.2019 kl. 14.05`, in the time of this machine."""
    there = datetime.datetime.fromtimestamp(seconds).astimezone()
    return f"{there.day}.{there.month}.{there.year} kl. {there:%H.%M}"


def percent(share: float) -> str:
    """Return a share (0-1) in whole percent."""
    return f"{share:.0%}".replace("%", f"{_NO_BREAK}%")
