"""What every page of the console works with."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app

from bot.settings import Settings
from bot.staff.audit import Audit
from bot.staff.settings import StaffSettings
from bot.store import ConversationStore

_NAME = "desk"


@dataclasses.dataclass(frozen=True)
class Desk:
    """What every page works with.

    Attributes:
        settings: The settings of the assistant.
        staff: The settings of the console.
        store: The conversations, and what the staff keep beside them.
        audit: The audit log.
        texts: What the pages say, by language.
    """

    settings: Settings
    staff: StaffSettings
    store: ConversationStore
    audit: Audit
    texts: Mapping[str, Mapping[str, Any]]

    @classmethod
    def in_use(cls) -> "Desk":
        """Return the desk of the app that answers the request."""
        return cls.of(current_app)

    @classmethod
    def of(cls, app: Flask) -> "Desk":
        """Return the desk of an app."""
        desk: Desk = app.extensions[_NAME]
        return desk

    def put_into(self, app: Flask) -> None:
        """Make this the desk of an app."""
        app.extensions[_NAME] = self
