"""What a person is told of their case, ready for JSON."""

import datetime
from typing import Any

from bot.cases.presence import Attendance
from bot.cases.records import ANSWERED, STAFF, Case, Line, Reach
from bot.hours import HOLIDAY, Hours

# What somebody of the staff is to the person, where no name is told.
_ROLE = "handler"


class Showing(Attendance):
    """Shows people their cases."""

    def view(self, sender: str, since: int = 0) -> dict[str, Any]:
        """Return how a conversation's case stands, and what was said after a line."""
        # The lines come last: none of them is told of before its case is.
        case, reach = self.open_case(sender), self.reach()
        lines = self.lines_of(sender, since)
        latest = lines[-1].id if lines else since
        return {
            "reach": _reach(reach, self.rules.hours),
            "case": case and self._case(case),
            "lines": [_line(line) for line in lines],
            "latest": latest,
        }

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
