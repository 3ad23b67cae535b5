"""The browsers that the tests run in: how they start, and what one of them lacks."""

import base64
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Route,
)

# The same as in the Makefile, which installs the first of each where there is none.
CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FIREFOX = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
)
# Keep the browser from calling its maker, and let it run in a container.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Playwright turns off most of what Firefox sends by itself; this is the rest.
FIREFOX_PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "app.update.service.enabled": False,
    "browser.region.network.url": "",
    "browser.region.update.enabled": False,
    "browser.safebrowsing.provider.google4.updateURL": "",
    "browser.safebrowsing.provider.mozilla.updateURL": "",
    "captivedetect.canonicalURL": "",
    "datareporting.policy.firstRunURL": "",
    # A test may read what was copied.
    "dom.events.testing.asyncClipboard": True,
    "dom.push.connection.enabled": False,
    "dom.push.serverURL": "",
    "extensions.blocklist.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "media.gmp-manager.url": "",
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.trr.mode": 5,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
    "toolkit.telemetry.unified": False,
    # What new_context(reduced_motion="reduce") does in Chromium.
    "ui.prefersReducedMotion": 1,
}
# Whatever is left reaches nobody but this machine: nothing listens at port 9.
NOWHERE = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1,localhost"}
# What Playwright cannot do in Firefox, which it drives by WebDriver BiDi; a test that
# needs it is marked `needs`, and is skipped there.
LACKING_IN_FIREFOX = {
    "colour schemes": "shows no other colour scheme than the machine's",
    "forced colours": "shows no forced colours",
    "no scripts": "runs the scripts of every page",
    "offline": "cannot be taken off the net",
    "print": "shows no page as it is printed",
}
# For the tests of both.
SCHEMES = [
    "light",
    pytest.param("dark", marks=pytest.mark.needs("colour schemes")),
]
# For a picture in Firefox, Playwright adds this style, which the page's policy refuses.
PICTURE_STYLE = base64.b64encode(hashlib.sha256(b"body {}").digest()).decode()
# Where what is saved comes.
DOWNLOADS = tempfile.TemporaryDirectory(prefix="downloads-")
SECONDS_TO_SAVE = 15
# Remembers what is sent, as Firefox does not tell Playwright.
NOTE_BODIES = """(() => {
  const send = window.fetch;
  window.sentBodies = {};
  window.fetch = function (address, options) {
    window.sentBodies[new URL(address, location)] = options?.body;
    return send.apply(this, arguments);
  };
})()"""


def path_of(name: str) -> str:
    """Return the program of one of the machine's own browsers."""
    names = CHROMIUM if name == "chromium" else FIREFOX
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, f"there is no {name.title()} on this machine: run make browser"
    return path


def launch(playwright: Playwright, name: str) -> Browser:
    """Start one of the machine's own browsers, without a window."""
    path = path_of(name)
    if name == "chromium":
        return playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=path,
        downloads_path=DOWNLOADS.name,
        firefox_user_prefs=FIREFOX_PREFERENCES,
        proxy=NOWHERE,
    )


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """Return a browser that has seen nothing yet, in Norwegian."""
    context = browser.new_context(**{"locale": "nb-NO", **options})
    if browser.browser_type.name == "firefox":
        context.add_init_script(NOTE_BODIES)
    return context


def let_read_clipboard(context: BrowserContext) -> None:
    """Let pages read what was copied, as a setting of Firefox does for all."""
    if context.browser.browser_type.name == "chromium":
        context.grant_permissions(["clipboard-read", "clipboard-write"])


def note_faults(page: Page, faults: list[str]) -> None:
    """Note the exceptions of a page, and what it reports to the console as errors."""

    def note(fault: str) -> None:
        if PICTURE_STYLE not in fault:
            faults.append(fault)

    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda said: said.type == "error" and note(said.text))


def saved(page: Page, save: Callable[[], None]) -> tuple[str, str]:
    """Let a page save a file, and return its name and text.

    Playwright hears nothing of a file that a page in Firefox made up itself.
    """
    if page.context.browser.browser_type.name == "chromium":
        with page.expect_download() as download:
            save()
        file = download.value
        return file.suggested_filename, file.path().read_text("utf-8")
    folder = Path(DOWNLOADS.name)
    before = set(folder.iterdir())
    save()
    deadline = time.monotonic() + SECONDS_TO_SAVE
    while time.monotonic() < deadline:
        for path in set(folder.iterdir()) - before:
            if path.suffix != ".part" and path.stat().st_size:
                return path.name, path.read_text("utf-8")
        page.wait_for_timeout(50)
    raise AssertionError("no file was saved")


def body_of(route: Route) -> Any:
    """Return the JSON that a page sends; its context is one of `new_context`."""
    return json.loads(_text_of(route))


def fetch(route: Route) -> APIResponse:
    """Let the server have what a page sends, and return what it answers."""
    return route.fetch(post_data=_text_of(route))


def _text_of(route: Route) -> str:
    request = route.request
    if request.post_data is not None:
        return request.post_data
    noted: str = request.frame.evaluate("(url) => window.sentBodies[url]", request.url)
    return noted
