"""What the addresses and forms of the page Vurder say: the filter, and the group."""

from typing import Any, get_args

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.desk import Desk
from bot.languages import LANGUAGES
from bot.staff.review.entries import Reason, Wanted
from bot.staff.review.queue import Queue, read_queue

DAYS = (0, 1, 7, 30)
"""The spans of time to choose from; 0 is all."""
KEYS_OFF = "review_keys"
"""The cookie that says that single keys do nothing."""


def wanted() -> Wanted:
    """Return which entries the address asks for; what it cannot ask for is left out."""
    days = request.args.get("days", 0, type=int)
    reason: Reason | None = next(
        (it for it in get_args(Reason) if it == request.args.get("reason")), None
    )
    spoken = request.args.get("language", "")
    return Wanted(
        days=days if days in DAYS else 0,
        reason=reason or "",
        language=spoken if spoken in LANGUAGES else "",
        topic=request.args.get("topic", ""),
    )


def asked() -> dict[str, Any]:
    """Return the filter as it stands in addresses."""
    filtered = wanted()
    values = {
        "days": str(filtered.days) if filtered.days else "",
        "reason": filtered.reason,
        "language": filtered.language,
        "topic": filtered.topic,
        "before": request.args.get("before", ""),
    }
    return {name: value for name, value in values.items() if value}


def chosen_entries() -> list[int]:
    """Return the entries that a form is about: those of the group as it was shown."""
    written = request.form.get("entries", "").split(",")
    return [int(each) for each in written if each.isdecimal() and each.isascii()]


def go_on() -> Response:
    """Lead to the group that comes next, or to the list after the last."""
    after = request.form.get("after", 0, type=int)
    if after:
        return redirect(url_for("review.group", entry=after, **asked()), 303)
    return redirect(url_for("review.index", **asked()), 303)


def queue_asked_for(desk: Desk) -> Queue:
    """Return the groups that the address asks for."""
    return read_queue(desk.store, wanted(), request.args.get("before", 0, type=int))
