"""What is shown when something went wrong: what it is, and what to do."""

import logging
from collections.abc import Iterator
from typing import Any

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException

from bot.console.pages import shown

logger = logging.getLogger(__name__)

_NAMES = {
    400: "bad_request",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    413: "too_large",
    421: "wrong_host",
    502: "provider",
}
# As long as a text that somebody would miss.
_WORTH_KEEPING = 20


def add_faults(app: Flask) -> None:
    """Give an app a page for each fault, which shows nothing of the code."""

    @app.errorhandler(CSRFError)
    def forged(_: CSRFError) -> tuple[str, int]:
        return fault_page("expired", 400)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        status = error.code or 500
        return fault_page(_NAMES.get(status, "other"), status)

    @app.errorhandler(OverflowError)
    @app.errorhandler(DataError)
    def unheard_of(_: Exception) -> tuple[str, int]:
        # A number in the address or a form that no id of the database can be.
        return fault_page("not_found", 404)

    # Flask's own line would quote the address, and so ids and links that sign in.
    app.log_exception = log  # type: ignore[assignment, method-assign]


def log(error: Any) -> None:
    """Log that a page failed: where, and by which kind of exception."""
    logger.error("A page could not be shown", exc_info=error)


def fault_page(name: str, status: int) -> tuple[str, int]:
    """Return the page of a fault, and its status.

    Args:
        name: Its key below `faults` in the texts.
        status: The status of the response.
    """
    g.fault = name
    return shown("fault.html", fault=name, written=[*_written(status)]), status


def _written(status: int) -> Iterator[str]:
    """Yield what somebody typed into a form that was turned away, so it is not lost."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if status in (400, 401) and site in ("none", "same-origin"):
        for name, value in request.form.items(multi=True):
            if name != "csrf_token" and len(value) >= _WORTH_KEEPING:
                yield value
