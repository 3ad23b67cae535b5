"""What somebody has chosen for the browser they sit at, kept there."""

import datetime

from flask import request
from werkzeug.wrappers import Response

from bot.console.desk import Desk

_KEPT = datetime.timedelta(days=365)
_OFF = "off"


def remember(response: Response, name: str, value: str) -> None:
    """Have the browser keep a choice for a year."""
    response.set_cookie(
        name,
        value,
        max_age=_KEPT,
        secure=Desk.in_use().staff.is_secure,
        httponly=True,
        samesite="Lax",
    )


def remember_keys(response: Response, name: str) -> None:
    """Have the browser keep what the form about single keys says."""
    remember(response, name, "" if request.form.get("on") else _OFF)


def keys_are_on(name: str) -> bool:
    """Tell whether single keys do something; they do until somebody says otherwise."""
    return request.cookies.get(name) != _OFF
