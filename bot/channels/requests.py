"""Requests whose headers say plainly where their body ends, and that come in time."""

import re
from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.http import Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

_IN_A_REQUEST = (Stage.REQUEST, Stage.HANDLER, Stage.RESPONSE)
_LENGTH = re.compile(r"[0-9]{1,15}")


class PlainRequest(Request):
    """A request that is refused when the length of its body is not a plain number.

    Sanic 21.12 takes `Content-Length: -5`, and then reads without end.
    """

    def __init__(
        self, url_bytes: bytes, headers: Any, *rest: Any, **named: Any
    ) -> None:
        """Check the headers that the body is read by.

        Raises:
            InvalidUsage: They are not plain.
        """
        super().__init__(url_bytes, headers, *rest, **named)
        length = headers.get("content-length")
        if length is not None and not _LENGTH.fullmatch(length):
            raise InvalidUsage("The header Content-Length is no number.")
        if headers.get("transfer-encoding", "chunked").lower() != "chunked":
            raise InvalidUsage("The header Transfer-Encoding is not chunked.")


class TimelyProtocol(HttpProtocol):
    """Has a request come whole, and answered, in a time that counts from its start.

    Sanic counts anew with every byte, so a request of one byte every other second would
    last as long as its sender likes.
    """

    def data_received(self, data: bytes) -> None:
        """Take more bytes, which give a request that has begun no more time."""
        # The first bytes may come before Sanic has set these.
        http, began = getattr(self, "_http", None), getattr(self, "_time", None)
        super().data_received(data)
        if began is not None and http is not None and http.stage in _IN_A_REQUEST:
            self._time = began
