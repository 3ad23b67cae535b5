"""What the staff note of a case."""

import time

import sqlalchemy as sa

from bot.cases.records import Case, CaseRefusedError, Note, Somebody, note_of
from bot.cases.writing import Writing
from bot.engine import cleaned
from bot.store.case_tables import CASE_NOTES, CASES

LONGEST_LINE = 5000
"""Characters of what one of the staff says at once, or notes."""


class Noting(Writing):
    """What the staff note, for each other."""

    def note(self, number: int, who: Somebody, text: str) -> Note:
        """Note something of a case, for the staff alone.

        Raises:
            CaseRefusedError: It is gone.
        """
        case = self._as_it_is(number)
        row = {
            "case_id": case.id,
            "sender_id": case.sender_id,
            "at": time.time(),
            "person": who.id,
            "name": who.name,
            "text": cleaned(text)[:LONGEST_LINE],
        }
        with self.engine.begin() as connection:
            # Held, lest it be deleted and the note stay.
            if self._hold(connection, number) is None:
                raise CaseRefusedError("gone")
            (place,) = connection.execute(CASE_NOTES.insert(), row).inserted_primary_key
            noted = sa.select(CASE_NOTES).where(CASE_NOTES.c.id == place)
            return note_of(connection.execute(noted).one())

    def _hold(
        self, connection: sa.engine.Connection, number: int
    ) -> sa.engine.Row | None:
        return self._move(connection, number, changed_at=CASES.c.changed_at)

    def _as_it_is(self, number: int) -> Case:
        case = self.case(number)
        if case is None:
            raise CaseRefusedError("gone")
        return case
