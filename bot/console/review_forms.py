"""The forms of the page Vurder, by which a group becomes a proposal."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.access import needs, person
from bot.console.cookies import keys_are_on
from bot.console.desk import Desk
from bot.console.pages import language, shown, texts
from bot.console.refusals import told
from bot.console.review_address import (
    KEYS_OFF,
    asked,
    chosen_entries,
    go_on,
    queue_asked_for,
)
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES, Language
from bot.staff.conversations.answerers import answerer_for
from bot.staff.conversations.reading import read_turn
from bot.staff.proposals.changes import NewGap
from bot.staff.proposals.making import make_proposal
from bot.staff.proposals.refusals import RefusedError
from bot.staff.review.candidates import Candidate, choices, likely_intent, named
from bot.staff.review.entries import Entries, Entry
from bot.staff.review.new_gaps import draft_gaps, gap_called
from bot.staff.review.settling import settle, unsettle

_UNPROCESSABLE = 422


@dataclasses.dataclass(frozen=True)
class Written:
    """What somebody has written into a form.

    Attributes:
        entries: The entries that it is about, as the form holds them.
        after: The group that comes next, likewise.
        example: The sentence to learn from.
        test_sentence: The same in other words, to test by.
        language: The language of both.
        gap: The new gap that was chosen among those of proposals; empty for another.
        nearby: The topic that is told in place of what is not stated.
        questions: The question that is not answered, by language.
        words: What is not stated, by language.
    """

    entries: str
    after: str
    example: str
    test_sentence: str
    language: Language
    gap: str = ""
    nearby: str = ""
    questions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @classmethod
    def from_form(cls) -> "Written":
        """Return what the form of this request holds."""
        form = request.form
        return cls(
            entries=form.get("entries", ""),
            after=form.get("after", ""),
            example=form.get("example", "").strip(),
            test_sentence=form.get("test_sentence", "").strip(),
            language=_language(form.get("language", "")),
            gap=form.get("gap", ""),
            nearby=form.get("nearby", ""),
            questions={it: form.get(f"question_{it}", "").strip() for it in LANGUAGES},
            words={it: form.get(f"words_{it}", "").strip() for it in LANGUAGES},
        )


def add_to(pages: Blueprint, desk: Desk) -> None:
    """Add the forms to the page."""
    _add_topic(pages, desk)
    _add_gap(pages, desk)


def _add_topic(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:entry>/topic")
    @needs("editor")
    def topic(entry: int) -> Response | str:
        chosen = _chosen(desk, request.args)
        if chosen is None:
            flash(texts()["review"]["no_such_question"])
            return redirect(url_for("review.group", entry=entry, **asked()), 303)
        written = _begun(desk, entry)
        return _topic_form(entry, chosen, written) if written else _gone()

    @pages.post("/<int:entry>/topic")
    @needs("editor")
    def propose_topic(entry: int) -> Response | tuple[str, int]:
        chosen = _chosen(desk, request.form) or abort(400)
        written = Written.from_form()
        entries = Entries(desk.store).of(chosen_entries())
        if not entries:
            return _gone()
        base = answerer_for(desk.settings).base
        seen = read_turn(desk.store, entries[0].conversation, entries[0].message)
        intent = likely_intent(base, seen.parse if seen else {}, chosen.id)
        try:
            made = _propose(desk, entries, written, topic=chosen.id, intent=intent)
        except RefusedError as error:
            form = _topic_form(entry, chosen, written, told(error))
            return form, _UNPROCESSABLE
        return go_on() if made else _gone()


def _add_gap(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:entry>/gap")
    @needs("editor")
    def gap(entry: int) -> Response | str:
        written = _begun(desk, entry)
        return _gap_form(desk, entry, written) if written else _gone()

    @pages.post("/<int:entry>/gap")
    @needs("editor")
    def propose_gap(entry: int) -> Response | tuple[str, int]:
        written = Written.from_form()
        entries = Entries(desk.store).of(chosen_entries())
        if not entries:
            return _gone()
        try:
            made = _propose(desk, entries, written, gap=_gap_of(desk, written))
        except RefusedError as error:
            form = _gap_form(desk, entry, written, told(error))
            return form, _UNPROCESSABLE
        return go_on() if made else _gone()


def _propose(
    desk: Desk, entries: tuple[Entry, ...], written: Written, **leads_to: Any
) -> bool:
    """Settle entries, and make a proposal of what was written.

    Returns:
        Whether it was made: not where somebody else settled the entries just now.

    Raises:
        RefusedError: There can be no such proposal; the entries stay open.
    """
    somebody = person()
    moment = settle(desk.store, entries, "proposed", somebody.id)
    if moment is None:
        return False
    try:
        number = make_proposal(
            desk.store,
            author=somebody.id,
            sender_id=entries[0].conversation,
            message_id=entries[0].message,
            example=written.example,
            test_sentence=written.test_sentence,
            language=written.language,
            **leads_to,
        )
    except RefusedError:
        unsettle(desk.store, somebody.id, moment, "proposed")
        raise
    desk.audit.note(somebody, "made_proposal", str(number))
    flash(texts()["review"]["made"].format(number=number))
    return True


def _gap_of(desk: Desk, written: Written) -> NewGap:
    """Return the gap that a form means: one that is proposed already, or a new one.

    Raises:
        RefusedError: It has no name, or one that is taken.
    """
    there = {gap.id: gap for gap in draft_gaps(desk.store)}
    if written.gap in there:
        return there[written.gap]
    base = answerer_for(desk.settings).base
    return gap_called(base, written.questions, written.words, written.nearby)


def _begun(desk: Desk, entry: int) -> Written | None:
    """Return a form that is not written into yet, or None where the group is gone."""
    queue = queue_asked_for(desk)
    place = queue.place(entry)
    if place is None:
        return None
    found = queue.groups[place]
    newest = found.entries[0]
    after = queue.groups[place + 1].id if place + 1 < len(queue.groups) else ""
    return Written(
        entries=",".join(map(str, found.ids)),
        after=str(after),
        example=" ".join(newest.text.split()),
        test_sentence="",
        language=_language(newest.language),
    )


def _language(written: str) -> Language:
    """Return a language of the assistant's; the first where it is none."""
    return next((it for it in LANGUAGES if it == written), LANGUAGES[0])


def _gone() -> Response:
    """Lead on from a group that somebody else has settled."""
    flash(texts()["review"]["gone"])
    return go_on()


def _topic_form(
    entry: int, chosen: Candidate, written: Written, fault: str = ""
) -> str:
    return shown(
        "review_topic.html",
        entry=entry,
        chosen=chosen,
        written=written,
        fault=fault,
        asked=asked(),
        conversation_languages=LANGUAGES,
        keys=keys_are_on(KEYS_OFF),
    )


def _gap_form(
    desk: Desk, entry: int, written: Written, fault: str = ""
) -> str:
    base: KnowledgeBase = answerer_for(desk.settings).base
    return shown(
        "review_gap.html",
        entry=entry,
        written=written,
        fault=fault,
        topics=[it for it in choices(base, language()) if it.id in base.topics],
        gaps=draft_gaps(desk.store),
        asked=asked(),
        conversation_languages=LANGUAGES,
        keys=keys_are_on(KEYS_OFF),
    )


def _chosen(desk: Desk, values: Mapping[str, str]) -> Candidate | None:
    """Return the topic that was chosen, by its id or by its question."""
    found = choices(answerer_for(desk.settings).base, language())
    return named(found, values.get("choice") or values.get("question") or "")
