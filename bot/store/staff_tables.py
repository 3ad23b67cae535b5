"""The tables of the staff, which stand beside those of the conversations."""

import sqlalchemy as sa

METADATA = sa.MetaData()

_SENDER, _MESSAGE = sa.String(255), sa.String(255)

SETTLED = sa.Table(
    "staff_settled",
    METADATA,
    sa.Column("sender_id", _SENDER, primary_key=True),
    sa.Column("message_id", _MESSAGE, primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
"""What was looked at, and what was decided of it."""

MARKS = sa.Table(
    "staff_marks",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", _SENDER, nullable=False),
    sa.Column("message_id", _MESSAGE),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("given_to", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("done_at", sa.Float),
    sa.Index("staff_marks_by_sender", "sender_id"),
    sa.Index("staff_marks_by_holder", "given_to", "done_at"),
    sqlite_autoincrement=True,
)
"""Marks of conversations; one that is given to somebody stands in their queue."""

PROPOSALS = sa.Table(
    "staff_proposals",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", _SENDER),
    sa.Column("message_id", _MESSAGE),
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
"""Changes of what the assistant knows, from the idea to the release."""

AUDIT = sa.Table(
    "staff_audit",
    METADATA,
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
"""Who saw or changed what."""
