"""What a person is told of their case, ready for JSON."""

import datetime
import time
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.cases.presence import Attendance
from bot.cases.reading import IN_ORDER
from bot.cases.records import (
    ANSWERED,
    CLOSED,
    STAFF,
    WAITING,
    Case,
    Line,
    Reach,
    case_of,
)
from bot.hours import HOLIDAY, Hours
from bot.store.case_tables import CASES

# What somebody of the staff is to the person, where no name is told.
_ROLE = "handler"


class Standings(NamedTuple):
    """How all stands.

    Attributes:
        reach: Whether people can be reached, as a view tells it.
        cases: The case of each conversation that has one, as a view tells it, and the
            id of its latest line.
    """

    reach: dict[str, Any]
    cases: dict[str, tuple[dict[str, Any], int]]

    def of(self, sender: str) -> tuple[Any, Any]:
        """Return how all stands for a conversation, as `standing_of` tells it."""
        its = self.cases.get(sender)
        return _reached(self.reach), its and _standing(*its)

    def view(self, sender: str, latest: int) -> dict[str, Any] | None:
        """Return the view of a conversation after a line, if there are no more lines.

        A place in the queue changes for all who wait, and nothing else for them.
        """
        its = self.cases.get(sender)
        if its is None or its[1] != latest:
            return None
        return {"reach": self.reach, "case": its[0], "lines": [], "latest": latest}


class Showing(Attendance):
    """Shows people their cases."""

    def view(self, sender: str, since: int = 0) -> dict[str, Any]:
        """Return how a conversation's case stands, and what was said after a line."""
        # The lines come last: none of them is told of before its case is.
        case, reach = self.open_case(sender), self.reach()
        lines = self.lines_of(sender, since)
        # Nobody knows of lines that there are not, or not any more.
        latest = lines[-1].id if lines else min(since, self.latest(sender))
        return {
            "reach": _reach(reach, self.rules.hours),
            "case": case and self._case(case),
            "lines": [_line(line) for line in lines],
            "latest": latest,
        }

    def standings(self) -> Standings:
        """Return how each case that is not closed stands."""
        now, place = time.time(), 0
        open_ones = sa.select(CASES).where(CASES.c.state != CLOSED)
        reach = _reach(self.reach(), self.rules.hours)
        found: dict[str, tuple[dict[str, Any], int]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(open_ones.order_by(*IN_ORDER)):
                place += row.state == WAITING
                case = case_of(row, now, place if row.state == WAITING else None)
                found[case.sender_id] = (self._case(case), case.last_line)
        return Standings(reach, found)

    def _case(self, case: Case) -> dict[str, Any]:
        by = None
        if case.state == ANSWERED:
            name = case.taken_name if self.rules.tells_names else None
            by = {"role": _ROLE, "name": name}
        return {
            "id": case.id,
            "number": case.number,
            "state": case.state,
            "place": case.place,
            "by": by,
            "typing": case.state == ANSWERED and case.staff_types,
            "language": case.language,
            "reachable": bool(case.reach),
        }


def standing_of(view: dict[str, Any]) -> tuple[Any, Any]:
    """Return what a view tells of the reach and of the case, to be compared."""
    case = view["case"]
    return _reached(view["reach"]), case and _standing(case, view["latest"])


def _reached(reach: dict[str, Any]) -> tuple[Any, Any]:
    return reach["state"], reach["opens_at"]


def _standing(case: dict[str, Any], latest: int) -> tuple[Any, ...]:
    told = ("id", "state", "place", "typing", "reachable")
    return (*(case[name] for name in told), latest)


def _reach(reach: Reach, hours: Hours) -> dict[str, Any]:
    return {
        "state": reach.state,
        "opens_at": reach.opens_at and reach.opens_at.isoformat(timespec="seconds"),
        "hours": [
            {"day": it.day, "from": _clock(it.begin), "to": _clock(it.end)}
            for it in (hours.spans if reach.state != "off" else ())
            if it.day != HOLIDAY
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    at = datetime.datetime.fromtimestamp(line.at, datetime.timezone.utc)
    return {
        "id": line.id,
        "at": at.isoformat(timespec="milliseconds"),
        "author": line.author,
        "text": line.text,
        "code": line.code,
        "message": None if line.author == STAFF else line.message,
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
