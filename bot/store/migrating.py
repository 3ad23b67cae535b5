"""Brings the tables of a database up to date, whichever version wrote it last."""

import contextlib
import json
from collections.abc import Iterator

import sqlalchemy as sa

from bot.store.tables import EVENTS, MESSAGES
from bot.store.turns import MESSAGE

# The latest of those in migrations/versions/.
HEAD = "0004"
# Lets servers that start at once make the tables one after the other.
_MAKING_TABLES = 1_512_181
_MIGRATIONS = "bot.store:migrations"
# What PostgreSQL has for a migration, and for the lock of a table it changes, which
# messages wait behind.
_LONG, _SHORT = "10min", "5s"


def make_tables(engine: sa.engine.Engine) -> None:
    """Make the tables that are missing, and bring those of older versions up to date.

    Servers of the version before go on working with them.
    """
    with engine.connect() as connection:
        if _is_up_to_date(connection) and not _lacks_messages(connection):
            return
    with _alone(engine) as connection:
        # Another may have done it meanwhile.
        if not _is_up_to_date(connection):
            _upgrade(connection)
        if _lacks_messages(connection):
            _note_messages(connection)


def _is_up_to_date(connection: sa.engine.Connection) -> bool:
    if not sa.inspect(connection).has_table("alembic_version"):
        return False
    written = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
    # A later version has been here, whose tables this one can use.
    return bool((written.scalar() or "") >= HEAD)


@contextlib.contextmanager
def _alone(engine: sa.engine.Engine) -> Iterator[sa.engine.Connection]:
    """Give a connection in a transaction that no other migration runs beside."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for setting in ("statement_timeout", "lock_timeout"):
                connection.execute(sa.text(f"SET LOCAL {setting} = '{_LONG}'"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING_TABLES)))
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_SHORT}'"))
        else:
            # Else Python's driver would begin only after the tables are made.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _upgrade(connection: sa.engine.Connection) -> None:
    # It takes a while to import, and is needed once in a database's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _lacks_messages(connection: sa.engine.Connection) -> bool:
    """Tell whether messages are kept, but not where they stand."""
    if connection.execute(sa.select(MESSAGES.c.event_id).limit(1)).first():
        return False
    said = sa.select(EVENTS.c.id).where(EVENTS.c.type_name == MESSAGE)
    return connection.execute(said.limit(1)).first() is not None


def _note_messages(connection: sa.engine.Connection) -> None:
    """Note where the messages stand that were written before there was a table."""
    said = sa.select(EVENTS).where(EVENTS.c.type_name == MESSAGE)
    places = {}
    for row in connection.execute(said.order_by(EVENTS.c.id)):
        message = json.loads(row.data)["message_id"]
        places[row.sender_id, message] = row.id
    rows = [
        {"event_id": place, "sender_id": sender, "message_id": message}
        for (sender, message), place in places.items()
    ]
    connection.execute(MESSAGES.insert(), rows)
