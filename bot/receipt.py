"""When the message that is being answered was received."""

import contextvars
import time

_received: contextvars.ContextVar[float | None] = contextvars.ContextVar(
    "received", default=None
)


def note_receipt() -> float:
    """Note that a message has come, and return the moment, in seconds of a clock."""
    now = time.perf_counter()
    _received.set(now)
    return now


def seconds_since_receipt() -> float | None:
    """Return how long ago that is; None outside of any message."""
    received = _received.get()
    return None if received is None else time.perf_counter() - received
