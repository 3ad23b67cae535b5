"""Says why a proposal is refused, in the language of the page."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.console.names import intent_name, topic_name
from bot.console.pages import texts
from bot.staff.proposals.refusals import RefusedError


def told(error: RefusedError) -> str:
    """Return why something cannot be done with a proposal."""
    reasons = texts()["proposals"]["refusals"]
    values = {name: _named(name, str(it)) for name, it in error.values.items()}
    return str(reasons[error.reason].format(**values))


def _named(name: str, value: str) -> str:
    """Return what a value of a refusal is called where people read it."""
    return _NAMED[name](value) if name in _NAMED else value


def _languages(written: str) -> str:
    names: Mapping[str, Any] = texts()["drafts"]["languages"]
    return ", ".join(str(names.get(it, it)) for it in written.split(", "))


_NAMED: Mapping[str, Callable[[str], str]] = {
    "topic": topic_name,
    "intent": intent_name,
    "languages": _languages,
}
