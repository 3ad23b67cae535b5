"""The page Utkast: an e-mail becomes questions, answers and a letter.

Nothing is kept: each press of a button sends all there is, and the page that comes back
holds it again.
"""

from __future__ import annotations

import dataclasses

from flask import Blueprint, abort, request
from werkzeug.datastructures import MultiDict

from bot.answering.reply import Kind
from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.pages import shown
from bot.errors import ModelError
from bot.knowledge import Source
from bot.staff.case_drafts import VERY_SURE
from bot.staff.drafts.composing import composed
from bot.staff.drafts.drafting import draft_of
from bot.staff.drafts.items import Draft
from bot.staff.drafts.mail import LONGEST_MAIL, MailError
from bot.staff.drafts.revising import Revision, Row, letter_of, moved, revised, rows_of

_MAKE, _UP, _DOWN = "make", "up", "down"
_TEXT, _CHOSEN, _TEXT_OF = "text-", "chosen-", "text-of-"
_UNAVAILABLE = 503


def blueprint(desk: Desk) -> Blueprint:
    """Return the page."""
    pages = Blueprint("drafts", __name__)

    @pages.get("/drafts")
    @needs("handler", "editor")
    def index() -> str:
        # The model takes seconds to load; whoever opens the page is about to paste.
        desk.assistant.begin()
        return _shown(desk)

    @pages.post("/drafts")
    @needs("handler", "editor")
    def work() -> str | tuple[str, int]:
        form = request.form
        mail = form.get("mail", "")
        try:
            draft = draft_of(mail, desk.assistant)
        except MailError as error:
            return _shown(desk, mail=mail, fault=error.fault), 400
        except ModelError:
            return _shown(desk, mail=mail, fault="no_model"), _UNAVAILABLE
        do, _, key = form.get("do", _MAKE).partition(":")
        if do == _MAKE:
            desk.audit.note(person(), "made_draft")
            rows = rows_of(draft)
        else:
            rows = revised(draft, _revision(form), desk.assistant)
        if do in (_UP, _DOWN):
            rows = moved(rows, key, -1 if do == _UP else 1)
        return _shown(desk, mail=mail, draft=draft, rows=rows, moved=key)

    @pages.get("/drafts/source/<int:start>-<int:end>")
    @needs("handler", "editor")
    def source(start: int, end: int) -> str:
        text = desk.assistant.knowledge.announcement
        if not 0 <= start < end <= len(text):
            abort(404)
        return shown(
            "drafts_source.html",
            before=text[:start],
            passage=text[start:end],
            after=text[end:],
        )

    return pages


@dataclasses.dataclass(frozen=True)
class ShownRow:
    """A row as the page shows it.

    Attributes:
        row: It.
        sureness: The key of the words for how sure its answer is.
        same_as: The number, from 1, of the one that says the same; 0 where none does.
    """

    row: Row
    sureness: str
    same_as: int

    @property
    def kind(self) -> Kind:
        """What sort of reply it is."""
        return self.row.item.kind

    @property
    def sources(self) -> tuple[Source, ...]:
        """The passages that prove it."""
        return self.row.item.sources


def _revision(form: MultiDict[str, str]) -> Revision:
    def by_key(prefix: str) -> dict[str, str]:
        return {
            key.removeprefix(prefix): value.replace("\r\n", "\n")
            for key, value in form.items()
            if key.startswith(prefix)
        }

    return Revision(
        order=form.getlist("item"),
        kept=form.getlist("kept"),
        texts=by_key(_TEXT),
        chosen=by_key(_CHOSEN),
        texts_of=by_key(_TEXT_OF),
    )


def _shown(
    desk: Desk,
    *,
    mail: str = "",
    draft: Draft | None = None,
    rows: list[Row] | None = None,
    fault: str = "",
    moved: str = "",
) -> str:
    rows = rows or []
    letter = ""
    if draft:
        letter = composed(
            letter_of(rows),
            draft.language,
            desk.assistant.knowledge,
            sender=draft.sender,
        )
    return shown(
        "drafts.html",
        mail=mail,
        longest=LONGEST_MAIL,
        draft=draft,
        rows=_as_shown(draft, rows) if draft else [],
        letter=letter,
        fault=fault,
        moved=moved,
        is_ready=desk.assistant.is_ready,
    )


def _as_shown(draft: Draft, rows: list[Row]) -> list[ShownRow]:
    numbers = {row.item.key: number for number, row in enumerate(rows, 1)}
    return [
        ShownRow(
            row,
            _sureness(row),
            0
            if row.item.same_as is None
            else numbers[draft.items[row.item.same_as].key],
        )
        for row in rows
    ]


def _sureness(row: Row) -> str:
    if row.chosen:
        return "chosen"
    if not row.item.sure:
        return "unsure"
    return "very_sure" if row.item.confidence >= VERY_SURE else "sure"
