"""What was said on either side, what was seen on the other, and when."""

import dataclasses
import re
import threading
import time
from typing import Literal

Side = Literal["citizen", "staff"]
How = Literal["stream", "asking", "widget", "news", "page", "opened"]
"""How somebody saw it.

A citizen by a stream, by asking again and again, or in a browser; one of the staff in
the news of a case that was open, the same in a browser, or because they opened it.
"""
WISH = "Jeg vil snakke med et menneske"
"""How a citizen asks for a person."""

_NUMBERED = re.compile(r"Melding (\d+) av (\d+), samtale (\d+)")


@dataclasses.dataclass(frozen=True)
class Said:
    """Something that was acknowledged.

    Attributes:
        text: What; no two are alike.
        by: Whose side said it.
        where: The conversation, for what a citizen said; else the id of the case.
        began: When it was sent first, in seconds since 1970, as all moments here.
        ended: When it was acknowledged.
        relayed: Whether it went to a person, and not to the robot.
    """

    text: str
    by: Side
    where: str
    began: float
    ended: float
    relayed: bool = True


@dataclasses.dataclass(frozen=True)
class Seen:
    """Something that was shown.

    Attributes:
        text: What.
        side: Whose side it was shown to.
        where: The conversation, for what a citizen saw; else the id of the case.
        window: What it was shown in: shown twice there, it is doubled.
        line: The id of the line.
        how: How.
        at: When.
    """

    text: str
    side: Side
    where: str
    window: str
    line: int
    how: How
    at: float


@dataclasses.dataclass(frozen=True)
class Mark:
    """A case that a list began to show as one that needs a reply."""

    case: str
    at: float


class Book:
    """Takes down what many do at once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.said: list[Said] = []
        self.seen: list[Seen] = []
        self.marks: list[Mark] = []
        self._lock = threading.Lock()

    def add(self, it: Said | Seen | Mark) -> None:
        """Take something down."""
        with self._lock:
            if isinstance(it, Said):
                self.said.append(it)
            elif isinstance(it, Seen):
                self.seen.append(it)
            else:
                self.marks.append(it)

    @property
    def count(self) -> int:
        """How many messages of citizens went to a person."""
        return sum(it.by == "citizen" and it.relayed for it in list(self.said))


def numbered(number: int, of: int, person: int) -> str:
    """Return what a citizen says: their own number, and which message it is."""
    return f"Melding {number} av {of}, samtale {person}."


def numbers_in(text: str) -> tuple[int, int, int] | None:
    """Return the numbers in what a citizen said, or None where it has none."""
    found = _NUMBERED.match(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def now() -> float:
    """Return the moment, by the clock that servers and browsers of a machine share."""
    return time.time()
