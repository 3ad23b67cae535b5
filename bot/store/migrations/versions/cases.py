"""The tables of cases, in which people and the staff talk, and who is present.

Servers of the version before know nothing of them, and go on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_METADATA = sa.MetaData()
sa.Table(
    "cases",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("opened_at", sa.Float, nullable=False),
    sa.Column("waiting_since", sa.Float),
    sa.Column("taken_at", sa.Float),
    sa.Column("taken_by", sa.Text),
    sa.Column("taken_name", sa.Text),
    sa.Column("closed_at", sa.Float),
    sa.Column("closed_by", sa.String(16)),
    sa.Column("reach", sa.Text),
    sa.Column("changed_at", sa.Float, nullable=False),
    sa.Column("last_line", sa.Integer, nullable=False),
    sa.Column("citizen_typed_at", sa.Float),
    sa.Column("staff_typed_at", sa.Float),
    sa.Index("cases_by_sender", "sender_id", "state"),
    sa.Index("cases_by_state", "state", "waiting_since"),
    sa.Index("cases_by_number", "number", unique=True),
    sa.Index("cases_by_time", "opened_at"),
    sa.Index(
        "cases_open_once",
        "sender_id",
        unique=True,
        sqlite_where=sa.text("state != 'closed'"),
        postgresql_where=sa.text("state != 'closed'"),
    ),
    sqlite_autoincrement=True,
)
sa.Table(
    "case_lines",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Integer, nullable=False),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("code", sa.String(16)),
    sa.Column("message_id", sa.String(255)),
    sa.Column("person", sa.Text),
    sa.Column("name", sa.Text),
    sa.Index("case_lines_by_case", "case_id", "id"),
    sa.Index("case_lines_by_sender", "sender_id", "id"),
    sa.Index("case_lines_once", "sender_id", "message_id", unique=True),
    sqlite_autoincrement=True,
)
sa.Table(
    "case_notes",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Integer, nullable=False),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("case_notes_by_case", "case_id"),
    sa.Index("case_notes_by_sender", "sender_id"),
    sqlite_autoincrement=True,
)
sa.Table(
    "staff_presence",
    _METADATA,
    sa.Column("person", sa.String(255), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("is_away", sa.Boolean, nullable=False),
)


def upgrade() -> None:
    """Make the tables."""
    _METADATA.create_all(op.get_bind())
