"""What the person does with a case: opens it, leaves a message, ends it."""

import contextlib
import secrets
import time
from collections.abc import Callable
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.cases.records import (
    ANSWERED,
    CITIZEN,
    CLOSED,
    MESSAGE,
    WAITING,
    Case,
    CaseRefusedError,
    Code,
    Reason,
)
from bot.cases.writing import Writing
from bot.store.case_tables import CASES
from bot.store.store import TurnConflictError
from bot.store.tables import MESSAGES

# Numbers that are told have six digits.
_LEAST_NUMBER, _NUMBERS = 100_000, 900_000
_MOST_TRIES = 5


class Asking(Writing):
    """What the person does.

    Each call has an id of the client's. A second one with the same id does nothing,
    as the line that the first has made bears it.
    """

    def open(self, sender: str, call: str, reason: Reason, language: str) -> None:
        """Put a conversation into the queue.

        One that is there already, or is answered, stays as it is; a message that it
        has left waits again.

        Raises:
            CaseRefusedError: Nobody can be reached now.
        """

        def ask() -> bool:
            case = self.open_case(sender)
            is_there = case is not None and case.state in (WAITING, ANSWERED)
            if is_there or self._has_done(sender, call):
                return True
            if self.reach().state != "open":
                raise CaseRefusedError("nobody_there")
            values = {"state": WAITING, "waiting_since": time.time()}
            with self.engine.begin() as connection:
                row = self._begun(connection, sender, case, reason, language, values)
                if row is not None:
                    self._tell(connection, row, "opened", message=call)
            return row is not None

        _until_done(ask)

    def leave(
        self,
        sender: str,
        call: str,
        text: str,
        reach: str,
        reason: Reason,
        language: str,
    ) -> None:
        """Leave a message, or make one of a case that waits.

        Left again with the same id, it stands once, with how to be reached by now.

        Args:
            sender: The conversation.
            call: The id of the call.
            text: The message; it may be empty where there is a case.
            reach: How to be reached.
            reason: Why they wanted a human being.
            language: The language of the answer.

        Raises:
            CaseRefusedError: There are no cases, somebody is answering, or there is
                neither a text nor a case.
        """
        if not self.rules.are_on:
            raise CaseRefusedError("nobody_there")

        def send() -> bool:
            case = self.open_case(sender)
            is_there = self._has_done(sender, call)
            is_left = case is not None and case.state == MESSAGE
            if is_there and not (case and is_left and case.reach != reach):
                return True
            if case and case.state == ANSWERED:
                raise CaseRefusedError("being_answered")
            if not case and not text:
                raise CaseRefusedError("no_case")
            values = {"state": MESSAGE, "waiting_since": None, "reach": reach}
            with self.engine.begin() as connection:
                row = self._begun(connection, sender, case, reason, language, values)
                if row is None:
                    return False
                if is_there:
                    return True
                if text:
                    self._add_line(connection, row, CITIZEN, text, message=call)
                if not text or not is_left:
                    told_by = None if text else call
                    self._tell(connection, row, "became_message", message=told_by)
            return True

        _until_done(send)

    def end(self, sender: str, call: str, to: Literal["robot", "nobody"]) -> None:
        """Leave the queue, or end a case that is answered; a message stays."""
        case = self.open_case(sender)
        if case is None or self._has_done(sender, call):
            return
        with contextlib.suppress(IntegrityError), self.engine.begin() as connection:
            row = self._move(
                connection,
                case.id,
                CASES.c.state.in_((WAITING, ANSWERED)),
                state=CLOSED,
                closed_at=time.time(),
                closed_by=CITIZEN,
            )
            if row is not None:
                code: Code = "handed_back" if to == "robot" else "closed"
                self._tell(connection, row, code, message=call)

    def types(self, sender: str) -> None:
        """Note that the person is writing to who answers."""
        self._note_typing(CASES.c.citizen_typed_at, CASES.c.sender_id == sender)

    def _has_done(self, sender: str, call: str) -> bool:
        return self.line_by(sender, call) is not None

    def _begun(
        self,
        connection: sa.engine.Connection,
        sender: str,
        case: Case | None,
        reason: Reason,
        language: str,
        values: dict[str, Any],
    ) -> sa.engine.Row | None:
        """Return a new case, or the one that there is, changed if it is still so."""
        if case is not None:
            still = CASES.c.state == case.state
            # A message belongs to whoever looks into it, and the queue to nobody.
            free = {"taken_by": None, "taken_name": None, "taken_at": None}
            freed = free if values["state"] == WAITING else {}
            return self._move(connection, case.id, still, **freed, **values)
        now = time.time()
        row = {
            "sender_id": sender,
            "number": self._new_number(connection),
            "reason": reason,
            "language": language,
            "topic": _topic_of(connection, sender),
            "opened_at": now,
            "changed_at": now,
            "last_line": 0,
            **values,
        }
        (number,) = connection.execute(CASES.insert(), row).inserted_primary_key
        return connection.execute(sa.select(CASES).where(CASES.c.id == number)).one()

    def _new_number(self, connection: sa.engine.Connection) -> int:
        """Return a number that no case has; they tell nobody how many there are."""
        while True:
            number = _LEAST_NUMBER + secrets.randbelow(_NUMBERS)
            taken = sa.select(CASES.c.id).where(CASES.c.number == number)
            if connection.execute(taken).first() is None:
                return number


def _until_done(work: Callable[[], bool]) -> None:
    """Try something until it is done, as somebody else may be first.

    Raises:
        IntegrityError: It cannot be done.
        TurnConflictError: Somebody else was first each time.
    """
    for _ in range(_MOST_TRIES - 1):
        with contextlib.suppress(IntegrityError):
            if work():
                return
    if not work():
        raise TurnConflictError("somebody else changed the case each time")


def _topic_of(connection: sa.engine.Connection, sender: str) -> str | None:
    """Return the topic or gap that a conversation was last told, or None."""
    told = (
        sa.select(MESSAGES.c.topic)
        .where(MESSAGES.c.sender_id == sender, MESSAGES.c.topic.is_not(None))
        .order_by(MESSAGES.c.event_id.desc())
        .limit(1)
    )
    topic: str | None = connection.execute(told).scalar()
    return topic
