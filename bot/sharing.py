"""What all that is shared with other servers in Redis has in common."""

import hashlib
import logging
import time

TIMEOUTS = {"socket_timeout": 1, "socket_connect_timeout": 1}
"""Seconds that Redis has to answer, as its client library takes them."""

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


def hidden(name: str, secret: str) -> str:
    """Return what stands in Redis for an address, a conversation or a sender.

    Without the secret nobody can tell for whom, not even by trying all addresses.
    """
    key = secret.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    return hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest()
