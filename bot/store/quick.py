"""SQLite's own connection, for the few statements that every message takes.

SQLAlchemy takes twice as long for them as the database does: it makes a key of each
statement, looks for what was compiled, and checks the columns. Here that is done once.
"""

import contextlib
import functools
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.store.engines import overwrite_what_goes

_DIALECT = sqlite.dialect()

Values = Mapping[str, Any]


class QuickConnection:
    """Runs statements of SQLAlchemy's on one connection that waits for nobody."""

    def __init__(self, file: str) -> None:
        """Connect to a file that is there."""
        self._connection = sqlite3.connect(
            file, timeout=0, isolation_level=None, check_same_thread=False
        )
        overwrite_what_goes(self._connection)

    @contextlib.contextmanager
    def begin(self) -> Iterator["QuickConnection"]:
        """Give itself inside a transaction, which an error undoes.

        Raises:
            sqlite3.OperationalError: Somebody else writes.
        """
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self._connection.execute("COMMIT")
        finally:
            # Without effect where all is written, or SQLite has undone it by itself.
            self._connection.rollback()

    def execute(
        self, statement: sa.sql.ClauseElement, values: Values | Sequence[Values]
    ) -> sqlite3.Cursor:
        """Run a statement once, or once for each of several values.

        Args:
            statement: An insertion of rows alike, or a statement with named values.
            values: By name; of an insertion, by column.
        """
        first = values if isinstance(values, Mapping) else values[0]
        written, names = _prepared(statement, tuple(first))
        if isinstance(values, Mapping):
            return self._connection.execute(written, [values[name] for name in names])
        rows = [[row[name] for name in names] for row in values]
        return self._connection.executemany(written, rows)


@functools.lru_cache(maxsize=32)
def _prepared(
    statement: sa.sql.ClauseElement, names: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """Return a statement as SQLite reads it, and the names of its values in order."""
    columns = names if isinstance(statement, sa.sql.Insert) else None
    compiled = statement.compile(dialect=_DIALECT, column_keys=columns)
    return str(compiled), tuple(compiled.positiontup)
