"""Fills in the pages: their frame, the language they speak, the way to other pages."""

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, current_app, g, render_template, request
from flask.templating import Environment
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from bot.console import cookies
from bot.console.access import may_open, person_or_none, sorted_roles
from bot.console.desk import Desk
from bot.console.texts import INTERFACE_LANGUAGES, InterfaceLanguage
from bot.staff.figures.counting import holds_demo

PAGES = (
    *("cases", "drafts", "given", "review", "proposals", "conversations"),
    *("figures", "audit", "settings"),
)
"""The pages in the order of the navigation: names of blueprints and of their texts.

The view `index` of each is where its link leads.
"""

_COOKIE = "language"


class Way(NamedTuple):
    """A link to a page: the view, its name, and whether it is the one that is open."""

    endpoint: str
    title: str
    is_open: bool


class Templates(Environment):
    """Finds the text `t.page.copy`, where Jinja would first find a method of `dict`."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template calls `obj.attribute`."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def shown(template: str, **values: Any) -> str:
    """Return a page.

    Args:
        template: The file in `staff/templates/`, which extends `layout.html`.
        values: What stands in it, beside what every page has: `t`, the texts;
            `language`; `person`, if somebody is signed in; `csrf_token()`.
    """
    return render_template(template, **values)


def language() -> InterfaceLanguage:
    """Return the language that the page is shown in."""
    asked = (request.args.get("lang"), request.cookies.get(_COOKIE))
    for each in INTERFACE_LANGUAGES:
        if each == next((it for it in asked if it in INTERFACE_LANGUAGES), "nb"):
            return each
    return "nb"


def texts() -> Mapping[str, Any]:
    """Return what the console says in that language."""
    return Desk.in_use().texts[language()]


def home() -> str | None:
    """Return the first view that somebody's roles open; None where none does."""
    return next((way.endpoint for way in _ways()), None)


def set_up(app: Flask) -> None:
    """Give the templates what all of them use, and remember the language."""
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def give() -> dict[str, Any]:
        return {
            "t": texts(),
            "language": language(),
            "languages": {each: _in_language(each) for each in INTERFACE_LANGUAGES},
            "person": person_or_none(),
            "sorted_roles": sorted_roles,
            "ways": _ways(),
            "has_demo": functools.partial(holds_demo, Desk.in_use().store),
        }

    @app.after_request
    def remember_language(response: Response) -> Response:
        if request.args.get("lang") in INTERFACE_LANGUAGES:
            cookies.remember(response, _COOKIE, language())
        return response


def _ways() -> list[Way]:
    """Return the links to the pages that somebody may open."""
    somebody = person_or_none()
    if somebody is None:
        return []
    return [
        Way(f"{page}.index", texts()[page]["title"], request.blueprint == page)
        for page in PAGES
        if f"{page}.index" in current_app.view_functions
        and may_open(somebody, f"{page}.index")
        and (page != "cases" or Desk.in_use().settings.cases)
    ]


def _in_language(other: InterfaceLanguage) -> str:
    """Return the address of this page in a language."""
    can_be_opened = request.method in ("GET", "HEAD") and "fault" not in g
    asked = request.args.to_dict(flat=False) if can_be_opened else {}
    path = request.path if can_be_opened else "/"
    return f"{path}?{urlencode({**asked, 'lang': other}, doseq=True)}"
