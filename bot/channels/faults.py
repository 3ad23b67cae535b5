"""What goes wrong over HTTP: one shape of error for all of it.

    {"error": {"code": "too_long", "message": "…"}}

The codes stand in docs/http-api.md; messages are for developers, in English.
"""

from typing import Any

from sanic.exceptions import (
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    SanicException,
)
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

_CODES: dict[type[SanicException], str] = {
    NotFound: "not_found",
    MethodNotSupported: "method_not_allowed",
    PayloadTooLarge: "too_large",
    InvalidUsage: "invalid_request",
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


def no_answer() -> Fault:
    """Return the fault of an assistant that says nothing."""
    return Fault(
        500,
        "no_answer",
        "The assistant failed to answer. Send it again; the server's log says why.",
    )


def json_body(request: Request) -> Any:
    """Return the body of a request, read as JSON.

    Raises:
        Fault: It is not JSON.
    """
    try:
        return request.json
    except InvalidUsage as error:
        raise invalid("The body is not JSON. See docs/http-api.md.") from error


class JsonErrors(ErrorHandler):
    """Answers every exception as a `Fault`; those that nobody foresaw are logged."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        """Return the response to an exception."""
        if isinstance(exception, Fault):
            return exception.response()
        for kind, code in _CODES.items():
            if isinstance(exception, kind):
                fault = Fault(exception.status_code, code, str(exception))
                response = fault.response()
                response.headers.extend(getattr(exception, "headers", {}))
                return response
        self.log(request, exception)
        return Fault(
            getattr(exception, "status_code", 500),
            "internal_error",
            "The server failed. Try again; its log says why.",
        ).response()
