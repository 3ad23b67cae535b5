"""The tables of cases, in which people and the staff talk; beside the conversations."""

import sqlalchemy as sa

from bot.store.staff_tables import METADATA

_SENDER, _MESSAGE = sa.String(255), sa.String(255)

CASES = sa.Table(
    "cases",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", _SENDER, nullable=False),
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
    # Of one conversation one case at a time is not at its end.
    sa.Index(
        "cases_open_once",
        "sender_id",
        unique=True,
        sqlite_where=sa.text("state != 'closed'"),
        postgresql_where=sa.text("state != 'closed'"),
    ),
    sqlite_autoincrement=True,
)
"""Times in which somebody wants a human being, or has one.

What was changed last is `changed_at`, but for who types. `last_line` is the id of the
latest line, or 0.
"""

CASE_LINES = sa.Table(
    "case_lines",
    METADATA,
    # Of one case they count up in the order in which they can be read.
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Integer, nullable=False),
    sa.Column("sender_id", _SENDER, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("code", sa.String(16)),
    sa.Column("message_id", _MESSAGE),
    sa.Column("person", sa.Text),
    sa.Column("name", sa.Text),
    sa.Index("case_lines_by_case", "case_id", "id"),
    sa.Index("case_lines_by_sender", "sender_id", "id"),
    # What is sent twice stands there once.
    sa.Index("case_lines_once", "sender_id", "message_id", unique=True),
    sqlite_autoincrement=True,
)
"""What was said in a case, and what became of it."""

CASE_NOTES = sa.Table(
    "case_notes",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Integer, nullable=False),
    sa.Column("sender_id", _SENDER, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("case_notes_by_case", "case_id"),
    sa.Index("case_notes_by_sender", "sender_id"),
    sqlite_autoincrement=True,
)
"""What the staff note of a case, for each other."""

PRESENCE = sa.Table(
    "staff_presence",
    METADATA,
    sa.Column("person", sa.String(255), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("is_away", sa.Boolean, nullable=False),
)
"""Who of the staff can take a case."""
