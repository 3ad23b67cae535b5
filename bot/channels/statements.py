"""Renders what the service says of privacy and of accessibility, from the settings."""

import string
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

import yaml

from bot.channels.page import ADDRESSES, LANGUAGE_NAMES, Kind, read_texts
from bot.channels.templates import PAGE_DIR, template
from bot.knowledge import KnowledgeBase
from bot.languages import Language
from bot.links import linked
from bot.settings import Settings

# Whom people can complain to.
_AUTHORITIES = {
    "datatilsynet": "https://www.datatilsynet.no",
    "uutilsynet": "https://www.uutilsynet.no",
}

Words: TypeAlias = list[tuple[str, str | None]]
"""Words of a line, each with the address that it is a link to, if any."""


class Told(NamedTuple):
    """A paragraph of one line, or a list."""

    is_list: bool
    lines: list[Words]


class Statements:
    """The statements of one deployment."""

    def __init__(
        self, knowledge: KnowledgeBase, contact: str, settings: Settings
    ) -> None:
        """Read the template and the texts from `page/`.

        Args:
            knowledge: Names the page.
            contact: Where somebody who wants a human being can turn.
            settings: What the statements tell of.
        """
        self._template = template("statement.html")
        self._knowledge = knowledge
        self._contact = tuple(linked(contact))
        self._settings = settings

    def render(self, kind: Kind, language: Language) -> str:
        """Return a statement as HTML.

        Raises:
            jinja2.UndefinedError: `page/` lacks a text in that language.
            KeyError: `page/statements/` names something that no setting tells.
        """
        texts = read_statements(language)
        statement = texts[kind]
        values = self._values(texts["days"])
        return self._template.render(
            language=language,
            languages=LANGUAGE_NAMES,
            name=self._knowledge.content.title.into(language),
            texts=read_texts(language),
            address=ADDRESSES[kind],
            statements=ADDRESSES,
            contact=self._contact,
            title=statement["title"],
            lead=statement["lead"],
            sections=[
                (section["heading"], list(_told(section["lines"], values)))
                for section in statement["sections"]
            ],
        )

    def _values(self, days: Mapping[str, str]) -> dict[str, Words]:
        """Return what each placeholder stands for; nothing for what is not set."""
        settings = self._settings
        contacts = {
            "contact": settings.contact,
            "privacy_contact": settings.privacy_contact or settings.contact,
            "emergency": settings.emergency,
            "out_of_hours": settings.out_of_hours,
            "helpline": settings.helpline,
        }
        pages = {
            "privacy_url": settings.privacy_url,
            "accessibility_url": settings.accessibility_url,
            **_AUTHORITIES,
        }
        plain = {
            "operator": settings.operator,
            "origins": ", ".join(settings.origins),
            "cases": "on" if settings.cases else "",
            "days": _counted(days, settings.kept_days),
            "audit_days": _counted(days, settings.audit_days),
        }
        return {
            **{
                name: list(linked(value)) if value else []
                for name, value in contacts.items()
            },
            **{name: _page(value) for name, value in pages.items()},
            **{name: [(value, None)] if value else [] for name, value in plain.items()},
        }


def read_statements(language: Language) -> dict[str, Any]:
    """Return what the statements say, as `page/statements/` has it."""
    content = (PAGE_DIR / "statements" / f"{language}.yml").read_text("utf-8")
    texts: dict[str, Any] = yaml.safe_load(content)
    return texts


def _told(lines: list[Any], values: Mapping[str, Words]) -> Iterator[Told]:
    for line in lines:
        if isinstance(line, str):
            yield Told(False, [_filled(line, values)])
        elif "list" in line:
            yield Told(True, [_filled(item, values) for item in line["list"]])
        elif _holds(line, values):
            yield Told(False, [_filled(line["text"], values)])


def _holds(line: Mapping[str, str], values: Mapping[str, Words]) -> bool:
    if "when" in line:
        return bool(values[line["when"]])
    return not values[line["unless"]]


def _filled(line: str, values: Mapping[str, Words]) -> Words:
    words: Words = []
    for text, name, _, _ in string.Formatter().parse(line):
        words.append((text, None))
        words += values[name] if name else []
    return words


def _page(url: str) -> Words:
    return [(url.partition("://")[2], url)] if url else []


def _counted(days: Mapping[str, str], count: int) -> str:
    return days["one" if count == 1 else "many"].format(count=count)
