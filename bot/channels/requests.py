"""Requests whose headers can be trusted to say where their body ends."""

import re
from typing import Any

from sanic.exceptions import InvalidUsage
from sanic.request import Request

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
