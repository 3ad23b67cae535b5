"""The names that conversations may use: facts, intents, slots, actions and quotes.

A name that does not exist is a slip of the pen, and one in `slot_was_not_set` would
pass for ever. So it is refused before anything is run.
"""

import dataclasses
from collections.abc import Collection, Iterator
from typing import Any

import yaml
from rasa.shared.core.constants import DEFAULT_ACTION_NAMES

from bot.intents import FALLBACK
from bot.knowledge import load_knowledge
from bot.settings import content_dir
from trials.errors import ScriptError
from trials.scripts.script import Check, Conversation, shown
from trials.scripts.shape import nearest

_DOMAIN = "domain.yml"
_FACT_FILES = "knowledge/facts.yml and knowledge/derived.yml"
_ANNOUNCEMENT = "knowledge/announcement.txt"


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """All names that there are.

    Attributes:
        intents: Intents of domain.yml.
        actions: Custom actions of domain.yml.
        slots: Slots of domain.yml.
        responses: Responses of domain.yml.
        facts: Facts of the knowledge base, the derived ones too.
        announcement: The text that is quoted.
    """

    intents: tuple[str, ...]
    actions: tuple[str, ...]
    slots: tuple[str, ...]
    responses: tuple[str, ...]
    facts: tuple[str, ...]
    announcement: str

    def faults(self, conversation: Conversation) -> list[ScriptError]:
        """Return what a conversation names that there is not."""
        file = shown(conversation.file)
        line = conversation.line
        found = [
            ScriptError(file, line, "fixtures", _no_such("slot", slot, self.slots))
            for slot in conversation.slots
            if slot not in self.slots
        ]
        for turn in conversation.turns:
            for check in turn.checks:
                found += [
                    ScriptError(file, check.line, check.field, reason)
                    for reason in self._reasons(check)
                ]
        return found

    def _reasons(self, check: Check) -> Iterator[str]:
        for what, name, names in self._names_in(check):
            if name not in names:
                yield _no_such(what, name, names)
        if check.field == "source_quotes":
            for quote in check.expected:
                if quote not in self.announcement:
                    yield f"«{quote}» does not stand in {_ANNOUNCEMENT}; copy it there"

    def _names_in(self, check: Check) -> Iterator[tuple[str, str, Collection[str]]]:
        field, expected = check.field, check.expected
        if field in ("facts", "facts_include"):
            for fact in expected:
                yield "fact", fact, self.facts
        elif field in ("slot_was_set", "slot_was_not_set"):
            for slot in expected:
                yield "slot", slot["name"], self.slots
        elif field == "intent":
            yield "intent", expected, (*self.intents, FALLBACK)
        elif field == "action_executed":
            yield "action", expected, (*self.actions, *DEFAULT_ACTION_NAMES)
        elif field in ("bot_uttered", "bot_did_not_utter") and "utter_name" in expected:
            yield "response", expected["utter_name"], self.responses
        elif field == "utter":
            yield "response", expected, self.responses


def load_vocabulary() -> Vocabulary:
    """Return the names of the domain and the knowledge base.

    Raises:
        KnowledgeError: The knowledge base cannot be read.
    """
    domain = yaml.safe_load((content_dir() / _DOMAIN).read_text("utf-8"))
    base = load_knowledge()
    return Vocabulary(
        intents=tuple(map(_name_of, domain["intents"])),
        actions=tuple(domain["actions"]),
        slots=tuple(domain["slots"]),
        responses=tuple(domain.get("responses") or ()),
        facts=(*base.facts, *base.derived),
        announcement=base.announcement,
    )


def _name_of(intent: str | dict[str, Any]) -> str:
    """Return an intent's name; a domain lists it by itself or with its settings."""
    return intent if isinstance(intent, str) else next(iter(intent))


def _no_such(what: str, name: str, names: Collection[str]) -> str:
    if not names:
        return f"domain.yml has no {what} at all, so none named '{name}'; take it out"
    listed = _FACT_FILES if what == "fact" else _DOMAIN
    hint = nearest(name, names)
    return f"there is no {what} '{name}'.{hint} The {what}s are listed in {listed}"
