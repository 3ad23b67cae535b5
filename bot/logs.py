"""Log lines that tell what went wrong and where, and nothing of what people wrote.

Only the project's own lines are written out, as these hold no values that come from
outside. Of others' lines, and of exceptions, the place is told and the kind: their
words may quote a message, an address or a file.
"""

import contextvars
import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any

from bot.settings import LogStyle

REQUESTS = "bot.requests"
"""The logger with a line for each request."""
RASA = "rasa.events"
"""The logger of Rasa's structured lines; their words are constants of Rasa's code."""
request_id: contextvars.ContextVar[str] = contextvars.ContextVar(
    "request_id", default=""
)
"""The id of the request that is being answered; empty outside of any."""

_FIELDS = "fields"


def log_to_stderr(style: LogStyle) -> None:
    """Write log lines from now on: faults, and each request where style is `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    wanted = logging.INFO if style == "json" else logging.WARNING
    logging.getLogger(REQUESTS).setLevel(wanted)
    logging.getLogger("sanic.access").setLevel(logging.CRITICAL)


def log_request(**fields: str | float) -> None:
    """Log that a request was answered, with fields that hold nothing of its content."""
    logging.getLogger(REQUESTS).info("request", extra={_FIELDS: fields})


class PlainLines(logging.Formatter):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where an exception came about."""
        fields = _fields(record)
        moment = f"{fields.pop('time')} {fields.pop('level')} {fields.pop('logger')}"
        where = fields.pop("exception", "")
        told = fields.pop("event")
        rest = "".join(f" {name}={value}" for name, value in fields.items())
        return f"{moment}: {told}{rest}" + (f"\n{where}" if where else "")


class JsonLines(logging.Formatter):
    """Lines for programs: a JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(_fields(record), ensure_ascii=False)


def place_of(error: BaseException) -> str:
    """Return where an exception and its causes came about, and their kinds."""
    return "\n".join(_places(error))


def _places(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    if cause is not None:
        yield from _places(cause)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    fields: dict[str, Any] = {
        "time": f"{moment}.{int(record.msecs):03}Z",
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    if request_id.get():
        fields["request_id"] = request_id.get()
    fields.update(getattr(record, _FIELDS, {}))
    if record.exc_info and record.exc_info[1] is not None:
        fields["exception"] = place_of(record.exc_info[1])
    return fields


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == "bot" or record.name == RASA:
        return record.getMessage()
    return f"{record.module}:{record.lineno}"
