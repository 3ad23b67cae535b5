"""The page Kø: who wants a human being, whom one answers, and who is there.

With a script it asks for its news all the time; without one, each page that is opened
counts as being there for half a minute.
"""

import hashlib
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.cases import CaseRules, Cases
from bot.console import case_actions, case_page
from bot.console.access import needs, person
from bot.console.case_lists import KEYS_OFF, done_cases, frame
from bot.console.cookies import remember_keys
from bot.console.desk import Desk
from bot.console.opening_hours import closed_days_told, hours_told
from bot.console.pages import shown


def blueprint(desk: Desk) -> Blueprint:
    """Return the page, with that of each case."""
    pages = Blueprint("cases", __name__, url_prefix="/cases")
    cases = Cases(desk.store.engine, CaseRules.from_settings(desk.settings))
    _add_lists(pages, desk, cases)
    _add_settings(pages, cases)
    case_page.add_to(pages, desk, cases)
    case_actions.add_to(pages, desk, cases)
    return pages


def _add_lists(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    @pages.get("")
    @needs("handler")
    def index() -> str:
        # The model takes seconds to load; whoever opens the page is about to answer.
        desk.assistant.begin()
        return shown(
            "cases.html",
            done=done_cases(cases),
            hours=hours_told(cases.rules),
            closed_days=closed_days_told(cases.rules),
            **frame(cases),
        )

    @pages.get("/news")
    @needs("handler")
    def news() -> Response:
        number = request.args.get("case", 0, type=int)
        around = frame(cases)
        lists = around["lists"]
        told: dict[str, Any] = {
            "calls": lists.calls,
            "waiting": [row.case.id for row in lists.waiting.rows],
        }
        if number:
            told["case"], around["opened"] = case_page.news_of(desk, cases, number)
        versions = [it.version for it in lists.all] + [around["presence"]]
        if opened := around.get("opened"):
            versions += opened.versions
        version = hashlib.blake2b("\n".join(versions).encode(), digest_size=8)
        told["version"] = version.hexdigest()
        if told["version"] != request.args.get("version"):
            told["parts"] = shown("case_news.html", **{"opened": None, **around})
        return jsonify(told)


def _add_settings(pages: Blueprint, cases: Cases) -> None:
    @pages.post("/away")
    @needs("handler")
    def away() -> Response:
        cases.set_away(person(), bool(request.form.get("away")))
        return _back()

    @pages.post("/keys")
    @needs("handler")
    def keys() -> Response:
        response = _back()
        remember_keys(response, KEYS_OFF)
        return response


def _back() -> Response:
    """Lead to the case from which a form was sent, or to the lists."""
    number = request.form.get("case", 0, type=int)
    if number:
        return redirect(url_for("cases.one", number=number), 303)
    return redirect(url_for("cases.index"), 303)
