"""Tells what is wrong with a reply in the language of the page.

Those who judge replies (`trials/questions/grader.py`, `trials/scripts/checks.py`) say
it in English, and name things by their ids. What is not known here is told as it is.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.console.names import topic_name
from bot.console.pages import texts

# The key of the words, and what a fault of it looks like.
_FAULTS = (
    ("kind", r"kind (?P<came>\w+) instead of (?P<expected>[\w ]+)"),
    ("kind", r"kind: expected (?P<expected>\w+), came (?P<came>\w+)"),
    ("language", r"replied in (?P<came>\w+), asked in (?P<expected>\w+)"),
    ("language", r"language: expected (?P<expected>\w+), came (?P<came>\w+)"),
    (
        "topic",
        r"slot_was_set: last_topic was not set to «(?P<expected>[\w.]+)»; "
        r"it holds «(?P<came>[\w.]+)»",
    ),
    (
        "other_topic",
        r"slot_was_set: last_topic was not set to «(?P<expected>[\w.]+)»; .*",
    ),
    ("lacks", r"lacks \S+|facts_include: missing: .*"),
    ("must_not", r"must not hold \S+"),
    ("unproven", r"no source|quote not in the announcement.*|promise: .*"),
    ("too_long", r"\d+ words, which is more than \d+|max_words: .*"),
    ("no_text", r"no text"),
)
_PATTERNS = [(key, re.compile(pattern, re.DOTALL)) for key, pattern in _FAULTS]


def fault_told(fault: str) -> tuple[str, str]:
    """Return a fault in words, and the English ones where it is not known here."""
    t = texts()["proposals"]
    for key, pattern in _PATTERNS:
        if found := pattern.fullmatch(fault):
            values = {
                name: _named(key, value, t) for name, value in found.groupdict().items()
            }
            return str(t["faults"][key].format(**values)), ""
    return str(t["faults"]["other"]), fault


def _named(key: str, value: str, t: Mapping[str, Any]) -> str:
    """Return what a value of a fault is called; several stand with `or` between."""
    if key in ("topic", "other_topic"):
        return topic_name(value)
    names = t["kinds"] if key == "kind" else texts()["drafts"]["languages"]
    return " / ".join(str(names.get(it, it)) for it in value.split(" or "))
