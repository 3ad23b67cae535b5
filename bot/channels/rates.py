"""How often a conversation and a network address may ask something of the server."""

import ipaddress
import math
import re
import time

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.channels.faults import Fault
from bot.settings import Settings

# The part of an IPv6 address that one customer is usually given.
_PREFIX_OF_A_CUSTOMER = 64
_WITH_PORT = re.compile(r"^([0-9.]+|\[.*\]):[0-9]+$")


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
        self._counted: set[tuple[str, str]] = set()

    def count_address(self, address: str) -> None:
        """Count a request from a network address.

        Raises:
            Fault: There were too many.
        """
        self._count("address", _customer(address))

    def count_message(self, conversation: str) -> None:
        """Count a message of a conversation.

        Raises:
            Fault: There were too many.
        """
        self._count("conversation", conversation)

    def forget(self) -> int:
        """Forget those who have not asked for long, lest they fill the memory.

        Returns:
            How many are still remembered.
        """
        idle = {counted for counted in self._counted if not self._counts(*counted)}
        for what, who in idle:
            for rate in self._rates[what]:
                self._limiter.clear(rate, what, who)
        self._counted -= idle
        return len(self._counted)

    def _counts(self, what: str, who: str) -> bool:
        """Tell whether anything asked of late still counts against somebody."""
        return any(
            self._limiter.get_window_stats(rate, what, who)[1] < rate.amount
            for rate in self._rates[what]
        )

    def _count(self, what: str, who: str) -> None:
        self._counted.add((what, who))
        for rate in self._rates[what]:
            if not self._limiter.hit(rate, what, who):
                until, _ = self._limiter.get_window_stats(rate, what, who)
                # The end of the window is told without its part of a second.
                wait = math.ceil(until - time.time()) + 1
                raise Fault(
                    429,
                    "rate_limited",
                    f"More than {rate} from this {what}. Wait, then send it again.",
                    retry_after=min(max(1, wait), rate.get_expiry()),
                )


def _customer(address: str) -> str:
    """Return what an address has in common with the others of one customer."""
    # Some web servers in front add the port, and set brackets round IPv6.
    bare = _WITH_PORT.sub(r"\1", address).strip("[]")
    try:
        parsed = ipaddress.ip_address(bare)
    except ValueError:  # such as a name
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    network = ipaddress.ip_network((parsed, _PREFIX_OF_A_CUSTOMER), strict=False)
    return str(network.network_address)
