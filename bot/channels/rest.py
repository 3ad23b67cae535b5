"""Rasa's REST channel, with every message checked before it is understood."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answering.question import PERSONAL_NUMBER
from bot.settings import read_settings

EMPTY = "/empty"
TOO_LONG = "/too_long"
_BUTTON = re.compile(r'/ask_topic\{"topic": ?"[a-z_.]{1,60}"\}')
# Eleven digits, the last five perhaps apart: a Norwegian national identity number.
_NUMBER = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")
_LONGEST_SENDER = 255
_NO_ANSWER = "The assistant failed to answer. Send it again; the server's log says why."


class CheckedRestInput(RestInput):
    """The channel at `/webhooks/rest/webhook`.

    A request that is no message gets status 400 and `{"error": …}`. A message without
    a word in it, or too long to read, becomes an intent of its own, which is answered
    like any other.
    """

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in addresses and trackers: Rasa's own."""
        return str(RestInput.name())

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[None]]
    ) -> Blueprint:
        """Return Rasa's routes, with the check before them."""
        routes: Blueprint = super().blueprint(on_new_message)

        @routes.middleware("request")
        async def check(request: Request) -> HTTPResponse | None:
            if request.method != "POST":
                return None
            fault = _fault_of(request)
            return response.json({"error": fault}, status=400) if fault else None

        @routes.middleware("response")
        async def own_up(request: Request, reply: HTTPResponse) -> HTTPResponse | None:
            # Rasa logs what goes wrong inside, and sends an empty list.
            if request.method == "POST" and reply.body == b"[]":
                return response.json({"error": _NO_ANSWER}, status=500)
            return None

        return routes

    def _extract_message(self, req: Request) -> str:
        return readable(req.json["message"], read_settings().longest_message)


def _fault_of(request: Request) -> str | None:
    try:
        body: Any = request.json
    except InvalidUsage:
        return "The body is not JSON. Send an object with 'sender' and 'message'."
    if not isinstance(body, dict):
        return "The body must be a JSON object with 'sender' and 'message'."
    if not isinstance(body.get("message"), str):
        return "'message' is missing or is not a text."
    sender = body.get("sender")
    if not isinstance(sender, str) or not sender.strip():
        return "'sender' is missing: choose an id for the conversation and send it."
    if len(sender) > _LONGEST_SENDER:
        return f"'sender' is longer than {_LONGEST_SENDER} characters."
    return None


def readable(text: str, longest: int) -> str:
    """Return a message as it is to be understood.

    Control characters go out. Only a button's payload may begin with a slash, which
    Rasa takes for a command. Text without a letter or digit becomes `EMPTY`, and text
    of more than `longest` characters `TOO_LONG`. What may be a national identity number
    is left out here already, so that it is neither stored nor said back.
    """
    if _BUTTON.fullmatch(text):
        return text
    text = "".join(
        letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " "
        for letter in text[: longest + 1]
    )
    if len(text) > longest:
        return TOO_LONG
    text = _NUMBER.sub(PERSONAL_NUMBER, text).strip().lstrip("/").strip()
    return text if any(letter.isalnum() for letter in text) else EMPTY
