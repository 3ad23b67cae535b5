"""A staff console for the browser tests, in this process, with a store of its own."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import waitress
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from bot.console.app import LINKS, create_console
from bot.settings import Settings
from bot.staff.settings import StaffSettings, read_staff_settings
from bot.store import ConversationStore
from trials.processes import free_port

from .browsers import note_faults

PEOPLE = "Hanne:handler Halvor:handler Eva:editor Erik:editor Ada:admin"


class Console:
    """A console that is served.

    Attributes:
        url: Its address.
        store: Its store.
    """

    def __init__(self, app: Flask, staff: StaffSettings, store: ConversationStore):
        """Take the app, its settings and its store."""
        self.url = staff.url
        self.store = store
        self._app = app
        self._people = {person.name: person for person in staff.people}

    def open(self, context: BrowserContext, name: str, path: str) -> Page:
        """Sign somebody in, and open a page; what goes wrong in it fails the test."""
        page = context.new_page()
        note_faults(page, self.faults)
        token = self._app.extensions[LINKS].token_for(self._people[name])
        page.goto(f"{self.url}/sign-in/{token}")
        page.locator("main").get_by_role("button").click()
        page.wait_for_load_state()
        page.goto(f"{self.url}{path}")
        return page

    @property
    def faults(self) -> list[str]:
        """What went wrong in its pages so far."""
        faults: list[str] = self._app.extensions.setdefault("faults", [])
        return faults


@contextlib.contextmanager
def console_in(folder: Path, **set_so: Any) -> Iterator[Console]:
    """Serve a console with the store of a folder, which is empty unless it is there.

    Args:
        folder: Where the store is.
        set_so: Settings of the assistant that are not as they are by default.
    """
    port = str(free_port())
    settings = Settings(store=folder / "conversations.db", **set_so)
    staff = read_staff_settings({"HELSE_STAFF": PEOPLE, "STAFF_PORT": port})
    store = ConversationStore.in_file(settings.store)
    app = create_console(settings, staff, store)
    server = waitress.create_server(app, host="127.0.0.1", port=port, threads=4)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    console = Console(app, staff, store)
    yield console
    server.close()
    serving.join(timeout=5)
    store.engine.dispose()
    assert console.faults == []
