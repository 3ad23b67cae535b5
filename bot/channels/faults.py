"""What goes wrong over HTTP: one shape of error for all of it.

    {"error": {"code": "too_long", "message": "…"}}

The codes stand in docs/http-api.md; messages are for developers, in English.
"""

import logging
import sqlite3
from typing import Any

from sanic.exceptions import (
    HeaderExpectationFailed,
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import Metrics

logger = logging.getLogger(__name__)

_CODES: dict[type[SanicException], str] = {
    NotFound: "not_found",
    MethodNotSupported: "method_not_allowed",
    PayloadTooLarge: "too_large",
    InvalidUsage: "invalid_request",
    HeaderExpectationFailed: "invalid_request",
    # Of a request its head, or else the rest of it, did not come in time.
    RequestTimeout: "too_slow",
    ServiceUnavailable: "too_slow",
}


class Fault(Exception):  # noqa: N818 - it is an answer, and no failure of the server
    """A request cannot be met; who sent it is told why and what to do."""

    def __init__(
        self, status: int, code: str, message: str, retry_after: int | None = None
    ) -> None:
        """Describe the fault.

        Args:
            status: The HTTP status.
            code: What a program goes by.
            message: What a developer reads.
            retry_after: Seconds to wait before the request can be met.
        """
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> HTTPResponse:
        """Return the fault as JSON."""
        error: dict[str, str | int] = {"code": self.code, "message": self.message}
        headers = {}
        if self.retry_after is not None:
            error["retry_after"] = self.retry_after
            headers["Retry-After"] = str(self.retry_after)
        return json({"error": error}, self.status, headers)


def invalid(message: str) -> Fault:
    """Return the fault of a request that is not what it should be."""
    return Fault(400, "invalid_request", message)


def too_long(longest: int) -> Fault:
    """Return the fault of a text that has more characters than are read."""
    return Fault(
        400, "too_long", f"'text' is longer than {longest} characters: shorten it."
    )


def no_answer() -> Fault:
    """Return the fault of an assistant that says nothing."""
    return Fault(
        500,
        "no_answer",
        "The assistant failed to answer. Send it again; the server's log says why.",
    )


def not_stored() -> Fault:
    """Return the fault of a store that cannot keep what was said."""
    return Fault(
        503,
        "not_stored",
        "It could not be stored, so it was not answered. Send it again.",
        retry_after=1,
    )


def json_body(request: Request) -> Any:
    """Return the body of a request, read as JSON.

    Raises:
        Fault: It is not JSON.
    """
    try:
        # Sanic's parser makes letters that there are not of bytes that are no UTF-8.
        request.body.decode("utf-8")
        return request.json
    except (InvalidUsage, UnicodeDecodeError) as error:
        raise invalid("The body is not JSON in UTF-8. See docs/http-api.md.") from error


class JsonErrors(ErrorHandler):
    """Answers every exception as a `Fault`; those that nobody foresaw are logged."""

    def __init__(self, metrics: Metrics) -> None:
        """Take what failures of the store are counted by."""
        super().__init__()
        self._metrics = metrics

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Return the response to an exception."""
        fault = self._fault_of(exception)
        if request is not None:
            request.ctx.refused = fault.code
        response = fault.response()
        response.headers.extend(getattr(exception, "headers", {}))
        return response

    def _fault_of(self, exception: Exception) -> Fault:
        if isinstance(exception, Fault):
            return exception
        for kind, code in _CODES.items():
            if isinstance(exception, kind):
                return Fault(exception.status_code, code, str(exception))
        if isinstance(exception, (SQLAlchemyError, sqlite3.Error)):
            self._metrics.count_store_error("conversations")
            logger.error("Nothing was stored", exc_info=exception)
            return not_stored()
        logger.error("A request failed", exc_info=exception)
        return Fault(
            getattr(exception, "status_code", 500),
            "internal_error",
            "The server failed. Try again; its log says why.",
        )
