"""The tables as version 0.1 had them, made or brought up to date.

Such files bear no number: they have one to four of the tables, and the index or not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_METADATA = sa.MetaData()
sa.Table(
    "events",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
sa.Table(
    "feedback",
    _METADATA,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(64), primary_key=True),
    sa.Column("timestamp", sa.Float, nullable=False),
    sa.Column("rating", sa.String(4), nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
)
_MESSAGES = sa.Table(
    "messages",
    _METADATA,
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("message_id", sa.String(255), nullable=False),
)
sa.Table(
    "standings",
    _METADATA,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("slots", sa.Text, nullable=False),
    sa.Column("said_at", sa.Float),
)


def upgrade() -> None:
    """Make what is missing."""
    connection = op.get_bind()
    _METADATA.create_all(connection)
    _keep_messages_once(connection)


def _keep_messages_once(connection: sa.engine.Connection) -> None:
    """Add the index that the table of messages was once made without."""
    there = {it["name"] for it in sa.inspect(connection).get_indexes("messages")}
    if "messages_once" in there:
        return
    # Sent again after a failure, a message stood there twice.
    latest = sa.select(sa.func.max(_MESSAGES.c.event_id)).group_by(
        _MESSAGES.c.sender_id, _MESSAGES.c.message_id
    )
    connection.execute(_MESSAGES.delete().where(_MESSAGES.c.event_id.not_in(latest)))
    connection.execute(sa.text("DROP INDEX IF EXISTS messages_by_id"))
    op.create_index(
        "messages_once", "messages", ["sender_id", "message_id"], unique=True
    )
