"""What the staff do with a case on the page Kø: take it, answer, hand it on."""

import dataclasses
from collections.abc import Callable
from uuid import uuid4

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.cases import Case, CaseRefusedError, Cases
from bot.console.access import needs, person
from bot.console.case_page import show_case
from bot.console.desk import Desk
from bot.console.pages import texts
from bot.staff.audit import Action

_NOTHING, _CONFLICT = 204, 409
_LONGEST_ID = 64


@dataclasses.dataclass(frozen=True)
class Colleague:
    """One of the staff who is given a case."""

    id: str
    name: str


def add_to(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    """Add what can be done to the page."""
    _add_having(pages, desk, cases)
    _add_letting_go(pages, desk, cases)
    _add_saying(pages, desk, cases)


def _add_having(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    @pages.post("/<int:number>/take")
    @needs("handler")
    def take(number: int) -> Response:
        return _do(desk, "took_case", lambda: cases.take(number, person()))

    @pages.post("/<int:number>/take-over")
    @needs("handler")
    def take_over(number: int) -> Response:
        instead_of = request.form.get("instead_of", "")
        return _do(
            desk, "took_case", lambda: cases.take_over(number, person(), instead_of)
        )

    @pages.post("/<int:number>/note")
    @needs("handler")
    def note(number: int) -> Response:
        text = request.form.get("note", "").strip()
        if not text:
            flash(texts()["cases"]["notes"]["empty"])
            return redirect(url_for("cases.one", number=number), 303)

        def noted() -> Case:
            cases.note(number, person(), text)
            return _there(cases, number)

        return _do(desk, "noted_case", noted)


def _add_letting_go(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    @pages.post("/<int:number>/transfer")
    @needs("handler")
    def transfer(number: int) -> Response:
        to = next(
            (
                it
                for it in cases.present()
                if it.person == request.form.get("to") and not it.is_away
            ),
            None,
        )
        if to is None:
            flash(texts()["cases"]["refusals"]["not_present"])
            return redirect(url_for("cases.one", number=number), 303)
        colleague = Colleague(to.person, to.name)
        return _do(
            desk,
            "transferred_case",
            lambda: cases.transfer(number, person(), colleague),
            leaves=True,
        )

    @pages.post("/<int:number>/put-back")
    @needs("handler")
    def put_back(number: int) -> Response:
        return _do(
            desk,
            "put_back_case",
            lambda: cases.put_back(number, person()),
            leaves=True,
        )

    @pages.post("/<int:number>/close")
    @needs("handler")
    def close(number: int) -> Response:
        return _do(
            desk, "closed_case", lambda: cases.close(number, person()), leaves=True
        )


def _add_saying(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    @pages.post("/<int:number>/say")
    @needs("handler")
    def say(number: int) -> Response | tuple[Response | str, int]:
        text = request.form.get("reply", "").replace("\r\n", "\n").strip()
        line = request.form.get("line", "")
        if not 0 < len(line) <= _LONGEST_ID:
            abort(400)
        by_script = request.accept_mimetypes.best == "application/json"
        back = redirect(url_for("cases.one", number=number), 303)
        try:
            if text:
                cases.say(number, person(), text, line)
        except CaseRefusedError as error:
            if by_script:
                return jsonify({"told": _told(error)}), _CONFLICT
            case = cases.case(number)
            flash(_told(error))
            return (show_case(desk, cases, case, text), _CONFLICT) if case else back
        return jsonify({"line": uuid4().hex}) if by_script else back

    @pages.post("/<int:number>/typing")
    @needs("handler")
    def typing(number: int) -> tuple[str, int]:
        cases.staff_types(number, person())
        return "", _NOTHING


def _do(
    desk: Desk, action: Action, doing: Callable[[], Case], *, leaves: bool = False
) -> Response:
    """Do something with a case, log it, and lead on; or say why it cannot be done.

    Args:
        desk: What the page works with.
        action: What is logged.
        doing: Does it.
        leaves: Whether whoever does it is done with the case.
    """
    try:
        case = doing()
    except CaseRefusedError as error:
        flash(_told(error))
        return redirect(url_for("cases.index"), 303)
    desk.audit.note(person(), action, str(case.number))
    flash(texts()["cases"]["did"][action].format(number=case.number))
    if leaves:
        return redirect(url_for("cases.index"), 303)
    return redirect(url_for("cases.one", number=case.id), 303)


def _there(cases: Cases, number: int) -> Case:
    case = cases.case(number)
    if case is None:
        raise CaseRefusedError("gone")
    return case


def _told(error: CaseRefusedError) -> str:
    """Return in words why something cannot be done with a case."""
    t = texts()["cases"]["refusals"]
    key = error.code if error.by or error.code != "not_yours" else "nobodys"
    return str(t[key].format(name=error.by))
