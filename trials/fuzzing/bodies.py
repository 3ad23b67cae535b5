"""Makes requests with bodies that no client would send, always the same from a seed."""

import json
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bot.knowledge import load_knowledge
from trials.fuzzing.messages import SEED, any_messages

MARK = "Balalaika"
"""Stands in what is sent; nothing that the server logs may hold it."""

_MESSAGES = "/api/conversation/messages"
_FEEDBACK = f"{_MESSAGES}/0f8d2a4c-1/feedback"
_REST = "/webhooks/rest/webhook"
_TRACE = "/webhooks/rest/trace"
_LONGEST_TEXT = 200
_DEPTH = 500
# Slots of domain.yml whose names differ in kind.
_SLOTS = ("language", "last_topic", "facts", "listed", "place_in_list", "no_slot")

Value = Any
Chance = random.Random


class Request(NamedTuple):
    """A request.

    Attributes:
        method: Its method.
        path: Where it goes.
        body: What is sent.
    """

    method: str
    path: str
    body: bytes


def any_requests(count: int, seed: int = SEED) -> Iterator[Request]:
    """Yield requests with a body that was right before it was changed.

    Args:
        count: How many.
        seed: The same seed gives the same requests, but for the ids of messages.
    """
    texts = any_messages(count, _LONGEST_TEXT, seed)
    for number, message in enumerate(texts):
        chance = Chance(f"{seed} request {number}")
        make = chance.choice(_KINDS)
        method, path, body = make(f"{message.text} {MARK}", chance)
        for _ in range(chance.randint(0, 2)):
            body = _changed(body, chance)
        written = json.dumps(body).encode()
        if chance.random() < 1 / 3:
            written = _damaged(written, chance)
        yield Request(method, path, written)


def _text(text: str, _: Chance) -> tuple[str, str, Value]:
    return "POST", _MESSAGES, {"id": str(uuid.uuid4()), "text": text}


def _button(text: str, chance: Chance) -> tuple[str, str, Value]:
    topic = chance.choice(list(load_knowledge().topics))
    payload = chance.choice(
        (f'/ask_topic{{"topic": "{topic}"}}', "/something_else", f"/{text}"[:200])
    )
    return "POST", _MESSAGES, {"id": str(uuid.uuid4()), "button": payload}


def _feedback(text: str, chance: Chance) -> tuple[str, str, Value]:
    rating = chance.choice(("up", "down"))
    return "PUT", _FEEDBACK, {"rating": rating, "comment": text}


def _rest(text: str, chance: Chance) -> tuple[str, str, Value]:
    return "POST", _REST, {"sender": f"odd-{chance.randint(0, 99)}", "message": text}


def _trace(text: str, chance: Chance) -> tuple[str, str, Value]:
    method, _, body = _rest(text, chance)
    slots = {chance.choice(_SLOTS): _odd(chance) for _ in range(chance.randint(0, 2))}
    return method, _TRACE, {**body, "slots": slots}


_KINDS: tuple[Callable[[str, Chance], tuple[str, str, Value]], ...] = (
    _text,
    _button,
    _feedback,
    _rest,
    _trace,
)


def _changed(value: Value, chance: Chance) -> Value:
    """Return a value of JSON with one thing in it changed."""
    if not isinstance(value, dict) or not value or chance.random() < 1 / 10:
        return _odd(chance)
    name = chance.choice(list(value))
    how = chance.choice(("value", "value", "name", "more", "less", "part"))
    if how == "more":
        return {**value, f"{MARK}{chance.randint(0, 9)}": _odd(chance)}
    kept = {key: it for key, it in value.items() if key != name}
    if how == "less":
        return kept
    if how == "name":
        return {**kept, f"{name} ": value[name]}
    part = value[name]
    new = _changed(part, chance) if how == "part" else _odd(chance)
    return {**value, name: new}


def _odd(chance: Chance) -> Value:
    """Return a value that is seldom right anywhere."""
    nested: Value = MARK
    for _ in range(chance.choice((1, _DEPTH))):
        nested = chance.choice(([nested], {MARK: nested}))
    return chance.choice(
        (
            *(None, True, 0, -1, 10**30, 1e308, float("nan"), "", " ", MARK),
            *("\0", "\ud800", f"\u200b/{MARK}", f"/{MARK}" * 20, MARK * 500),
            *([], {}, [MARK, None, {}], {"text": MARK}, nested),
        )
    )


def _damaged(body: bytes, chance: Chance) -> bytes:
    """Return bytes with some of them changed, so that they may be no JSON at all."""
    place, other = chance.randint(0, len(body)), chance.randint(0, len(body))
    start, end = sorted((place, other))
    return chance.choice(
        (
            body[:start],
            body[:start] + body[end:],
            body[:end] + body[start:],
            body[:place] + bytes([chance.randint(0, 255)]) + body[place + 1 :],
            body[:place] + chance.randbytes(8) + body[place:],
            chance.randbytes(len(body)),
        )
    )
