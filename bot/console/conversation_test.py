"""The form by which a conversation becomes a test, as a proposal."""

import dataclasses
from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from bot.console.access import needs, person
from bot.console.desk import Desk
from bot.console.pages import language, shown, texts
from bot.console.refusals import told
from bot.staff.conversations.answerers import answerer_for
from bot.staff.conversations.reading import SeenTurn
from bot.staff.conversations.testing import AS_REPLIED, step_of
from bot.staff.proposals.changes import Step
from bot.staff.proposals.making import propose_test
from bot.staff.proposals.refusals import RefusedError
from bot.staff.review.candidates import choices

_UNPROCESSABLE = 422
Opened = Callable[[Desk, str], tuple[SeenTurn, ...]]


@dataclasses.dataclass(frozen=True)
class Row:
    """A turn in the form.

    Attributes:
        seen: The turn.
        taken: Whether it is to be in the test.
        text: The message in the words that the test is to have.
        expected: What must hold for the reply.
    """

    seen: SeenTurn
    taken: bool
    text: str
    expected: str


def add_to(pages: Blueprint, desk: Desk, opened: Opened) -> None:
    """Add the form to the page of conversations.

    Args:
        pages: The page.
        desk: What it works with.
        opened: Reads a conversation for somebody who may, and logs that.
    """

    def answered(conversation: str) -> list[SeenTurn]:
        """Return the turns that the robot has answered, not a person."""
        return [it for it in opened(desk, conversation) if not it.is_relayed]

    @pages.get("/<path:conversation>/test")
    @needs("editor")
    def choose_turns(conversation: str) -> str:
        rows = [_begun(seen) for seen in answered(conversation)]
        return _form(desk, conversation, rows)

    @pages.post("/<path:conversation>/test")
    @needs("editor")
    def make_test(conversation: str) -> Response | tuple[str, int]:
        rows = [_written(seen) for seen in answered(conversation)]
        base = answerer_for(desk.settings).base
        steps = [
            step_of(base, row.seen, row.text, row.expected) for row in rows if row.taken
        ]
        fault = _propose(desk, conversation, steps)
        if fault:
            return _form(desk, conversation, rows, fault), _UNPROCESSABLE
        return redirect(url_for(".one", conversation=conversation), 303)


def _propose(desk: Desk, conversation: str, steps: Sequence[Step]) -> str:
    """Make the proposal, and return why it cannot be made; empty where it is."""
    if not any(step.kind for step in steps):
        return str(texts()["conversations"]["test"]["nothing"])
    somebody = person()
    try:
        number = propose_test(
            desk.store, author=somebody.id, sender_id=conversation, steps=steps
        )
    except RefusedError as error:
        return told(error)
    desk.audit.note(somebody, "made_test", conversation)
    flash(texts()["conversations"]["test"]["made"].format(number=number))
    return ""


def _begun(seen: SeenTurn) -> Row:
    expected = "" if seen.disliked else AS_REPLIED
    return Row(seen, True, " ".join(seen.turn.text.split()), expected)


def _written(seen: SeenTurn) -> Row:
    form, name = request.form, seen.turn.id
    return Row(
        seen,
        name in form.getlist("turn"),
        form.get(f"text-{name}", "").strip(),
        form.get(f"expected-{name}", ""),
    )


def _form(
    desk: Desk, conversation: str, rows: Sequence[Row], fault: str = ""
) -> str:
    return shown(
        "conversation_test.html",
        conversation=conversation,
        rows=rows,
        topics=choices(answerer_for(desk.settings).base, language()),
        as_replied=AS_REPLIED,
        fault=fault,
    )
