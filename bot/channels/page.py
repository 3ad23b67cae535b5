"""Renders the web page that shows the announcement, with the chat beside it."""

import itertools
from typing import Any, Literal, TypeAlias

import yaml

from bot.answering.wording import Subject, Wording
from bot.channels.announcement import ShownBlock, shown_blocks
from bot.channels.templates import PAGE_DIR, template
from bot.channels.widget import Widget
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES, Language
from bot.links import linked

Kind: TypeAlias = Literal["privacy", "accessibility"]
"""What a statement is about."""

ADDRESSES: dict[Kind, str] = {
    "privacy": "/personvern",
    "accessibility": "/tilgjengelighet",
}
"""Where each statement is; `?lang=` asks for a language."""

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
# Roles of the layout that share one element with their neighbours.
_ELEMENTS = {"item": "list", "photo": "figure", "caption": "figure"}


class Page:
    """The page at `/`. It is the same for everybody, but for the language.

    Attributes:
        widget: The chat beside the announcement.
    """

    def __init__(self, knowledge: KnowledgeBase, contact: str, kept_days: int) -> None:
        """Read the template and its texts from `page/`.

        Args:
            knowledge: What is shown.
            contact: Where somebody who wants a human being can turn.
            kept_days: Days that a conversation is kept after its last message.
        """
        self._template = template("index.html")
        self.widget = Widget(knowledge)
        self._knowledge = knowledge
        self._texts = {language: read_texts(language) for language in LANGUAGES}
        blocks = shown_blocks(knowledge)
        self._has_photo = any(block.role == "photo" for block in blocks)
        self._the_same_in_all = {
            "languages": LANGUAGE_NAMES,
            "address": "/",
            "statements": ADDRESSES,
            "title": knowledge.title,
            "parts": _parts(blocks),
            "contact": tuple(linked(contact)),
            "kept_days": kept_days,
            "widget": self.widget,
        }

    def render(self, language: Language) -> str:
        """Return the page as HTML, in a language but for the announcement itself.

        Raises:
            jinja2.UndefinedError: `page/texts/` lacks a text in that language.
        """
        content = self._knowledge.content
        texts = self._texts[language]
        status = self._tell(content.status, language)
        told = [texts["status"], status, texts["changed"] if status else ""]
        told += [texts["original"], texts["no_photo"] if self._has_photo else ""]
        return self._template.render(
            self._the_same_in_all,
            language=language,
            name=content.title.into(language),
            texts=texts,
            told=[sentence for sentence in told if sentence],
            origin=self._tell(content.origin, language),
        )

    def _tell(self, topic: str | None, language: Language) -> str:
        if topic is None:
            return ""
        return Wording(self._knowledge, language).tell(topic, Subject()).text


def read_texts(language: Language) -> dict[str, Any]:
    """Return what the page says around the announcement, as `page/texts/` has it."""
    content = (PAGE_DIR / "texts" / f"{language}.yml").read_text("utf-8")
    texts: dict[str, Any] = yaml.safe_load(content)
    return texts


def _parts(blocks: list[ShownBlock]) -> list[tuple[str, list[ShownBlock]]]:
    """Return the blocks, those together that stand in one element."""

    def element(block: ShownBlock) -> str:
        return _ELEMENTS.get(block.role, block.role)

    return [
        (name, list(members)) for name, members in itertools.groupby(blocks, element)
    ]
