"""The page Vurder: what needs eyes, group by group, and what becomes of each."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bot.console import review_forms
from bot.console.access import needs, person
from bot.console.cookies import keys_are_on, remember_keys
from bot.console.desk import Desk
from bot.console.formats import percent
from bot.console.names import intent_name
from bot.console.pages import language, shown, texts
from bot.console.review_address import (
    DAYS,
    KEYS_OFF,
    asked,
    chosen_entries,
    go_on,
    queue_asked_for,
    wanted,
)
from bot.languages import LANGUAGES
from bot.staff.conversations.answerers import answerer_for
from bot.staff.conversations.reading import read_turn, understood
from bot.staff.review.candidates import candidates, choices
from bot.staff.review.entries import REASONS, Entries
from bot.staff.review.queue import Queue
from bot.staff.review.settling import settle, unsettle

# The others come up one after the other all the same.
GROUPS_SHOWN = 100
_IGNORED = "ignored"
# The rest of a group stands behind these.
_TEXTS_SHOWN = 30


def blueprint(desk: Desk) -> Blueprint:
    """Return the pages of what needs eyes."""
    pages = Blueprint("review", __name__, url_prefix="/review")
    _add_list(pages, desk)
    _add_group(pages, desk)
    _add_decisions(pages, desk)
    _add_keys(pages)
    review_forms.add_to(pages, desk)
    return pages


def _add_list(pages: Blueprint, desk: Desk) -> None:
    @pages.get("")
    @needs("editor")
    def index() -> str:
        queue = queue_asked_for(desk)
        topics = choices(answerer_for(desk.settings).base, language())
        return shown(
            "review.html",
            queue=queue,
            wanted=wanted(),
            asked=asked(),
            groups_shown=GROUPS_SHOWN,
            number_of_entries=sum(len(it.entries) for it in queue.groups),
            days=DAYS,
            reasons_there_are=REASONS,
            conversation_languages=LANGUAGES,
            topics=topics,
            undo=session.pop(_IGNORED, None),
            keys=keys_are_on(KEYS_OFF),
        )


def _add_group(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:entry>")
    @needs("editor")
    def group(entry: int) -> Response | str:
        queue = queue_asked_for(desk)
        place = queue.place(entry)
        if place is None:
            flash(texts()["review"]["gone"])
            return redirect(url_for(".index", **asked()), 303)
        found = queue.groups[place]
        newest = found.entries[0]
        seen = read_turn(desk.store, newest.conversation, newest.message)
        answerer = answerer_for(desk.settings)
        parse: Mapping[str, Any] = seen.parse if seen else {}
        return shown(
            "review_group.html",
            group=found,
            texts_shown=tuple(dict.fromkeys(e.text for e in found.entries))[
                :_TEXTS_SHOWN
            ],
            place=place + 1,
            number=len(queue.groups),
            before=_neighbour(queue, place - 1),
            after=_neighbour(queue, place + 1),
            seen=seen,
            understood=understood(seen, answerer) if seen else None,
            percent=percent,
            intent_name=intent_name,
            candidates=candidates(answerer.base, parse, newest.text, language()),
            topics=choices(answerer.base, language()),
            asked=asked(),
            undo=session.pop(_IGNORED, None),
            keys=keys_are_on(KEYS_OFF),
        )


def _add_decisions(pages: Blueprint, desk: Desk) -> None:
    @pages.post("/<int:entry>/ignore")
    @needs("editor")
    def ignore(entry: int) -> Response:
        entries = Entries(desk.store).of(chosen_entries())
        somebody = person()
        moment = entries and settle(desk.store, entries, "ignored", somebody.id)
        if not moment:
            flash(texts()["review"]["gone"])
            return go_on()
        for each in entries:
            desk.audit.note(somebody, "ignored_entry", each.message)
        session[_IGNORED] = {"moment": moment, "number": len(entries), "id": entry}
        return go_on()

    @pages.post("/undo")
    @needs("editor")
    def undo() -> Response:
        moment = request.form.get("moment", 0.0, type=float)
        number = unsettle(desk.store, person().id, moment)
        told = texts()["review"]["undone" if number else "not_undone"]
        flash(told.format(number=number))
        entry = request.form.get("id", 0, type=int)
        if number and entry:
            return redirect(url_for(".group", entry=entry, **asked()), 303)
        return redirect(url_for(".index", **asked()), 303)


def _add_keys(pages: Blueprint) -> None:
    @pages.post("/keys")
    @needs("editor")
    def keys() -> Response:
        entry = request.form.get("id", 0, type=int)
        back = (
            url_for(".group", entry=entry, **asked())
            if entry
            else url_for(".index", **asked())
        )
        response = redirect(back, 303)
        remember_keys(response, KEYS_OFF)
        return response


def _neighbour(queue: Queue, place: int) -> int | None:
    return queue.groups[place].id if 0 <= place < len(queue.groups) else None
