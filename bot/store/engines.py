"""Connects to the database: an SQLite file, or PostgreSQL where servers are several."""

import contextlib
import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import sqlalchemy as sa
import sqlalchemy.pool
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreError

logger = logging.getLogger(__name__)

# As long as a message waits while another process writes into an SQLite file.
SECONDS_TO_WAIT = 20
_FOR_THE_OWNER = 0o600
# The version of a file in which nothing is left of what was deleted.
_OVERWRITES = 1
# What PostgreSQL has for one statement. A message waits no longer than this.
_SECONDS_TO_ANSWER = 5
_CONNECTIONS = 4
_POSTGRESQL = {
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": _SECONDS_TO_ANSWER * 1000,
    "application_name": "helseassistenten",
    "options": f"-c statement_timeout={_SECONDS_TO_ANSWER}s "
    f"-c lock_timeout={_SECONDS_TO_ANSWER}s "
    f"-c idle_in_transaction_session_timeout={_SECONDS_TO_ANSWER * 2}s",
}


def sqlite_engine(path: Path) -> sa.engine.Engine:
    """Return a connection to an SQLite file, which is made when it is missing.

    Raises:
        StoreError: It is no such file, is damaged, or cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=_FOR_THE_OWNER)  # It holds what people wrote.
        for file in (path, *path.parent.glob(f"{path.name}-*")):
            keep_to_the_owner(file)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            # The write-ahead log saves a wait for the disk a message.
            connection.execute("PRAGMA journal_mode=WAL")
            # Writes, as the first message would, but leaves all as it was.
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
            fault = fault_of(connection)
    except (OSError, sqlite3.Error) as error:
        fault = str(error)
    if fault:
        raise StoreError("HELSE_STORE", f"{path} cannot be used as a store: {fault}")
    engine = sa.create_engine(
        f"sqlite:///{path}",
        # Closing the last connection writes the file, so they are kept open.
        poolclass=sa.pool.QueuePool,
        connect_args={"check_same_thread": False, "timeout": SECONDS_TO_WAIT},
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", overwrite_what_goes)
    return engine


def overwrite_what_goes(connection: sqlite3.Connection, *_: object) -> None:
    """Have a connection overwrite all that it deletes or moves.

    SQLite else marks the place as free and leaves the text there. As it moves rows when
    it writes others, each connection that writes has to.
    """
    connection.execute("PRAGMA secure_delete=ON")


def postgresql_engine(url: str) -> sa.engine.Engine:
    """Return connections to a PostgreSQL database.

    Raises:
        StoreError: It cannot be reached, or does not let this server in.
    """
    engine = sa.create_engine(
        url,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_SECONDS_TO_ANSWER,
        pool_pre_ping=True,
        connect_args=_POSTGRESQL,
        hide_parameters=True,
    )
    try:
        with engine.connect():
            return engine
    except SQLAlchemyError as error:
        raise StoreError(
            "HELSE_DATABASE",
            f"no connection ({kind_of(error)}): see that PostgreSQL runs at that host "
            "and port, and that it knows user, password and database",
        ) from error


def kind_of(error: SQLAlchemyError) -> str:
    """Return what the driver calls an error, whose words may quote a password."""
    return type(getattr(error, "orig", error)).__name__


def fault_of(connection: sqlite3.Connection) -> str:
    """Return what is wrong inside an SQLite file; empty where nothing is."""
    (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if told == "ok" else f"it is damaged ({str(told).splitlines()[-1]})"


@contextlib.contextmanager
def served_alone(path: Path) -> Iterator[None]:
    """Keep other servers away from an SQLite file; other programs may use it.

    Raises:
        StoreError: Another server has it.
    """
    claim = path.with_name(f"{path.name}.served")
    with claim.open("a") as file:
        _claim(file, path)
        _overwrite_leftovers(path)
        yield


def _overwrite_leftovers(path: Path) -> None:
    """Write a file anew, once, that older versions may have left text in."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version >= _OVERWRITES:
            return
        try:
            connection.execute("VACUUM")
            connection.execute(f"PRAGMA user_version={_OVERWRITES}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            # It takes as much room again as the file has.
            logger.warning("Old text stays in the file until the next start: %s", error)


def _claim(file: IO[str], path: Path) -> None:
    try:
        # The system lets go of it with the process, however that ends.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StoreError(
            "HELSE_STORE",
            f"another server has {path}: stop it, name another file, or let several "
            "servers share a PostgreSQL database by HELSE_DATABASE",
        ) from error


def keep_to_the_owner(file: Path) -> None:
    """Take a file of this user's away from all others."""
    status = file.stat()
    if status.st_mode & 0o077 and status.st_uid == os.geteuid():
        file.chmod(_FOR_THE_OWNER)
