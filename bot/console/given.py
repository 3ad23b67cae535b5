"""The page Gitt til meg: the conversations that somebody else has given to one."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.formats import moment
from bot.console.pages import shown, texts
from bot.staff.conversations.colleagues import colleagues, name_of
from bot.staff.conversations.marks import given_to, set_done


def blueprint(desk: Desk) -> Blueprint:
    """Return the page of what was given to one."""
    pages = Blueprint("given", __name__, url_prefix="/given")

    @pages.get("")
    @needs("handler", "editor")
    def index() -> str:
        people = colleagues(desk.store, desk.staff)
        marks = given_to(desk.store, person().id)
        return shown(
            "given.html",
            waiting=[it for it in marks if it.done_at is None],
            done=[it for it in marks if it.done_at is not None],
            name_of=lambda somebody: name_of(people, somebody),
            moment=moment,
        )

    @pages.post("/<int:number>")
    @needs("handler", "editor")
    def note_done(number: int) -> Response:
        done = bool(request.form.get("done"))
        if not set_done(desk.store, person().id, number, done):
            abort(404)
        flash(texts()["given"]["noted" if done else "reopened"])
        return redirect(url_for(".index"), 303)

    return pages
