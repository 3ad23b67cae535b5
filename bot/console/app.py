"""Puts the console together: pages, roles, and what guards them."""

import datetime
from collections.abc import Callable

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from bot.console import (
    access,
    audit,
    cases,
    conversations,
    drafts,
    entry,
    faults,
    figures,
    given,
    headers,
    pages,
    proposals,
    provider,
    review,
    settings_page,
)
from bot.console.desk import Desk
from bot.console.provider import OpenId
from bot.console.texts import STAFF_DIR, read_texts
from bot.releases import Releases
from bot.settings import Settings
from bot.staff.assistant import Assistant
from bot.staff.audit import Audit
from bot.staff.links import Links
from bot.staff.settings import StaffSettings
from bot.store import ConversationStore, secret_of

# Each has a module with `blueprint(desk)`; its name is that of its texts.
BLUEPRINTS: tuple[Callable[[Desk], Blueprint], ...] = (
    cases.blueprint,
    drafts.blueprint,
    given.blueprint,
    review.blueprint,
    proposals.blueprint,
    conversations.blueprint,
    figures.blueprint,
    audit.blueprint,
    settings_page.blueprint,
)
# More than any form needs: an e-mail of 5,000 characters in any script.
_LARGEST_BODY = 256 * 1024
LINKS = "links"
"""Where the app keeps what makes links that sign in."""


def create_console(
    settings: Settings, staff: StaffSettings, store: ConversationStore
) -> Flask:
    """Return the console.

    Args:
        settings: The settings of the assistant.
        staff: The settings of the console.
        store: The conversations.
    """
    log = Audit(store.engine)
    assistant = Assistant(settings, release=Releases().latest)
    desk = Desk(settings, staff, store, log, read_texts(), assistant)
    app = Flask("bot.console", root_path=str(STAFF_DIR), static_folder=None)
    desk.put_into(app)
    _configure(app, settings, staff)
    pages.set_up(app)
    headers.refuse_strangers(app, staff)
    access.guard(app)
    CSRFProtect(app)
    faults.add_faults(app)
    headers.add_headers(app, staff)
    links = Links(secret_of(settings), staff.people, desk.audit)
    app.extensions[LINKS] = links
    openid = OpenId(app, staff, staff.provider) if staff.provider else None
    app.register_blueprint(entry.blueprint(desk, links, openid))
    if openid:
        app.register_blueprint(provider.blueprint(desk, openid))
    for page in BLUEPRINTS:
        app.register_blueprint(page(desk))
    return app


def _configure(app: Flask, settings: Settings, staff: StaffSettings) -> None:
    app.config.update(
        SECRET_KEY=secret_of(settings),
        # Browsers send a cookie with this beginning to the host alone that set it.
        SESSION_COOKIE_NAME="__Host-staff" if staff.is_secure else "staff",
        SESSION_COOKIE_SECURE=staff.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        # A provider sends people back from another site, which `Strict` would forget.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(hours=access.HOURS_SIGNED_IN),
        MAX_CONTENT_LENGTH=_LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=_LARGEST_BODY,
        # As long as the session; what is typed slowly must not be turned away.
        WTF_CSRF_TIME_LIMIT=access.HOURS_SIGNED_IN * 60 * 60,
        PREFERRED_URL_SCHEME="https" if staff.is_secure else "http",
    )
