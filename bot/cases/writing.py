"""How a case changes: from a state that it must have, in one transaction."""

import time
from typing import Any

import sqlalchemy as sa

from bot.cases.presence import Attendance
from bot.cases.records import ANSWERED, NOTICE, Code, Somebody
from bot.store.case_tables import CASE_LINES, CASES

ITS = CASES.c.id == sa.bindparam("its")
ADD_LINE = CASE_LINES.insert()
NOTE_LINE = CASES.update().where(ITS).values(last_line=sa.bindparam("line"))
# Whoever types says so more often than it is noted.
_SECONDS_BETWEEN_NOTES = 2.0


class Writing(Attendance):
    """Changes cases.

    Whoever changes a case holds its row until all is written. So of two who do it at
    once the second finds it changed, and lines can be read in the order of their ids.
    """

    def _move(
        self, connection: sa.engine.Connection, number: int, *which: Any, **values: Any
    ) -> sa.engine.Row | None:
        """Change a case if it is as it must be; return it, or None where it is not.

        Args:
            connection: It is in a transaction.
            number: The id of the case.
            which: How it must be.
            values: What changes of it.
        """
        changing = CASES.update().where(CASES.c.id == number, *which)
        values = {"changed_at": time.time(), **values}
        if not connection.execute(changing.values(values)).rowcount:
            return None
        return connection.execute(sa.select(CASES).where(CASES.c.id == number)).one()

    def _add_line(
        self,
        connection: sa.engine.Connection,
        case: sa.engine.Row,
        author: str,
        text: str = "",
        *,
        code: Code | None = None,
        message: str | None = None,
        who: Somebody | None = None,
    ) -> int:
        """Add a line to a case that this transaction has changed; return its id."""
        row = {
            "case_id": case.id,
            "sender_id": case.sender_id,
            "at": time.time(),
            "author": author,
            "text": text,
            "code": code,
            "message_id": message,
            "person": who and who.id,
            "name": who and who.name,
        }
        (line,) = connection.execute(ADD_LINE, row).inserted_primary_key
        connection.execute(NOTE_LINE, {"its": case.id, "line": line})
        return int(line)

    def _tell(
        self,
        connection: sa.engine.Connection,
        case: sa.engine.Row,
        code: Code,
        *,
        message: str | None = None,
        who: Somebody | None = None,
    ) -> None:
        """Add a notice to a case that this transaction has changed."""
        self._add_line(connection, case, NOTICE, code=code, message=message, who=who)

    def _note_typing(self, typed_at: sa.Column[Any], *which: Any) -> None:
        """Note in a column that somebody is writing in a case that is answered."""
        now = time.time()
        lately = typed_at > now - _SECONDS_BETWEEN_NOTES
        typing = CASES.update().where(
            CASES.c.state == ANSWERED, *which, sa.or_(typed_at.is_(None), ~lately)
        )
        with self.engine.begin() as connection:
            connection.execute(typing.values({typed_at: now}))
