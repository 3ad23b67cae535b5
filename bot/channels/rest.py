"""Rasa's REST channel, with every message checked before it is understood."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import (
    CollectingOutputChannel,
    InputChannel,
    UserMessage,
)
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.bodies import is_somebodys
from bot.channels.faults import invalid, json_body, no_answer
from bot.channels.sessions import WEB_PREFIX
from bot.channels.trace import add_trace
from bot.channels.watching import answered

_LONGEST_SENDER = 255
ORIGIN_HEADER, TEST = "X-Helse-Origin", "test"
"""The header by which a message is marked as a test, and what it then says."""


class CheckedRestInput(InputChannel):
    """The channel at `/webhooks/rest/`, for tests, `make ask` and the back office.

    There is no log-in. Requests and replies are those of Rasa's channel, but it keeps
    no `metadata`, which nothing reads and which may hold anything, and it replies only
    when all is kept: a failure is told, and nothing is sent in parts (`stream`).

    With the header `X-Helse-Origin: test` a message counts as a test, which no figures
    of the staff's tell of: in the tracker its channel is then `test`.

    A message without a word in it, or too long to read, becomes an intent of its own,
    which is answered like any other.

    Beside Rasa's route `webhook` it has `trace` (`bot/channels/trace.py`).
    """

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in addresses and trackers: Rasa's own."""
        return str(RestInput.name())

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[None]]
    ) -> Blueprint:
        """Return Rasa's routes, with the check before them, and the route `trace`."""
        routes = Blueprint("rest")

        @routes.middleware("request")
        async def check(request: Request) -> None:
            if request.method == "POST":
                _check(request)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            return json(await _said(request))

        async def _said(request: Request) -> list[dict[str, Any]]:
            said = CollectingOutputChannel()
            body = request.json
            origin = request.headers.get(ORIGIN_HEADER) or self.name()
            await on_new_message(
                UserMessage(body["message"], said, body["sender"], input_channel=origin)
            )
            replies = list(said.messages)
            kinds = [reply["custom"]["kind"] for reply in replies if "custom" in reply]
            if not kinds:
                raise no_answer()
            answered(request, self.name(), kinds[0])
            return replies

        add_trace(routes, _said)
        return routes


def _check(request: Request) -> None:
    if "origin" in request.headers:
        # A browser sends a page's messages here too, without asking.
        raise invalid("Pages cannot use this channel; the widget has one of its own.")
    if request.headers.get(ORIGIN_HEADER) not in (None, TEST):
        raise invalid(f"{ORIGIN_HEADER} can only be '{TEST}'; leave it out otherwise.")
    body = json_body(request)
    if not isinstance(body, dict):
        raise invalid("The body must be a JSON object with 'sender' and 'message'.")
    if not isinstance(body.get("message"), str):
        raise invalid("'message' is missing or is not a text.")
    sender = body.get("sender")
    if not isinstance(sender, str) or not sender.strip():
        raise invalid(
            "'sender' is missing: choose an id for the conversation and send it."
        )
    if not sender.isprintable():
        raise invalid("'sender' holds characters that cannot be printed.")
    if len(sender) > _LONGEST_SENDER:
        raise invalid(f"'sender' is longer than {_LONGEST_SENDER} characters.")
    if is_somebodys(sender):
        raise invalid(
            "'sender' looks like somebody's number or address: choose another."
        )
    if sender.lower().startswith(WEB_PREFIX):
        raise invalid(
            f"'sender' begins with {WEB_PREFIX}, as the conversations of the web "
            "channel do, which are nobody else's. Choose another."
        )
