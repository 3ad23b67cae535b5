"""The page `Logg`: who of the staff saw or changed what, for administrators."""

import datetime
import io
from typing import Any

from flask import Blueprint, Response, request, url_for

from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.pages import shown
from bot.exporting import write_table
from bot.staff.audit import ACTIONS, Entry, Filter

_ON_A_PAGE = 50
_ASKED = ("person", "action", "since", "until")
_COLUMNS = ("time", "person", "name", "roles", "action", "subject")
_DAY = datetime.timedelta(days=1)


def blueprint(desk: Desk) -> Blueprint:
    """Return the page, and the same as a file."""
    pages = Blueprint("audit", __name__, url_prefix="/audit")

    @pages.get("/")
    @needs("admin")
    def index() -> str:
        before = request.args.get("before", type=int)
        entries, has_more = desk.audit.entries(_wanted(), _ON_A_PAGE, before)
        return shown(
            "audit.html",
            entries=entries,
            people=desk.audit.people(),
            actions=ACTIONS,
            asked={name: request.args.get(name, "") for name in _ASKED},
            earlier=_again(".index", before=entries[-1].id) if has_more else None,
            latest=_again(".index") if before is not None else None,
            file=_again(".table"),
        )

    @pages.get("/audit.csv")
    @needs("admin")
    def table() -> Response:
        desk.audit.note(person(), "exported_audit")
        file = io.StringIO(newline="")
        write_table(file, _COLUMNS, map(_cells, desk.audit.all_entries(_wanted())))
        return Response(
            file.getvalue(),
            mimetype="text/csv",
            headers={"Content-Disposition": "attachment; filename=audit.csv"},
        )

    return pages


def _wanted() -> Filter:
    """Return what is looked for; a day is one of this machine's time zone."""
    since, until = _day("since"), _day("until")
    return Filter(
        person=request.args.get("person", ""),
        action=request.args.get("action", ""),
        since=since.timestamp() if since else None,
        until=(until + _DAY).timestamp() if until else None,
    )


def _day(name: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.strptime(request.args.get(name, ""), "%Y-%m-%d")
    except ValueError:
        return None


def _again(view: str, **more: Any) -> str:
    """Return the address of a view of what is looked for now."""
    more |= {name: request.args.get(name) or None for name in _ASKED}
    return url_for(view, **more)


def _cells(entry: Entry) -> list[str]:
    return [
        entry.moment.isoformat(timespec="seconds"),
        entry.person,
        entry.name,
        " ".join(entry.roles),
        entry.action,
        entry.subject,
    ]
