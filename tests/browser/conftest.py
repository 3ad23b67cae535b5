"""A real browser, and pages that fail the test when something went wrong in them."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    sync_playwright,
)
from rest_client import Server

from bot.channels.widget import Widget
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR

from .browsers import LACKING_IN_FIREFOX, launch, new_context, note_faults

SCREENSHOTS = PROJECT_DIR / "reports" / "screenshots"
OpenPage = Callable[..., Page]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a browser in both, but for what is marked `chromium_alone`."""
    if "browser" not in metafunc.fixturenames:
        return
    alone = metafunc.definition.get_closest_marker("chromium_alone")
    names = ["chromium"] if alone else ["chromium", "firefox"]
    metafunc.parametrize("browser", names, indirect=True, scope="package")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip in Firefox what is marked to need something that is lacking there."""
    for item in items:
        needs = [mark.args[0] for mark in item.iter_markers("needs")]
        lacking = [LACKING_IN_FIREFOX[need] for need in needs]
        if lacking and item.callspec.params["browser"] == "firefox":
            item.add_marker(pytest.mark.skip(f"Firefox {lacking[0]}"))


# No wider than this folder: while Playwright runs, no other event loop can.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(
    playwright: Playwright, request: pytest.FixtureRequest
) -> Iterator[Browser]:
    """One of the machine's own browsers, without a window."""
    running = launch(playwright, request.param)
    yield running
    running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has seen nothing yet, in Norwegian, for a common screen."""
    made = new_context(
        browser, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, server: Server) -> Iterator[OpenPage]:
    """Opens an address of the server, or a whole one; faults in a page fail the test.

    Faults are exceptions, what the page reports to the console, and requests to a site
    that is neither the server nor the page's own.
    """
    faults: list[str] = []

    def open_page(address: str = "/") -> Page:
        page = context.new_page()
        url = address if "://" in address else f"{server.url}{address}"
        own = {urlsplit(server.url).netloc, urlsplit(url).netloc}
        note_faults(page, faults)
        page.on(
            "request",
            lambda request: (
                urlsplit(request.url).netloc in {*own, ""}
                or faults.append(f"a request to {request.url}")
            ),
        )
        page.goto(url)
        return page

    open_page.faults = faults
    yield open_page
    assert faults == []


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, as on another desk."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def shoot(browser: Browser) -> Callable[[Page, str], None]:
    """Keeps a picture of a page in a folder of the browser's."""
    folder = SCREENSHOTS / browser.browser_type.name

    def shoot(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")

    return shoot


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word about each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="package")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder whose pages a site of another origin serves."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def embedding_site(server: Server, other_site: str, site_folder: Path) -> Iterator[str]:
    """A site of another origin with the sample pages, which embed the widget."""
    folder = site_folder
    loader = Widget(load_knowledge()).loader
    for sample in (Path(__file__).parent / "other_site").iterdir():
        content = sample.read_text("utf-8")
        for written, meant in (
            ("https://assistent.example.org", server.url),
            ("VERSION/loader.js", loader.path),
            ("INTEGRITY", loader.integrity),
        ):
            content = content.replace(written, meant)
        (folder / sample.name).write_text(content, "utf-8")
    host = urlsplit(other_site)
    site = http.server.ThreadingHTTPServer(
        (host.hostname, host.port), functools.partial(QuietFiles, directory=folder)
    )
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield other_site
    site.shutdown()
