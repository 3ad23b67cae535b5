"""Browsers that ask a console, and what they find in its pages."""

import re
from typing import Any, Protocol

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.console.app import LINKS
from bot.console.desk import Desk
from bot.staff.people import Person, Role

PEOPLE = (
    "Hanne:handler Halvor:handler Eva:editor Erik:editor Begge:handler+editor Ada:admin"
)

ADDRESS = "http://127.0.0.1:5006"


class SignIn(Protocol):
    """Returns a browser of its own in which somebody is signed in.

    `sign_in("editor")` is the first who has just these roles, `sign_in(name="Erik")`
    the one of that name.
    """

    def __call__(self, *roles: Role, name: str = "") -> FlaskClient: ...


class Browser(FlaskClient):
    """A browser that asks the console by the name it has on this machine."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        return super().open(*args, **{"base_url": ADDRESS, **given})


def browser_of(app: Flask) -> FlaskClient:
    """Return a browser of its own that asks a console."""
    app.test_client_class = Browser
    return app.test_client()


def new_link(app: Flask, person: Person | None = None) -> str:
    """Return the path of a new link that signs somebody in, whoever it may be."""
    somebody = person or Desk.of(app).staff.people[0]
    return f"/sign-in/{app.extensions[LINKS].token_for(somebody)}"


def csrf_token(browser: FlaskClient, path: str) -> str:
    """Return the token that stands in the first form of a page."""
    page = browser.get(path, follow_redirects=True).text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, f"{path} has no form"
    return found[1]
