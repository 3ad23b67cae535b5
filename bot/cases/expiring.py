"""What becomes of cases when their time is over."""

import time
from typing import Any

import sqlalchemy as sa

from bot.cases.records import ANSWERED, CLOSED, MESSAGE, WAITING, Code
from bot.cases.writing import Writing
from bot.store.case_tables import CASES

_BY_TIME = "time"


class Expiring(Writing):
    """Has time change cases; any number of servers may try at once."""

    def expire(self) -> int:
        """Make messages of what nobody took, and close what nobody goes on with.

        Returns:
            How many cases have changed.
        """
        now = time.time()
        untaken = (CASES.c.state == WAITING, CASES.c.changed_at < now - self.rules.wait)
        idle = (CASES.c.state == ANSWERED, CASES.c.changed_at < now - self.rules.idle)
        end = {"state": CLOSED, "closed_at": now, "closed_by": _BY_TIME}
        message = {"state": MESSAGE, "waiting_since": None}
        return self._change(untaken, "became_message", message) + self._change(
            idle, "closed", end
        )

    def _change(
        self, which: tuple[Any, ...], code: Code, values: dict[str, Any]
    ) -> int:
        changed = 0
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(CASES.c.id).where(*which)).all()
        for (number,) in found:
            with self.engine.begin() as connection:
                row = self._move(connection, number, *which, **values)
                if row is not None:
                    self._tell(connection, row, code)
                    changed += 1
        return changed
