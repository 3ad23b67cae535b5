"""When made-up people write: mostly on weekdays, mostly by day."""

import datetime
import random
import zoneinfo
from collections.abc import Iterator

DAYS = 30
_OSLO = zoneinfo.ZoneInfo("Europe/Oslo")
_HOUR = 3600
# How much is written in each hour of a day, beside the busiest.
_OF_DAY = (
    *(0.03, 0.02, 0.01, 0.01, 0.02, 0.05, 0.15, 0.4),
    *(0.8, 1.0, 1.0, 0.9, 0.7, 0.9, 0.9, 0.7),
    *(0.45, 0.35, 0.35, 0.4, 0.4, 0.3, 0.2, 0.1),
)
_AT_WEEKENDS = 0.25
_SATURDAY = 5
# Seconds until somebody has read a reply and written again.
_SHORTEST, _LONGEST = 15, 150


def moments(rng: random.Random, count: int, now: float) -> list[float]:
    """Return when conversations begin, in the days before a moment, in order."""
    # The last hour is for what is said in the conversation.
    hours = [now - _HOUR * past for past in range(2, DAYS * 24)]
    weights = [_weight(hour) for hour in hours]
    begun = rng.choices(hours, weights, k=count)
    return sorted(hour + rng.random() * _HOUR for hour in begun)


def pauses(rng: random.Random, turns: int) -> Iterator[float]:
    """Yield how many seconds after the first message each of the turns begins."""
    passed = 0.0
    for _ in range(turns):
        yield passed
        passed += rng.uniform(_SHORTEST, _LONGEST)


def _weight(moment: float) -> float:
    local = datetime.datetime.fromtimestamp(moment, _OSLO)
    day = _AT_WEEKENDS if local.weekday() >= _SATURDAY else 1.0
    return day * _OF_DAY[local.hour]
