"""Rasa's REST channel, with every message checked before it is understood."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.cleaning import readable
from bot.channels.faults import invalid, json_body, no_answer
from bot.channels.sessions import WEB_PREFIX
from bot.channels.trace import add_trace
from bot.settings import read_settings

_LONGEST_SENDER = 255


class CheckedRestInput(RestInput):
    """The channel at `/webhooks/rest/`, for tests, `make ask` and the back office.

    There is no log-in.

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
        routes: Blueprint = super().blueprint(on_new_message)

        @routes.middleware("request")
        async def check(request: Request) -> None:
            if request.method == "POST":
                _check(request)

        @routes.middleware("response")
        async def own_up(request: Request, reply: HTTPResponse) -> HTTPResponse | None:
            # Rasa logs what goes wrong inside, and sends an empty list.
            if request.method == "POST" and getattr(reply, "body", None) == b"[]":
                return no_answer().response()
            return None

        add_trace(routes, on_new_message, self._extract_message, self.name())
        return routes

    def _extract_message(self, req: Request) -> str:
        return readable(req.json["message"], read_settings().longest_message)


def _check(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.host:
        # A browser sends a page's messages here too, without asking.
        raise invalid(f"Pages of {origin} cannot use this channel; the widget's can.")
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
    if sender.startswith(WEB_PREFIX):
        raise invalid(
            f"'sender' begins with {WEB_PREFIX}, as the conversations of the web "
            "channel do, which are nobody else's. Choose another."
        )
