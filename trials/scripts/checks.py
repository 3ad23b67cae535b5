"""How each field of a conversation is checked.

A check gets what the file holds and the reply, and yields a line for whatever is wrong.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from trials.reply import Reply
from trials.scripts.differences import (
    closest,
    quoted,
    set_difference,
    text_difference,
    told,
)
from trials.scripts.script import Check

Slots = Sequence[Mapping[str, Any]]
# What Rasa runs around every turn; it tells nothing about the reply.
BOOKKEEPING = ("action_session_start", "action_listen")
_UTTERANCE = ("utter_name", "text_matches", "buttons")


def failures(check: Check, reply: Reply) -> list[str]:
    """Return what is wrong with a reply by one check; nothing when it holds."""
    return list(_CHECKS[check.field](check.expected, reply))


def _bot(expected: str, reply: Reply) -> Iterator[str]:
    if expected.strip() not in [text.strip() for text in reply.texts]:
        yield text_difference(expected, closest(expected, reply.texts))


def _utter(expected: str, reply: Reply) -> Iterator[str]:
    if expected not in reply.responses:
        yield f"the response {expected} was not uttered, but {quoted(reply.responses)}"


def _bot_uttered(expected: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    name, pattern, buttons = map(expected.get, _UTTERANCE)
    if name is not None:
        yield from _utter(name, reply)
    if pattern is not None and not _match(pattern, reply.texts):
        yield f"no text matches {told(pattern)}"
    if buttons is not None and not _has_buttons(buttons, reply):
        yield (
            f"buttons expected: {quoted(map(_label, buttons))}\n"
            f"buttons that came: {quoted(map(_label, reply.buttons))}"
        )


def _bot_did_not_utter(expected: Mapping[str, Any], reply: Reply) -> Iterator[str]:
    name, pattern, buttons = map(expected.get, _UTTERANCE)
    if name is not None and name in reply.responses:
        yield f"the response {name} was uttered"
    found = _match(pattern, reply.texts) if pattern is not None else None
    if found:
        yield f"the text holds {told(found.group())}, which matches {told(pattern)}"
    if buttons is not None and _has_buttons(buttons, reply):
        yield f"there are just these buttons: {quoted(map(_label, buttons))}"


def _match(pattern: str, texts: list[str]) -> re.Match[str] | None:
    return next(filter(None, (re.search(pattern, text) for text in texts)), None)


def _has_buttons(expected: Sequence[Mapping[str, str]], reply: Reply) -> bool:
    """Tell whether some message has just these buttons, in this order."""
    return any(
        len(came) == len(expected)
        and all(
            one.items() <= other.items()
            for one, other in zip(expected, came, strict=True)
        )
        for came in (message.get("buttons") or () for message in reply.messages)
    )


def _label(button: Mapping[str, str]) -> str:
    return " ".join(filter(None, (button["title"], button.get("payload"))))


def _slot_was_set(expected: Slots, reply: Reply) -> Iterator[str]:
    for slot in expected:
        came = reply.values_set(slot["name"])
        value = reply.slots.get(slot["name"])
        now = "nothing" if value is None else told(value)
        if "value" not in slot and not came:
            yield f"{slot['name']} was not set; it holds {now}"
        elif "value" in slot and slot["value"] not in came:
            yield f"{slot['name']} was not set to {told(slot['value'])}; it holds {now}"


def _slot_was_not_set(expected: Slots, reply: Reply) -> Iterator[str]:
    for slot in expected:
        came = reply.values_set(slot["name"])
        if slot["value"] in came if "value" in slot else came:
            yield f"{slot['name']} was set to {told(came[-1])}"


def _action_executed(expected: str, reply: Reply) -> Iterator[str]:
    if expected not in reply.actions:
        ran = [name for name in reply.actions if name not in BOOKKEEPING]
        yield f"{expected} did not run, but {', '.join(ran) or 'nothing'}"


def _equal(field: str) -> Callable[[str, Reply], Iterator[str]]:
    def check(expected: str, reply: Reply) -> Iterator[str]:
        came = reply.payload.get(field)
        if came != expected:
            yield f"expected {expected}, came {came}"

    return check


def _facts(expected: Sequence[str], reply: Reply) -> Iterator[str]:
    difference = set_difference(expected, reply.facts)
    if difference:
        yield difference


def _facts_include(expected: Sequence[str], reply: Reply) -> Iterator[str]:
    missing = [fact for fact in expected if fact not in reply.facts]
    if missing:
        stated = ", ".join(reply.facts) or "none"
        yield f"missing: {', '.join(missing)}\nfacts that came: {stated}"


def _source_quotes(expected: Sequence[str], reply: Reply) -> Iterator[str]:
    came = [source.get("quote", "") for source in reply.sources]
    for quote in expected:
        if not any(quote in other for other in came):
            yield f"not among the sources: {told(quote)}\nsources: {quoted(came)}"


def _any_of(expected: Sequence[Any], reply: Reply) -> Iterator[str]:
    if not any(_stands_in(wording, reply.text) for wording in expected):
        wordings = [w if isinstance(w, str) else w["text_matches"] for w in expected]
        yield f"none of {quoted(wordings)} stands in the text"


def _stands_in(wording: str | Mapping[str, str], text: str) -> bool:
    if isinstance(wording, str):
        return _folded(wording) in _folded(text)
    return bool(re.search(wording["text_matches"], text))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _max_words(expected: int, reply: Reply) -> Iterator[str]:
    words = len(reply.text.split())
    if words > expected:
        yield f"the text has {words} words, and may have {expected}"


_CHECKS: dict[str, Callable[[Any, Reply], Iterator[str]]] = {
    "bot": _bot,
    "utter": _utter,
    "bot_uttered": _bot_uttered,
    "bot_did_not_utter": _bot_did_not_utter,
    "slot_was_set": _slot_was_set,
    "slot_was_not_set": _slot_was_not_set,
    "action_executed": _action_executed,
    "kind": _equal("kind"),
    "language": _equal("language"),
    "intent": _equal("intent"),
    "facts": _facts,
    "facts_include": _facts_include,
    "source_quotes": _source_quotes,
    "any_of": _any_of,
    "max_words": _max_words,
}
