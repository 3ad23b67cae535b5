"""The pages, and their files."""

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.announcement import Announcement
from bot.channels.embed import PATH as EMBEDDED
from bot.channels.embed import render_embedded
from bot.channels.page import ADDRESSES, Page
from bot.channels.statements import Statements
from bot.channels.templates import PAGE_DIR
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from bot.settings import Settings

# The others are what the pages are made of.
_FILES = ("page.css", "page.js", "embed.css", "embed.js", "favicon.svg")


class Site:
    """What the content makes of the page and of the widget.

    Attributes:
        announcement: What the API tells of the announcement.
        widget: The widget.
    """

    def __init__(
        self, knowledge: KnowledgeBase, contact: str, settings: Settings
    ) -> None:
        """Make it.

        Args:
            knowledge: What is shown.
            contact: Where somebody who wants a human being can turn.
            settings: What the statements on privacy and accessibility tell of.
        """
        page = Page(knowledge, contact, settings.kept_days)
        statements = Statements(knowledge, contact, settings)
        embedded = render_embedded(knowledge, contact, page.widget)
        # By address and language.
        self._rendered: dict[tuple[str, str], str] = {}
        for language in LANGUAGES:
            self._rendered["/", language] = page.render(language)
            self._rendered[EMBEDDED, language] = embedded[language]
            for kind, address in ADDRESSES.items():
                self._rendered[address, language] = statements.render(kind, language)
        self.announcement = Announcement(knowledge)
        self.widget = page.widget

    def page(self, address: str, language: str | None) -> str:
        """Return a page in a language, or in Bokmål if there is no such one."""
        found = self._rendered.get((address, language or ""))
        return found or self._rendered[address, "nb"]


def add_site(app: Sanic) -> None:
    """Serve the pages, in the language that `?lang=` asks for, and what they load.

    `app.ctx.site` is what is served; another may take its place.
    """

    async def show(request: Request) -> HTTPResponse:
        site: Site = request.app.ctx.site
        address = request.path.rstrip("/") or "/"
        page = site.page(address, request.args.get("lang"))
        return html(page, headers={"Cache-Control": "no-cache"})

    for name, address in [("page", "/"), ("embedded", EMBEDDED), *ADDRESSES.items()]:
        app.add_route(show, address, methods=["GET", "HEAD"], name=name)

    for name in _FILES:
        app.static(f"/page/{name}", PAGE_DIR / name, name=name)
