"""Gives every request an id, and counts and logs how it was answered."""

import time
import uuid
import weakref

from sanic import Sanic
from sanic.constants import HTTP_METHODS
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.logs import log_request, request_id
from bot.metrics import Metrics
from bot.receipt import note_receipt

ID_HEADER = "X-Request-Id"
# Of requests that no route was found for.
_NO_ROUTE = "-"


def add_watching(app: Sanic, metrics: Metrics) -> None:
    """Watch the requests of a server.

    Args:
        app: The server.
        metrics: Where they are counted.
    """

    @app.on_request
    async def begin(request: Request) -> None:
        request.ctx.began = note_receipt()
        request.ctx.id = _id_of(request)
        request_id.set(request.ctx.id)
        metrics.begin()
        # Its sender may go before it is answered.
        weakref.finalize(request, metrics.end)

    @app.on_response
    async def end(request: Request, response: HTTPResponse) -> None:
        began = getattr(request.ctx, "began", None)
        if began is None:  # It could not even be read.
            return
        seconds = time.perf_counter() - began
        if code := getattr(request.ctx, "refused", ""):
            metrics.count_refusal(code)
        elif kind := getattr(request.ctx, "kind", ""):
            metrics.count_message(request.ctx.channel, kind, seconds)
        response.headers[ID_HEADER] = request.ctx.id
        log_request(
            method=request.method if request.method in HTTP_METHODS else "-",
            # The pattern of the route: an address may hold anything.
            route=request.uri_template if request.route else _NO_ROUTE,
            status=response.status,
            code=code,
            ms=round(seconds * 1000, 1),
        )


def answered(request: Request, channel: str, kind: str) -> None:
    """Note what kind of reply a message of a channel got."""
    request.ctx.channel, request.ctx.kind = channel, kind


def _id_of(request: Request) -> str:
    """Return the id that a web server in front gave the request, or a new one."""
    given = request.headers.get(ID_HEADER, "")
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())
