"""The page for sites that embed the chat in a frame: the chat alone, filling it."""

from bot.channels.page import read_texts
from bot.channels.templates import template
from bot.channels.widget import Widget
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from bot.links import linked

PATH = "/embed"
"""Where it is. Sites of `HELSE_ORIGINS` may frame this page, and no other."""


def render_embedded(
    knowledge: KnowledgeBase, contact: str, widget: Widget
) -> dict[str, str]:
    """Return the page by language.

    Args:
        knowledge: Names the page.
        contact: Where somebody can turn when the chat does not load.
        widget: The chat.
    """
    page = template("embed.html")
    return {
        language: page.render(
            language=language,
            name=knowledge.content.title.into(language),
            texts=read_texts(language),
            contact=tuple(linked(contact)),
            widget=widget,
        )
        for language in LANGUAGES
    }
