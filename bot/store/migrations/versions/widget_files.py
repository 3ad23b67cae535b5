"""A table for the files of the widget that were served."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_METADATA = sa.MetaData()
sa.Table(
    "widget_files",
    _METADATA,
    sa.Column("path", sa.String(64), primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("served_at", sa.Float, nullable=False),
)


def upgrade() -> None:
    """Make the table."""
    _METADATA.create_all(op.get_bind())
