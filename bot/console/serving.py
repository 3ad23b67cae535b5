"""Serves the console until the process is told to stop."""

import contextlib
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator

import waitress

from bot.console.access import sorted_roles
from bot.console.app import LINKS, create_console
from bot.listening import socket_at
from bot.logs import log_to_stderr
from bot.server import open_store
from bot.settings import Settings
from bot.staff.links import MINUTES, Links, link_to
from bot.staff.settings import StaffSettings

# Ten people, some of whom wait for a draft or a chart.
_THREADS = 8
# What the app itself turns away, with a page that says why, is a little smaller.
_LARGEST_REQUEST = 2 * 1024 * 1024


def serve(
    settings: Settings, staff: StaffSettings, say: Callable[[str], None]
) -> None:
    """Serve the console.

    Args:
        settings: The settings of the assistant.
        staff: The settings of the console.
        say: Is given each line that is printed at the start.

    Raises:
        PortError: The port cannot be listened on.
        ConfigError: A setting cannot be used.
    """
    log_to_stderr(settings.log)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    store = open_store(settings)
    # Of what an older server has written, where no newer one runs that would do it.
    threading.Thread(target=store.fill_in, daemon=True).start()
    app = create_console(settings, staff, store)
    listening = socket_at(
        staff.host, staff.port, "HELSE_STAFF_HOST", "make staff STAFF_PORT=5016"
    )
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=_THREADS,
        max_request_body_size=_LARGEST_REQUEST,
        url_scheme="https" if staff.is_secure else "http",
        ident="",
    )
    # Waitress lets the threads finish what they answer, and ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    for line in greeting(staff, app.extensions[LINKS]):
        say(line)
    with contextlib.closing(server):
        server.run()


def greeting(staff: StaffSettings, links: Links) -> Iterator[str]:
    """Yield what is printed at the start: where the console is, and the way in."""
    yield f"Ready: open {staff.url} (Ctrl-C stops it)."
    if staff.provider:
        yield f"People sign in at {staff.provider.issuer}."
        return
    yield (
        f"A link signs in once, within {MINUTES} minutes. A new one: "
        'python -m bot.cli sign-in "NAME"'
    )
    for person in staff.people:
        roles = ", ".join(sorted_roles(person.roles))
        yield f"  {person.name} ({roles}): {link_to(staff, links.token_for(person))}"
