"""The way in and out: the first page, links that sign in, signing out, and files."""

from flask import (
    Blueprint,
    abort,
    redirect,
    request,
    send_from_directory,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from bot.console.access import (
    is_local_path,
    let_in,
    open_to_all,
    person_or_none,
    remember_way,
)
from bot.console.desk import Desk
from bot.console.faults import fault_page
from bot.console.pages import home, shown
from bot.console.provider import OpenId, way_out
from bot.console.texts import STAFF_DIR
from bot.settings import PROJECT_DIR
from bot.staff.links import Links

PAGE_DIR = PROJECT_DIR / "page"
# The console has the look of the public page, and so its style below its own.
_FILES_OF_THE_PAGE = ("page.css", "favicon.svg")
_KINDS_OF_FILES = (".css", ".js")


def blueprint(desk: Desk, links: Links, provider: OpenId | None) -> Blueprint:
    """Return what is open to people who are not signed in.

    Args:
        desk: What the pages work with.
        links: The links that sign in, where there is no provider.
        provider: Who signs people in, if there is one.
    """
    pages = Blueprint("entry", __name__)

    @pages.get("/")
    @open_to_all
    def index() -> Response:
        if person_or_none() is None:
            return redirect(url_for(".sign_in_page"), 303)
        return redirect(url_for(home() or abort(403)), 303)

    @pages.get("/sign-in")
    @open_to_all
    def sign_in_page() -> Response | str:
        if person_or_none():
            return redirect(url_for(".index"), 303)
        wanted = request.args.get("next", "")
        if is_local_path(wanted):
            remember_way(wanted)
        return shown("sign_in.html", has_provider=provider is not None)

    @pages.post("/sign-out")
    @open_to_all
    def sign_out() -> Response:
        if somebody := person_or_none():
            desk.audit.note(somebody, "signed_out")
        way = way_out(provider) if somebody and provider else None
        session.clear()
        return way or redirect(url_for(".signed_out"), 303)

    @pages.get("/signed-out")
    @open_to_all
    def signed_out() -> str:
        return shown("signed_out.html")

    _add_files(pages)
    if provider is None:
        _add_links(pages, links)
    return pages


def _add_files(pages: Blueprint) -> None:
    @pages.get("/page/<name>")
    @open_to_all
    def file_of_the_page(name: str) -> Response:
        if name not in _FILES_OF_THE_PAGE:
            abort(404)
        return send_from_directory(PAGE_DIR, name)

    @pages.get("/staff/<name>")
    @open_to_all
    def file_of_the_console(name: str) -> Response:
        if not name.endswith(_KINDS_OF_FILES):
            abort(404)
        return send_from_directory(STAFF_DIR, name)


def _add_links(pages: Blueprint, links: Links) -> None:
    @pages.get("/sign-in/<token>")
    @open_to_all
    def ask_to_sign_in(token: str) -> str | tuple[str, int]:
        # What looks at a link before somebody clicks must not use it up.
        somebody = links.person_of(token)
        if somebody is None:
            return fault_page("used_link", 410)
        return shown("use_link.html", somebody=somebody)

    @pages.post("/sign-in/<token>")
    @open_to_all
    def use_link(token: str) -> Response | tuple[str, int]:
        somebody = links.use(token)
        if somebody is None:
            return fault_page("used_link", 410)
        return let_in(somebody)
