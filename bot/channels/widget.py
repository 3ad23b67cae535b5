"""The widget as it is served: files whose addresses name their bytes."""

import asyncio
import base64
import dataclasses
import functools
import hashlib
import json
import logging
import re
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.answering.wording import Subject, Wording
from bot.channels.faults import Fault
from bot.errors import ServerError
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES, Language
from bot.settings import PROJECT_DIR
from bot.store import ConversationStore

WIDGET_DIR = PROJECT_DIR / "widget"
MAJOR = "1"
"""The version of what sites rely on: attributes, methods and events."""

FOLLOWED = f"/widget/{MAJOR}/loader.js"
"""Where the loader is for pages that follow the server."""

_BUILT_DIR = WIDGET_DIR / "dist"
# What version 0.1 was embedded by.
_FOLLOWED_IN_0_1 = "/widget/widget.js"
_LENGTH_OF_VERSION = 16
_VERSIONED = re.compile(rf"[0-9a-f]{{{_LENGTH_OF_VERSION}}}/(?:loader|chat)\.js")
_FOR_GOOD = "public, max-age=31536000, immutable"
# Corrections are everywhere after ten minutes; whoever comes later waits for none.
_FOR_A_WHILE = "public, max-age=600, stale-while-revalidate=86400"

_SECONDS = 30  # that a server has to send it

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class WidgetFile:
    """A file of the widget.

    Attributes:
        name: What it is called.
        content: What stands in it.
    """

    name: str
    content: str

    @functools.cached_property
    def path(self) -> str:
        """Where it is below `/widget/`: a version of its own, and its name."""
        digest = hashlib.sha256(self.content.encode()).hexdigest()
        return f"{digest[:_LENGTH_OF_VERSION]}/{self.name}"

    @functools.cached_property
    def integrity(self) -> str:
        """What a page names to have nothing else run (Subresource Integrity)."""
        digest = hashlib.sha384(self.content.encode()).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"


class Widget:
    """What the content makes of the widget.

    Attributes:
        loader: The file that a page names. It has the button, and vouches for the chat.
        chat: The file that the loader loads.
    """

    def __init__(self, knowledge: KnowledgeBase, folder: Path = _BUILT_DIR) -> None:
        """Fill in the built files what the content decides."""
        content = knowledge.content
        titles = {language: content.title.into(language) for language in LANGUAGES}
        said = {
            language: {"title": titles[language], **_told(knowledge, language)}
            for language in LANGUAGES
        }
        self.chat = _filled(folder / "chat.js", "HELSE_CONTENT", said)
        self.loader = _filled(
            folder / "loader.js",
            "HELSE_CONFIG",
            {
                "titles": titles,
                "path": self.chat.path,
                "integrity": self.chat.integrity,
            },
        )

    def keep(self, store: ConversationStore) -> None:
        """Keep the files for pages that name them, when others are served.

        A store that is away is no reason to serve nothing.
        """
        try:
            for file in (self.chat, self.loader):
                store.keep_widget_file(file.path, file.content)
        except SQLAlchemyError:
            logger.exception(
                "The widget %s is not kept: pages that name it lose it when the next "
                "is served",
                self.loader.path,
            )


def served_at(url: str) -> WidgetFile:
    """Return the loader that a server serves, given its address.

    Raises:
        ServerError: It serves none.
    """
    try:
        with urllib.request.urlopen(f"{url}{FOLLOWED}", timeout=_SECONDS) as response:
            return WidgetFile("loader.js", response.read().decode())
    except (OSError, ValueError) as error:
        raise ServerError(
            f"{url} serves no widget ({error}): give the address that people open"
        ) from error


def add_widget(app: Sanic, store: ConversationStore) -> None:
    """Serve the widget of `app.ctx.site`, and all that were served before.

    Args:
        app: The server.
        store: Where those are kept.
    """

    @functools.lru_cache(maxsize=16)
    def kept(path: str) -> str:
        content = store.widget_file(path)
        if content is None:
            raise Fault(404, "not_found", "There is no such version of the widget.")
        return content

    async def send_loader(request: Request) -> HTTPResponse:
        widget: Widget = request.app.ctx.site.widget
        return _response(request, widget.loader, _FOR_A_WHILE)

    for path in (FOLLOWED, _FOLLOWED_IN_0_1):
        app.add_route(send_loader, path, methods=["GET", "HEAD"], name=path)

    @app.route("/widget/<version>/<name>", methods=["GET", "HEAD"])
    async def send_file(request: Request, version: str, name: str) -> HTTPResponse:
        widget: Widget = request.app.ctx.site.widget
        path = f"{version}/{name}"
        for file in (widget.loader, widget.chat):
            if file.path == path:
                return _response(request, file, _FOR_GOOD)
        if not _VERSIONED.fullmatch(path):
            raise Fault(404, "not_found", "There is no such file of the widget.")
        content = await asyncio.to_thread(kept, path)
        return _response(request, WidgetFile(name, content), _FOR_GOOD)


def _told(knowledge: KnowledgeBase, language: Language) -> dict[str, Any]:
    """Return what the chat tells before anything is asked."""
    content, words = knowledge.content, Wording(knowledge, language)
    return {
        "announcement": knowledge.title,
        "status": words.tell(content.status, Subject()).text if content.status else "",
        "starters": [words.ask(topic) for topic in content.starters],
    }


def _filled(file: Path, placeholder: str, value: Mapping[Any, Any]) -> WidgetFile:
    """Return a built file with a value in the place of a string."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    content = file.read_text("utf-8").replace(f'"{placeholder}"', written)
    return WidgetFile(file.name, content)


def _response(request: Request, file: WidgetFile, caching: str) -> HTTPResponse:
    """Return a file, or nothing where the browser has it already."""
    tag = f'"{file.path.split("/")[0]}"'
    # A proxy that compresses weakens the tag.
    known = tag in request.headers.get("if-none-match", "")
    return HTTPResponse(
        None if known else file.content,
        304 if known else 200,
        {"Cache-Control": caching, "ETag": tag},
        "text/javascript; charset=utf-8",
    )
