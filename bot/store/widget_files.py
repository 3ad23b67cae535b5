"""The files of the widget that were ever served, for pages that name a version."""

import contextlib
import time

import sqlalchemy as sa

METADATA = sa.MetaData()
WIDGET_FILES = sa.Table(
    "widget_files",
    METADATA,
    sa.Column("path", sa.String(64), primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("served_at", sa.Float, nullable=False),
)
"""By version and name; nobody wrote them, and they say nothing of anybody."""


class WidgetFiles:
    """Keeps the files of the widget.

    Attributes:
        engine: The connections to the database.
    """

    engine: sa.engine.Engine

    def keep_widget_file(self, path: str, content: str) -> None:
        """Keep a file, unless it is kept already."""
        row = {"path": path, "content": content, "served_at": time.time()}
        # Another server may keep it meanwhile.
        with contextlib.suppress(sa.exc.IntegrityError):
            if self.widget_file(path) is None:
                with self.engine.begin() as connection:
                    connection.execute(WIDGET_FILES.insert(), row)

    def widget_file(self, path: str) -> str | None:
        """Return what stands in a file, or None where it was never served."""
        found = sa.select(WIDGET_FILES.c.content).where(WIDGET_FILES.c.path == path)
        with self.engine.connect() as connection:
            content: str | None = connection.execute(found).scalar()
        return content
