"""What a server goes on without for a while, when it cannot be reached."""

import logging
import time

# Whoever is away is not waited for with every message.
_SECONDS = 2

logger = logging.getLogger(__name__)


class Outage:
    """Remembers that something was away a moment ago."""

    def __init__(self, what: str) -> None:
        """Take the name of what may be away, for the log."""
        self._what = what
        self._until = 0.0

    @property
    def lasts(self) -> bool:
        """Whether it is too early to try again."""
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        """Note that it is away, and say so in the log."""
        self._until = time.monotonic() + _SECONDS
        logger.warning("%s: away (%s)", self._what, type(error).__name__)
