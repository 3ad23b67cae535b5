"""The page of proposals: what they change, whether that made anything worse, and go."""

import datetime
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.names import intent_name, topic_name
from bot.console.pages import shown, texts
from bot.console.proposal_form import changes_in, examples_by_intent
from bot.console.refusals import told
from bot.console.verdicts import fault_told
from bot.knowledge import load_knowledge
from bot.languages import LANGUAGES
from bot.settings import content_dir
from bot.staff.audit import Action
from bot.staff.proposals.checking import KINDS, problems
from bot.staff.proposals.diffs import FileDiff, diffs
from bot.staff.proposals.intents import learnable
from bot.staff.proposals.making import change, reject
from bot.staff.proposals.records import (
    CHANGEABLE,
    TRIABLE,
    Proposal,
    Proposals,
    edits_shown,
)
from bot.staff.proposals.refusals import RefusedError
from bot.staff.proposals.releasing import approve, can_undo, undo
from bot.staff.proposals.trying import Trials

_UNPROCESSABLE = 422
# What stands for what a trial has not found, or has found in another version.
_UNTRIED: Mapping[str, Any] = {
    **{"broken_off": False, "verdict": "", "reasons": (), "said": ""},
    **{"counts": {}, "new": (), "changes": (), "changed": 0, "better": 0, "worse": 0},
    "seconds": {"all": 0},
}
_CONVERSATION = "conversations.one"


def blueprint(desk: Desk) -> Blueprint:
    """Return the page."""
    pages = Blueprint("proposals", __name__, url_prefix="/proposals")
    _add_reading(pages, desk)
    _add_editing(pages, desk)
    _add_acting(pages, desk)
    return pages


def _add_reading(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/")
    @needs("editor")
    def index() -> str:
        Trials(desk.store).collect()
        everything = Proposals(desk.store).all()
        wanted = request.args.get("status", "")
        return shown(
            "proposals.html",
            proposals=[it for it in everything if wanted in ("", it.status)],
            wanted=wanted,
            statuses=dict.fromkeys(it.status for it in everything),
            names=_names(desk),
            moment=_moment,
        )

    @pages.get("/<int:number>")
    @needs("editor")
    def one(number: int) -> str | tuple[str, int]:
        Trials(desk.store).collect()
        return _page(desk, number)


def _add_editing(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:number>/edit")
    @needs("editor")
    def edit(number: int) -> str | tuple[str, int]:
        try:
            return _form(Proposals(desk.store).get(number))
        except RefusedError as error:
            return _not_there(error)

    @pages.post("/<int:number>/edit")
    @needs("editor")
    def save(number: int) -> Response | tuple[str, int]:
        somebody = person()
        try:
            proposal = Proposals(desk.store).get(number)
            if request.form.get("version") != str(proposal.changed_at):
                raise RefusedError("changed_meanwhile")
            changes = changes_in(request.form, proposal.changes)
            title = request.form.get("title", "")
            change(desk.store, number, somebody.id, title, changes)
        except RefusedError as error:
            return _refused(desk, number, error)
        desk.audit.note(somebody, "changed_proposal", str(number))
        return _back(number)


def _add_acting(pages: Blueprint, desk: Desk) -> None:
    def acted(number: int, does: Any, action: Action) -> Response | tuple[str, int]:
        """Do something with a proposal, and go back to it or say why not."""
        somebody = person()
        try:
            does(somebody.id)
        except RefusedError as error:
            return _refused(desk, number, error)
        desk.audit.note(somebody, action, str(number))
        return _back(number)

    @pages.post("/<int:number>/try")
    @needs("editor")
    def begin(number: int) -> Response | tuple[str, int]:
        trials = Trials(desk.store)
        return acted(number, lambda who: trials.begin(number, who), "tried_proposal")

    @pages.post("/<int:number>/stop")
    @needs("editor")
    def stop(number: int) -> Response | tuple[str, int]:
        trials = Trials(desk.store)
        return acted(number, lambda who: trials.stop(number, who), "changed_proposal")

    @pages.post("/<int:number>/approve")
    @needs("editor")
    def let_live(number: int) -> Response | tuple[str, int]:
        return acted(
            number, lambda who: approve(desk.store, number, who), "approved_proposal"
        )

    @pages.post("/<int:number>/reject")
    @needs("editor")
    def turn_down(number: int) -> Response | tuple[str, int]:
        reason = request.form.get("reason", "")
        return acted(
            number,
            lambda who: reject(desk.store, number, who, reason),
            "changed_proposal",
        )

    @pages.post("/<int:number>/undo")
    @needs("editor")
    def take_back(number: int) -> Response | tuple[str, int]:
        return acted(number, lambda who: undo(desk.store, number, who), "undid_release")


def _refused(desk: Desk, number: int, error: RefusedError) -> tuple[str, int]:
    """Return the page of a proposal, which says why something was not done."""
    flash(told(error))
    page = _page(desk, number)
    return page if isinstance(page, tuple) else (page, _UNPROCESSABLE)


def _page(desk: Desk, number: int) -> str | tuple[str, int]:
    """Return the page of a proposal."""
    try:
        proposal = Proposals(desk.store).get(number)
    except RefusedError as error:
        return _not_there(error)
    trying = proposal.status == "trying"
    base = load_knowledge()
    found = problems(content_dir(), base, proposal.changes)
    return shown(
        "proposal.html",
        proposal=proposal,
        problems=[told(it) for it in found] if proposal.status == "draft" else [],
        names=_names(desk),
        moment=_moment,
        fault_told=fault_told,
        diffs=_diffs(proposal),
        trial={**_UNTRIED, **(proposal.trial or {})},
        progress=Trials(desk.store).progress(proposal) if trying else None,
        can_change=proposal.status in CHANGEABLE,
        can_try=proposal.status in TRIABLE,
        is_own=proposal.is_work_of(person().id),
        can_undo=can_undo(proposal),
        conversation=_conversation(proposal),
    )


def _conversation(proposal: Proposal) -> str | None:
    """Return the address of the conversation that a proposal came of."""
    if not proposal.sender_id or _CONVERSATION not in current_app.view_functions:
        return None
    return url_for(_CONVERSATION, conversation=proposal.sender_id)


def _diffs(proposal: Proposal) -> list[FileDiff] | str:
    """Return what a proposal changes, or why that cannot be told."""
    if proposal.status == "draft" and proposal.changes.gap:
        # Without its words there are no lines to show.
        return str(texts()["proposals"]["no_diff_yet"])
    try:
        return diffs(edits_shown(proposal))
    except RefusedError as error:
        return told(error)


def _form(proposal: Proposal) -> str:
    base = load_knowledge()
    gap = proposal.changes.gap
    return shown(
        "proposal_edit.html",
        proposal=proposal,
        examples=examples_by_intent(proposal.changes),
        intents=learnable(content_dir()),
        topics=[*base.topics, *base.gaps, *([gap.id] if gap else ())],
        told_topics=list(base.topics),
        topic_name=topic_name,
        intent_name=intent_name,
        kinds=KINDS,
        assistant_languages=LANGUAGES,
    )


def _not_there(error: RefusedError) -> tuple[str, int]:
    return shown("proposal_missing.html", why=told(error)), 404


def _back(number: int) -> Response:
    return redirect(url_for("proposals.one", number=number), 303)


def _names(desk: Desk) -> dict[str, str]:
    """Return what people are called, by id."""
    named = {somebody.id: somebody.name for somebody in desk.staff.people}
    return {**named, **dict(desk.audit.people())}


def _moment(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%d.%m.%Y %H:%M")
