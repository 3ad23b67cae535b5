"""Who may open which page: nobody, unless the view says who.

A view is marked with `needs` or `open_to_all`. What is not marked is closed to
everybody, so a page that forgets to say it fails the first time it is looked at.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bot.console.desk import Desk
from bot.staff.people import ROLES, Person, Role, RolesError, roles_of
from bot.staff.settings import StaffSettings

View = TypeVar("View", bound=Callable[..., Any])
HOURS_SIGNED_IN = 8
_NEEDED = "needed_roles"
_PERSON, _SINCE, _BY = "person", "since", "by"
_WANTED = "wanted"


def needs(*roles: Role) -> Callable[[View], View]:
    """Return a decorator that opens a view to those who have one of the roles."""

    def mark(view: View) -> View:
        setattr(view, _NEEDED, frozenset(roles))
        return view

    return mark


def open_to_all(view: View) -> View:
    """Open a view to people who are not signed in."""
    setattr(view, _NEEDED, frozenset())
    return view


def needed_roles(endpoint: str) -> frozenset[Role] | None:
    """Return the roles that open a view; none for everybody, None for nobody."""
    needed: frozenset[Role] | None = getattr(
        current_app.view_functions.get(endpoint), _NEEDED, None
    )
    return needed


def person() -> Person:
    """Return who makes the request. In a view that needs a role there is somebody."""
    somebody = person_or_none()
    if somebody is None:
        abort(401)
    return somebody


def person_or_none() -> Person | None:
    """Return who makes the request, or None where nobody is signed in."""
    kept = session.get(_PERSON)
    settings = Desk.in_use().staff
    if not kept or session.get(_BY) != _way_in(settings):
        return None
    if not 0 <= time.time() - session.get(_SINCE, 0) < HOURS_SIGNED_IN * 3600:
        return None
    try:
        somebody = Person(kept["id"], kept["name"], roles_of(kept["roles"]))
    except (KeyError, RolesError):
        return None  # Of another version of the console.
    if settings.provider is None and somebody not in settings.people:
        return None
    return somebody


def remember_way(path: str) -> None:
    """Remember, until somebody is signed in, which page they wanted to open."""
    session[_WANTED] = path.rstrip("?")


def let_in(somebody: Person) -> Response:
    """Sign somebody in, and lead them to the page that they wanted to open.

    What the session held before is forgotten.
    """
    wanted = session.get(_WANTED)
    session.clear()
    session[_PERSON] = {
        "id": somebody.id,
        "name": somebody.name,
        "roles": sorted(somebody.roles),
    }
    session[_SINCE] = time.time()
    session[_BY] = _way_in(Desk.in_use().staff)
    return redirect(wanted or url_for("entry.index"), 303)


def may_open(somebody: Person, endpoint: str) -> bool:
    """Return whether somebody's roles open a view."""
    needed = needed_roles(endpoint)
    return needed is not None and (not needed or bool(needed & somebody.roles))


def is_local_path(path: str) -> bool:
    """Return whether a path leads nowhere but to this console."""
    parts = urlsplit(path)
    plain = path.isprintable() and "\\" not in path and not path.startswith("//")
    return plain and path.startswith("/") and not (parts.scheme or parts.netloc)


def guard(app: Flask) -> None:
    """Have every request of an app looked at before a view answers it."""
    @app.before_request
    def look() -> Response | None:
        if request.endpoint is None:
            return None  # There is no such page, which is what is answered.
        needed = needed_roles(request.endpoint)
        if needed is None:
            abort(403)
        if not needed:
            return None
        somebody = person_or_none()
        if somebody is None:
            if request.method not in ("GET", "HEAD"):
                abort(401)
            return redirect(url_for("entry.sign_in_page", next=request.full_path), 303)
        if not needed & somebody.roles:
            Desk.in_use().audit.note(somebody, "refused", request.endpoint)
            abort(403)
        return None


def _way_in(settings: StaffSettings) -> str:
    """Return what signs people in; a session of another way does not count."""
    return settings.provider.issuer if settings.provider else "link"


def sorted_roles(roles: frozenset[Role]) -> tuple[Role, ...]:
    """Return roles in the order in which they are named."""
    return tuple(role for role in ROLES if role in roles)
