"""The page Samtaler: the list, one conversation, and what can be done with it."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.answering.reply import KINDS
from bot.aside import forget_orphans
from bot.cases import CaseRules, Cases
from bot.console import conversation_test
from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.formats import moment, percent
from bot.console.names import intent_name
from bot.console.pages import shown, texts
from bot.languages import LANGUAGES
from bot.staff.conversations.answerers import answerer_for
from bot.staff.conversations.colleagues import colleagues, name_of
from bot.staff.conversations.listing import Looked, list_conversations
from bot.staff.conversations.marks import LONGEST_NOTE, is_given, mark, marks_of
from bot.staff.conversations.reading import SeenTurn, read_conversation, understood
from bot.staff.conversations.story import story

DAYS = (0, 1, 7, 30)
_FLAGS = ("disliked", "marked", "tests")


def blueprint(desk: Desk) -> Blueprint:
    """Return the pages of conversations."""
    pages = Blueprint("conversations", __name__, url_prefix="/conversations")
    _add_list(pages, desk)
    _add_one(pages, desk)
    _add_marking(pages, desk)
    _add_deleting(pages, desk)
    conversation_test.add_to(pages, desk, opened)
    return pages


def opened(desk: Desk, conversation: str) -> tuple[SeenTurn, ...]:
    """Return the turns of a conversation, for somebody who may see it; that is logged.

    A handler may see what was given to them, an editor any.
    """
    somebody = person()
    if "editor" not in somebody.roles and not is_given(
        desk.store, somebody.id, conversation
    ):
        # An address can say anything; what is none of the store's ids stays out.
        known = conversation if desk.store.holds(conversation) else request.endpoint
        desk.audit.note(somebody, "refused", known or "")
        abort(403)
    turns = read_conversation(desk.store, conversation)
    if not turns:
        abort(404)
    desk.audit.note(somebody, "opened_conversation", conversation)
    return turns


def _add_list(pages: Blueprint, desk: Desk) -> None:
    @pages.get("")
    @needs("editor")
    def index() -> str:
        looked = _looked()
        before = request.args.get("before", 0, type=int)
        rows, more = list_conversations(desk.store, looked, before)
        asked = {
            name: value for name, value in request.args.items() if name != "before"
        }
        return shown(
            "conversations.html",
            rows=rows,
            older={**asked, "before": rows[-1].place} if more else None,
            looked=looked,
            days=DAYS,
            flags=_FLAGS,
            kinds=KINDS,
            conversation_languages=LANGUAGES,
            moment=moment,
        )


def _add_one(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<path:conversation>")
    @needs("editor", "handler")
    def one(conversation: str) -> str:
        turns = opened(desk, conversation)
        cases = Cases(desk.store.engine, CaseRules.from_settings(desk.settings))
        lines = cases.lines_of(conversation)
        answerer = answerer_for(desk.settings)
        people = colleagues(desk.store, desk.staff)
        return shown(
            "conversation.html",
            conversation=conversation,
            story=[
                {
                    "line": it.line,
                    "seen": it.seen,
                    "found": it.seen
                    and not it.seen.is_relayed
                    and understood(it.seen, answerer),
                }
                for it in story(turns, lines)
            ],
            marks=marks_of(desk.store, conversation),
            people=people,
            name_of=lambda somebody: name_of(people, somebody),
            longest_note=LONGEST_NOTE,
            may_change="editor" in person().roles,
            moment=moment,
            percent=percent,
            intent_name=intent_name,
        )


def _add_marking(pages: Blueprint, desk: Desk) -> None:
    @pages.post("/<path:conversation>/mark")
    @needs("editor")
    def mark_it(conversation: str) -> Response:
        _require(desk, conversation)
        note = request.form.get("note", "").strip()
        given = request.form.get("given_to", "")
        if given and given not in colleagues(desk.store, desk.staff):
            abort(400)
        if note or given:
            somebody = person()
            mark(desk.store, conversation, note, somebody.id, given)
            desk.audit.note(somebody, "marked_conversation", conversation)
            flash(texts()["conversations"]["mark"]["done"])
        else:
            flash(texts()["conversations"]["mark"]["empty"])
        return redirect(url_for(".one", conversation=conversation), 303)


def _add_deleting(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<path:conversation>/delete")
    @needs("editor")
    def ask_to_delete(conversation: str) -> str:
        _require(desk, conversation)
        return shown("conversation_delete.html", conversation=conversation)

    @pages.post("/<path:conversation>/delete")
    @needs("editor")
    def delete(conversation: str) -> Response:
        _require(desk, conversation)
        # Who writes there just now finds that it no longer stands as it did, and fails.
        desk.store.forget(conversation)
        forget_orphans(desk.store.engine)
        desk.audit.note(person(), "deleted_conversation", conversation)
        flash(texts()["conversations"]["delete"]["done"])
        return redirect(url_for(".index"), 303)


def _require(desk: Desk, conversation: str) -> None:
    if not desk.store.holds(conversation):
        abort(404)


def _looked() -> Looked:
    """Return which conversations the address asks for."""
    asked = request.args
    days = asked.get("days", 0, type=int)
    kind, spoken = asked.get("kind", ""), asked.get("language", "")
    return Looked(
        id=asked.get("id", "").strip(),
        days=days if days in DAYS else 0,
        kind=kind if kind in KINDS else "",
        language=spoken if spoken in LANGUAGES else "",
        disliked=bool(asked.get("disliked")),
        marked=bool(asked.get("marked")),
        tests=bool(asked.get("tests")),
    )
