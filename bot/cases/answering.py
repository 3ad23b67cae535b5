"""What the staff do with a case: take it, answer, hand it on, close it."""

import contextlib
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.cases.noting import LONGEST_LINE, Noting
from bot.cases.records import (
    ANSWERED,
    CLOSED,
    MESSAGE,
    STAFF,
    WAITING,
    Case,
    CaseRefusedError,
    Line,
    Somebody,
)
from bot.engine import cleaned
from bot.privacy import EMAIL_ADDRESS, PHONE_NUMBER
from bot.store.case_tables import CASES

# Which people are given, so that they can turn there.
_CONTACTS = (PHONE_NUMBER, EMAIL_ADDRESS)


class Answering(Noting):
    """What the staff do."""

    def take(self, number: int, who: Somebody) -> Case:
        """Take a case that waits, or a message; a message stays one.

        Raises:
            CaseRefusedError: Somebody else was first, or it is closed or gone.
        """
        first = sa.func.coalesce(CASES.c.taken_at, time.time())
        theirs = {"taken_by": who.id, "taken_name": who.name, "taken_at": first}
        with self.engine.begin() as connection:
            waits = CASES.c.state == WAITING
            row = self._move(connection, number, waits, state=ANSWERED, **theirs)
            if row is not None:
                self._tell(connection, row, "taken", who=who)
            else:
                free = (CASES.c.state == MESSAGE, CASES.c.taken_by.is_(None))
                self._move(connection, number, *free, **theirs)
        return self._theirs(number, who)

    def take_over(self, number: int, who: Somebody, instead_of: str) -> Case:
        """Take a case from a colleague, if it is still theirs.

        Raises:
            CaseRefusedError: It is not, or it is closed or gone.
        """
        return self._give(number, who, instead_of)

    def transfer(self, number: int, who: Somebody, to: Somebody) -> Case:
        """Give one's own case to a colleague.

        Raises:
            CaseRefusedError: It is not one's own, or it is closed or gone.
        """
        return self._give(number, to, who.id)

    def put_back(self, number: int, who: Somebody) -> Case:
        """Put one's own case back into the queue, where it was.

        Raises:
            CaseRefusedError: It is not one's own, or it is closed or gone.
        """
        since = sa.func.coalesce(CASES.c.waiting_since, time.time())
        free = {"taken_by": None, "taken_name": None, "staff_typed_at": None}
        with self.engine.begin() as connection:
            row = self._move(
                connection,
                number,
                *_answered_by(who.id),
                state=WAITING,
                waiting_since=since,
                **free,
            )
            if row is not None:
                self._tell(connection, row, "queued", who=who)
        return self._done(number, row)

    def say(self, number: int, who: Somebody, text: str, line: str) -> Line:
        """Say something in one's own case.

        Args:
            number: The id of the case.
            who: Who says it.
            text: What; identity, card, account and passport numbers are left out.
            line: A random id: what is sent twice is said once.

        Raises:
            CaseRefusedError: It is not one's own, or it is closed or gone.
        """
        case = self._as_it_is(number)
        with contextlib.suppress(IntegrityError):
            self._say(case, who, cleaned(text, leaving=_CONTACTS)[:LONGEST_LINE], line)
        said = self.line_by(case.sender_id, line)
        if said is None:  # It was deleted just now.
            raise CaseRefusedError("gone")
        return said

    def _say(self, case: Case, who: Somebody, text: str, line: str) -> None:
        if self.line_by(case.sender_id, line):
            return
        with self.engine.begin() as connection:
            row = self._move(
                connection, case.id, *_answered_by(who.id), staff_typed_at=None
            )
            if row is not None:
                self._add_line(connection, row, STAFF, text, message=line, who=who)
        if row is None:
            self._refuse(case.id)

    def close(self, number: int, who: Somebody) -> Case:
        """Close a case: one's own, or one that nobody has.

        Raises:
            CaseRefusedError: Somebody else has it, or it is gone.
        """
        nobodys = sa.or_(CASES.c.taken_by.is_(None), CASES.c.taken_by == who.id)
        with self.engine.begin() as connection:
            row = self._move(
                connection,
                number,
                CASES.c.state != CLOSED,
                nobodys,
                state=CLOSED,
                closed_at=time.time(),
                closed_by=STAFF,
            )
            if row is not None:
                self._tell(connection, row, "closed", who=who)
        case = self._as_it_is(number)
        if case.state != CLOSED:
            raise CaseRefusedError("taken", case.taken_name or "")
        return case

    def staff_types(self, number: int, who: Somebody) -> None:
        """Note that somebody is writing in their own case."""
        theirs = (CASES.c.id == number, CASES.c.taken_by == who.id)
        self._note_typing(CASES.c.staff_typed_at, *theirs)

    def _give(self, number: int, to: Somebody, of: str) -> Case:
        open_ones = CASES.c.state.in_((ANSWERED, MESSAGE))
        values = {"taken_by": to.id, "taken_name": to.name, "staff_typed_at": None}
        with self.engine.begin() as connection:
            row = self._move(
                connection, number, open_ones, CASES.c.taken_by == of, **values
            )
            if row is not None and row.state == ANSWERED:
                self._tell(connection, row, "transferred", who=to)
        return self._done(number, row)

    def _done(self, number: int, row: Any) -> Case:
        """Return a case that was changed.

        Raises:
            CaseRefusedError: It was not.
        """
        if row is None:
            self._refuse(number)
        return self._as_it_is(number)

    def _theirs(self, number: int, who: Somebody) -> Case:
        """Return a case if it is somebody's already.

        Raises:
            CaseRefusedError: It is not.
        """
        case = self._as_it_is(number)
        if case.state == CLOSED:
            raise CaseRefusedError("closed")
        if case.taken_by != who.id:
            raise CaseRefusedError("taken", case.taken_name or "")
        return case

    def _refuse(self, number: int) -> None:
        """Say why a case cannot be changed.

        Raises:
            CaseRefusedError: Always.
        """
        case = self._as_it_is(number)
        if case.state == CLOSED:
            raise CaseRefusedError("closed")
        raise CaseRefusedError("not_yours", case.taken_name or "")


def _answered_by(person: str) -> tuple[Any, Any]:
    return CASES.c.state == ANSWERED, CASES.c.taken_by == person
