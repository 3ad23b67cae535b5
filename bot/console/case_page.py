"""One case of the page Kø: what was said, sources beside it, and drafts of answers."""

import dataclasses
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bot.cases import Case, Cases, Note
from bot.console.access import needs, person
from bot.console.case_lists import frame
from bot.console.desk import Desk
from bot.console.formats import moment
from bot.console.names import topic_name
from bot.console.pages import shown, texts
from bot.errors import ModelError
from bot.staff.case_drafts import CaseDraft, draft_for
from bot.staff.case_openings import openings
from bot.staff.conversations.reading import (
    SeenTurn,
    latest_with_robot,
    read_conversation,
)
from bot.staff.conversations.story import story

_OPENED = "cases_opened"
# As many as anybody has open at once; of older ones an opening is noted anew.
_MOST_REMEMBERED = 50
# Turns with the robot that may be new since the page asked last.
_MOST_NEW_TURNS = 20
_ACCEPTED, _CONFLICT, _UNAVAILABLE = 202, 409, 503


@dataclasses.dataclass(frozen=True)
class Opened:
    """A case as one of the staff sees it.

    Attributes:
        case: The case.
        is_mine: Whether they have it, and it is not closed.
        notes: What was noted of it.
    """

    case: Case
    is_mine: bool
    notes: tuple[Note, ...]

    @property
    def can_reply(self) -> bool:
        """Whether they can answer in the chat."""
        return self.is_mine and self.case.state == "answered"

    @property
    def versions(self) -> tuple[str, ...]:
        """Change with what is shown of it, beside what was said."""
        case = self.case
        state = f"{case.state} {case.taken_by} {case.place} {case.reach}"
        return state, str(len(self.notes)), str(self.can_reply)


def add_to(pages: Blueprint, desk: Desk, cases: Cases) -> None:
    """Add the page of a case, and its drafts."""

    @pages.get("/<int:number>")
    @needs("handler")
    def one(number: int) -> Response | str:
        case = cases.case(number)
        if case is None:
            flash(texts()["cases"]["refusals"]["gone"])
            return redirect(url_for("cases.index"), 303)
        desk.assistant.begin()
        return show_case(desk, cases, case)

    @pages.get("/<int:number>/draft/<int:line>")
    @needs("handler")
    def draft(number: int, line: int) -> Response | tuple[Response, int]:
        case = cases.case(number) or abort(404)
        if not _opened_by_me(cases, case).is_mine:
            return jsonify({"told": texts()["cases"]["draft"]["not_yours"]}), _CONFLICT
        if not desk.assistant.is_ready:
            desk.assistant.begin()
            return jsonify({"told": texts()["cases"]["draft"]["loading"]}), _ACCEPTED
        try:
            made = _draft(desk, cases, case, line)
        except ModelError:
            told = texts()["cases"]["draft"]["no_model"]
            return jsonify({"told": told}), _UNAVAILABLE
        page = shown("case_draft.html", draft=made, draft_line=line, case=case)
        return jsonify({"html": page})


def show_case(desk: Desk, cases: Cases, case: Case, unsent: str = "") -> str:
    """Return the page of a case.

    Args:
        desk: What the page works with.
        cases: The cases.
        case: The case.
        unsent: What somebody wrote there that was not sent.
    """
    if _opened()[-1:] != [case.id]:
        _note_opening(desk, case)
    turns = _turns(desk, case)
    lines = cases.lines_of(case.sender_id)
    line = request.args.get("draft", 0, type=int)
    draft, why_none = _asked_draft(desk, cases, case, line)
    opened = _opened_by_me(cases, case)
    begun = ""
    if opened.can_reply:
        said = {it.key: it.text for it in openings(case.language)}
        begun = said.get(request.args.get("opening", ""), draft.text if draft else "")
    return shown(
        "case.html",
        opened=opened,
        topic=topic_name(case.topic) if case.topic else "",
        story=story(turns, lines),
        latest=lines[-1].id if lines else 0,
        robot=latest_with_robot(desk.store, case.sender_id),
        reply=unsent or begun,
        openings=openings(case.language),
        draft=draft,
        draft_line=line,
        why_no_draft=why_none,
        **frame(cases),
    )


def news_of(
    desk: Desk, cases: Cases, number: int
) -> tuple[dict[str, Any] | None, Opened | None]:
    """Return what is new in a case for a page that shows it, and the case.

    It is None where the case was deleted.
    """
    case = cases.case(number)
    if case is None:
        return None, None
    if number not in _opened():
        _note_opening(desk, case)
    asked = request.args
    lines = cases.lines_of(case.sender_id, asked.get("since", 0, type=int))
    robot = latest_with_robot(desk.store, case.sender_id)
    turns: tuple[SeenTurn, ...] = ()
    if robot != asked.get("robot", 0, type=int):
        turns = _turns(desk, case)[-_MOST_NEW_TURNS:]
    opened = _opened_by_me(cases, case)
    told: dict[str, Any] = {"robot": robot, "typing": case.citizen_types}
    if lines or turns:
        told["latest"] = lines[-1].id if lines else asked.get("since", 0, type=int)
        told["said"] = shown(
            "case_said.html",
            story=story(turns, lines),
            opened=opened,
            moment=moment,
            draft=None,
            draft_line=0,
        )
    return told, opened


def _opened_by_me(cases: Cases, case: Case) -> Opened:
    is_mine = case.taken_by == person().id and case.state != "closed"
    return Opened(case, is_mine, cases.notes(case.id))


def _asked_draft(
    desk: Desk, cases: Cases, case: Case, line: int
) -> tuple[CaseDraft | None, str]:
    """Return the draft that an address asks for; or None, and in words why."""
    t = texts()["cases"]["draft"]
    if not line:
        return None, ""
    if not _opened_by_me(cases, case).is_mine:
        return None, str(t["not_yours"])
    if not desk.assistant.is_ready:
        return None, str(t["loading"])
    try:
        return _draft(desk, cases, case, line), ""
    except ModelError:
        return None, str(t["no_model"])


def _draft(desk: Desk, cases: Cases, case: Case, line: int) -> CaseDraft:
    said = [
        it for it in cases.lines(case.id) if it.author == "citizen" and it.id <= line
    ]
    if not said or said[-1].id != line:
        abort(404)
    topic = request.args.get("topic", "")
    knowledge = desk.assistant.knowledge
    if topic and topic not in {**knowledge.topics, **knowledge.gaps}:
        abort(404)
    return draft_for(desk.assistant, desk.store, case, said, topic)


def _turns(desk: Desk, case: Case) -> tuple[SeenTurn, ...]:
    turns = read_conversation(desk.store, case.sender_id)
    return tuple(it for it in turns if not it.is_relayed)


def _opened() -> list[int]:
    """Return the ids of the cases that were opened since the sign-in, in order."""
    opened: list[int] = session.get(_OPENED, [])
    return opened


def _note_opening(desk: Desk, case: Case) -> None:
    """Log that somebody sees a case; to go on in it is no new opening."""
    desk.audit.note(person(), "opened_case", str(case.number))
    desk.audit.note(person(), "opened_conversation", case.sender_id)
    others = [it for it in _opened() if it != case.id]
    session[_OPENED] = [*others, case.id][-_MOST_REMEMBERED:]
