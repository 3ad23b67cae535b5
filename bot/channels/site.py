"""The page at the root, and the files of the page and of the widget."""

from pathlib import Path

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html, text

from bot.channels.page import (
    CONTENT_MODULE,
    PAGE_DIR,
    WIDGET_DIR,
    Page,
    content_module,
)
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES

# The others are what the page is made of.
_FILES_OF_THE_PAGE = ("page.css", "page.js", "favicon.svg")


def add_site(app: Sanic, knowledge: KnowledgeBase, page: Page) -> None:
    """Serve the page, in the language that `?lang=` asks for, and what it loads."""
    rendered = {language: page.render(language) for language in LANGUAGES}
    module = content_module(knowledge)

    @app.route("/", methods=["GET", "HEAD"])
    async def show(request: Request) -> HTTPResponse:
        return html(rendered.get(request.args.get("lang"), rendered["nb"]))

    @app.route(f"/widget/{CONTENT_MODULE}", methods=["GET", "HEAD"])
    async def tell_widget(request: Request) -> HTTPResponse:
        return text(module, content_type="text/javascript; charset=utf-8")

    for name in _FILES_OF_THE_PAGE:
        app.static(f"/page/{name}", PAGE_DIR / name, name=name)
    for file in filter(Path.is_file, WIDGET_DIR.iterdir()):
        app.static(f"/widget/{file.name}", file, name=file.name)
