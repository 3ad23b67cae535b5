"""How often a conversation and a network address may ask something of the server."""

import ipaddress
import math
import time

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.channels.faults import Fault
from bot.settings import Settings

# The part of an IPv6 address that one customer is usually given.
_PREFIX_OF_A_CUSTOMER = 64


class Rates:
    """Counts requests in this process and refuses those that are too many."""

    def __init__(self, settings: Settings) -> None:
        """Take the rates of the settings."""
        self._storage = MemoryStorage()  # The limiter itself holds it only weakly.
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._rates = {
            "conversation": parse_many(settings.rate_conversation),
            "address": parse_many(settings.rate_address),
        }

    def count_address(self, address: str) -> None:
        """Count a request from a network address.

        Raises:
            Fault: There were too many.
        """
        try:
            # Sanic sets brackets round an IPv6 address out of X-Forwarded-For.
            parsed = ipaddress.ip_address(address.strip("[]"))
        except ValueError:  # such as a name that a web server in front has given
            self._count("address", address)
            return
        if parsed.version == 6:
            network = ipaddress.ip_network((parsed, _PREFIX_OF_A_CUSTOMER), False)
            address = str(network.network_address)
        self._count("address", address)

    def count_message(self, conversation: str) -> None:
        """Count a message of a conversation.

        Raises:
            Fault: There were too many.
        """
        self._count("conversation", conversation)

    def _count(self, what: str, who: str) -> None:
        for rate in self._rates[what]:
            if not self._limiter.hit(rate, what, who):
                until, _ = self._limiter.get_window_stats(rate, what, who)
                raise Fault(
                    429,
                    "rate_limited",
                    f"More than {rate} from this {what}. Wait, then send it again.",
                    retry_after=max(1, math.ceil(until - time.time())),
                )
