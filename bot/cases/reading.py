"""Reads cases: those of a conversation, those that wait, and what was said in them."""

import time
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from bot.cases.records import (
    ANSWERED,
    CLOSED,
    MESSAGE,
    STAFF,
    WAITING,
    Case,
    Line,
    Note,
    case_of,
    line_of,
    note_of,
)
from bot.cases.rules import CaseRules
from bot.store.case_tables import CASE_LINES, CASE_NOTES, CASES

_MOST_LINES = 500
IN_ORDER = (CASES.c.waiting_since, CASES.c.id)
"""Who came first is first, also where somebody had it and put it back."""
_MOST_DONE = 50


class Reading:
    """Reads cases."""

    def __init__(self, engine: sa.engine.Engine, rules: CaseRules) -> None:
        """Take where they are kept.

        Args:
            engine: Connects to the store's database.
            rules: The rules of cases.
        """
        self.engine = engine
        self.rules = rules

    def waiting(self) -> tuple[Case, ...]:
        """Return the queue, in its order."""
        rows = self._all(CASES.c.state == WAITING, *IN_ORDER)
        return tuple(case_of(it, time.time(), n) for n, it in enumerate(rows, 1))

    def messages(self) -> tuple[Case, ...]:
        """Return the messages that are not dealt with, the oldest first."""
        return self._cases(CASES.c.state == MESSAGE, CASES.c.opened_at)

    def answered(self) -> tuple[Case, ...]:
        """Return the cases that somebody of the staff answers, the oldest first."""
        return self._cases(CASES.c.state == ANSWERED, *IN_ORDER)

    def done(self, most: int = _MOST_DONE) -> tuple[Case, ...]:
        """Return the cases that are closed, the latest first."""
        latest = CASES.c.closed_at.desc()
        return self._cases(CASES.c.state == CLOSED, latest, most=most)

    def case(self, number: int) -> Case | None:
        """Return the case with an id, or None where there is none any more."""
        return self._one(CASES.c.id == number)

    def open_case(self, sender: str) -> Case | None:
        """Return the case of a conversation that is not closed, or None."""
        theirs = CASES.c.sender_id == sender
        return self._one(sa.and_(theirs, CASES.c.state != CLOSED))

    def lines(self, number: int) -> tuple[Line, ...]:
        """Return what was said in a case."""
        lines = sa.select(CASE_LINES).where(CASE_LINES.c.case_id == number)
        with self.engine.connect() as connection:
            rows = connection.execute(lines.order_by(CASE_LINES.c.id))
            return tuple(map(line_of, rows))

    def lines_of(self, sender: str, since: int = 0) -> tuple[Line, ...]:
        """Return what was said in all cases of a conversation after a line.

        These are the latest, where they are very many.
        """
        of_it = (CASE_LINES.c.sender_id == sender, CASE_LINES.c.id > since)
        latest = sa.select(CASE_LINES).where(*of_it).order_by(CASE_LINES.c.id.desc())
        with self.engine.connect() as connection:
            rows = connection.execute(latest.limit(_MOST_LINES)).all()
        return tuple(map(line_of, reversed(rows)))

    def latest(self, sender: str) -> int:
        """Return the id of the latest line of a conversation, or 0."""
        its = CASE_LINES.c.sender_id == sender
        latest = sa.select(sa.func.max(CASE_LINES.c.id)).where(its)
        with self.engine.connect() as connection:
            return connection.execute(latest).scalar() or 0

    def notes(self, number: int) -> tuple[Note, ...]:
        """Return what the staff noted of a case, the oldest first."""
        notes = sa.select(CASE_NOTES).where(CASE_NOTES.c.case_id == number)
        with self.engine.connect() as connection:
            rows = connection.execute(notes.order_by(CASE_NOTES.c.id))
            return tuple(map(note_of, rows))

    def unanswered(self, cases: Iterable[Case]) -> frozenset[int]:
        """Return the latest lines of answered cases that none of the staff has said.

        These are their ids.
        """
        latest = [it.last_line for it in cases if it.state == ANSWERED]
        if not latest:
            return frozenset()
        theirs = (CASE_LINES.c.id.in_(latest), CASE_LINES.c.author != STAFF)
        with self.engine.connect() as connection:
            lines = connection.execute(sa.select(CASE_LINES.c.id).where(*theirs))
            return frozenset(lines.scalars())

    def line_by(self, sender: str, message: str) -> Line | None:
        """Return the line that a message or a call has made, or None."""
        its = (CASE_LINES.c.sender_id == sender, CASE_LINES.c.message_id == message)
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(CASE_LINES).where(*its)).first()
        return row and line_of(row)

    def _all(self, which: Any, *order: Any, most: int | None = None) -> list[Any]:
        cases = sa.select(CASES).where(which).order_by(*order).limit(most)
        with self.engine.connect() as connection:
            return list(connection.execute(cases))

    def _cases(
        self, which: Any, *order: Any, most: int | None = None
    ) -> tuple[Case, ...]:
        now = time.time()
        return tuple(case_of(row, now) for row in self._all(which, *order, most=most))

    def _one(self, which: Any) -> Case | None:
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(CASES).where(which)).first()
            if row is None:
                return None
            place = None
            if row.state == WAITING:
                before = sa.tuple_(*IN_ORDER) <= sa.tuple_(row.waiting_since, row.id)
                waiting = sa.select(sa.func.count()).where(CASES.c.state == WAITING)
                place = connection.execute(waiting.where(before)).scalar()
        return case_of(row, time.time(), place)


def kept_of(engine: sa.engine.Engine, sender: str) -> list[dict[str, Any]]:
    """Return all that is kept of the cases of a conversation, ready for JSON."""
    with engine.connect() as connection:

        def rows(table: sa.Table, *which: Any) -> list[dict[str, Any]]:
            query = sa.select(table).where(*which).order_by(table.c.id)
            return [dict(row) for row in connection.execute(query)]

        return [
            {
                **case,
                "lines": rows(CASE_LINES, CASE_LINES.c.case_id == case["id"]),
                "notes": rows(CASE_NOTES, CASE_NOTES.c.case_id == case["id"]),
            }
            for case in rows(CASES, CASES.c.sender_id == sender)
        ]
