"""What is known of each message in columns of its own, and the tables of the staff.

All columns may be empty, as servers of the version before go on writing rows without
them; `bot/store/filling.py` fills those in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_COLUMNS: tuple[tuple[str, sa.types.TypeEngine], ...] = (
    ("said_at", sa.Float()),
    ("text", sa.Text()),
    ("kind", sa.String(32)),
    ("topic", sa.Text()),
    ("intent", sa.Text()),
    ("language", sa.String(32)),
    ("confidence", sa.Float()),
    ("origin", sa.String(255)),
    ("took", sa.Float()),
    ("pressed", sa.Boolean()),
)
_METADATA = sa.MetaData()
_SETTLED = sa.Table(
    "staff_settled",
    _METADATA,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
_MARKS = sa.Table(
    "staff_marks",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("message_id", sa.String(255)),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("given_to", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("done_at", sa.Float),
    sa.Index("staff_marks_by_sender", "sender_id"),
    sa.Index("staff_marks_by_holder", "given_to", "done_at"),
    sqlite_autoincrement=True,
)
_PROPOSALS = sa.Table(
    "staff_proposals",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255)),
    sa.Column("message_id", sa.String(255)),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("approver", sa.Text),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("trial", sa.Text),
    sa.Column("content_before", sa.Text),
    sa.Index("staff_proposals_by_sender", "sender_id"),
    sqlite_autoincrement=True,
)
_AUDIT = sa.Table(
    "staff_audit",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Index("staff_audit_by_time", "at"),
    sqlite_autoincrement=True,
)


def upgrade() -> None:
    """Add the columns, their indexes and the tables."""
    connection = op.get_bind()
    there = {it["name"] for it in sa.inspect(connection).get_columns("messages")}
    for name, kind in _COLUMNS:
        if name not in there:
            op.add_column("messages", sa.Column(name, kind))
    indexes = {it["name"] for it in sa.inspect(connection).get_indexes("messages")}
    for index, columns in (
        ("messages_by_time", ["said_at", "origin", "kind", "took"]),
        ("messages_by_kind", ["kind", "said_at"]),
        ("messages_by_language", ["language"]),
        ("messages_by_origin", ["origin", "said_at"]),
        ("messages_by_sender", ["sender_id", "said_at", "origin", "kind"]),
        (
            "messages_by_what",
            [
                *("kind", "topic", "intent", "pressed"),
                *("language", "origin", "said_at"),
            ],
        ),
    ):
        if index not in indexes:
            op.create_index(index, "messages", columns)
    _METADATA.create_all(connection)
