"""Requests whose headers say plainly where their body ends, and that come in time."""

import re
from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.http import Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

_IN_A_REQUEST = (Stage.REQUEST, Stage.HANDLER, Stage.RESPONSE)
# For the answer that a request took too long.
_SECONDS_TO_SAY_SO = 1
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(r"[0-9]{1,15}")


class PlainRequest(Request):
    """A request that is refused when it is not plain where its body ends.

    Sanic 21.12 takes `Content-Length: -5`, and then reads without end. Of two such
    headers it takes the first; a web server in front that took the other would mix up
    two people's requests.
    """

    def __init__(
        self, url_bytes: bytes, headers: Any, *rest: Any, **named: Any
    ) -> None:
        """Check the headers that the body is read by.

        Raises:
            InvalidUsage: They are not plain.
        """
        super().__init__(url_bytes, headers, *rest, **named)
        if not all(map(_NAME.fullmatch, headers)):
            raise InvalidUsage("A header's name holds what no name may.")
        lengths = headers.getall("content-length", ())
        codings = headers.getall("transfer-encoding", ())
        if len(lengths) + len(codings) > 1:
            raise InvalidUsage("Headers say twice where the body ends.")
        if not all(map(_LENGTH.fullmatch, lengths)):
            raise InvalidUsage("The header Content-Length is no number.")
        if any(coding.lower() != "chunked" for coding in codings):
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

    def check_timeouts(self) -> None:
        """End a request that takes too long.

        Sanic answers it then, but goes on reading a body until it has come whole.
        """
        super().check_timeouts()
        # There is none before the first request has begun.
        http = getattr(self, "_http", None)
        if getattr(http, "exception", None) is not None:
            self.loop.call_later(_SECONDS_TO_SAY_SO, self.abort)
