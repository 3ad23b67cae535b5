"""Stops a server when it is told to, with all that it has begun at an end."""

import asyncio
import signal

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse


def stop_gently(app: Sanic, seconds: int, parent: int | None = None) -> None:
    """Have the server stop when it is told to, with what it has begun at an end.

    Args:
        app: The server.
        seconds: For so long after SIGTERM it goes on, but says that it is not ready.
        parent: A pipe that ends with the process that has started this one.
    """

    @app.on_response
    async def let_go(request: Request, response: HTTPResponse) -> None:
        if app.ctx.draining and request.stream is not None:
            request.stream.keep_alive = False

    @app.after_server_start
    async def heed(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        def stop(after: int = 0) -> None:
            if parent is not None:
                # It stays ended, and would be told of for ever.
                loop.remove_reader(parent)
            if after and app.ctx.draining:
                return
            app.ctx.draining = True
            loop.call_later(after, app.stop)

        if parent is not None:
            loop.add_reader(parent, stop)
        loop.add_signal_handler(signal.SIGTERM, stop, seconds)
        loop.add_signal_handler(signal.SIGINT, stop)
