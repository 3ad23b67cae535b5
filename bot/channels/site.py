"""The page at the root, and the files of the page and of the widget."""

from pathlib import Path

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.page import PAGE_DIR, WIDGET_DIR, Page
from bot.languages import LANGUAGES

# The others are what the page is made of.
_FILES_OF_THE_PAGE = ("page.css", "page.js", "favicon.svg")


def add_site(app: Sanic, page: Page) -> None:
    """Serve the page, in the language that `?lang=` asks for, and the static files."""
    rendered = {language: page.render(language) for language in LANGUAGES}

    @app.route("/", methods=["GET", "HEAD"])
    async def show(request: Request) -> HTTPResponse:
        return html(rendered.get(request.args.get("lang"), rendered["nb"]))

    for name in _FILES_OF_THE_PAGE:
        app.static(f"/page/{name}", PAGE_DIR / name, name=name)
    for file in filter(Path.is_file, WIDGET_DIR.iterdir()):
        app.static(f"/widget/{file.name}", file, name=file.name)
