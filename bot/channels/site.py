"""The page at the root, the one for frames, and their files."""

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.embed import PATH, render_embedded
from bot.channels.page import Page
from bot.channels.templates import PAGE_DIR
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES

# The others are what the pages are made of.
_FILES = ("page.css", "page.js", "embed.css", "embed.js", "favicon.svg")


class Site:
    """What the content makes of the page and of the widget.

    Attributes:
        widget: The widget.
    """

    def __init__(self, knowledge: KnowledgeBase, contact: str, kept_days: int) -> None:
        """Make it, as for a `Page`."""
        page = Page(knowledge, contact, kept_days)
        self._rendered: dict[str | None, str] = {
            language: page.render(language) for language in LANGUAGES
        }
        self.widget = page.widget
        self._embedded = render_embedded(knowledge, contact, self.widget)

    def page(self, language: str | None) -> str:
        """Return the page in a language, or in Bokmål if there is no such one."""
        return self._rendered.get(language, self._rendered["nb"])

    def embedded(self, language: str | None) -> str:
        """Return the page for frames, in a language or in Bokmål."""
        return self._embedded.get(language or "", self._embedded["nb"])


def add_site(app: Sanic) -> None:
    """Serve the page, in the language that `?lang=` asks for, and what it loads.

    `app.ctx.site` is what is served; another may take its place.
    """

    @app.route("/", methods=["GET", "HEAD"])
    async def show(request: Request) -> HTTPResponse:
        site: Site = request.app.ctx.site
        return html(site.page(request.args.get("lang")))

    @app.route(PATH, methods=["GET", "HEAD"])
    async def show_embedded(request: Request) -> HTTPResponse:
        site: Site = request.app.ctx.site
        return html(site.embedded(request.args.get("lang")))

    for name in _FILES:
        app.static(f"/page/{name}", PAGE_DIR / name, name=name)
