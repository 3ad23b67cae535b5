"""How often a conversation and a network address may ask something of the server."""

import asyncio
import ipaddress
import math
import re
import time
from concurrent.futures import ThreadPoolExecutor

from limits import parse_many
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from bot.channels.faults import Fault
from bot.settings import Settings
from bot.sharing import TIMEOUTS, Outage, hidden

# The part of an IPv6 address that one customer is usually given.
_PREFIX_OF_A_CUSTOMER = 64
_WITH_PORT = re.compile(r"^([0-9.]+|\[.*\]):[0-9]+$")
_REQUESTS_TO_REDIS = 4


class Rates:
    """Counts requests and refuses those that are too many.

    They are counted in this process, or with other servers in Redis; where that is
    away, in this process meanwhile.
    """

    def __init__(self, settings: Settings) -> None:
        """Take the rates of the settings."""
        self._storage = MemoryStorage()  # The limiter itself holds it only weakly.
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._rates = {
            "conversation": parse_many(settings.rate_conversation),
            "opening": parse_many(settings.rate_opening),
            "address": parse_many(settings.rate_address),
            "case": parse_many(settings.rate_cases),
        }
        self._counted: set[tuple[str, str]] = set()
        self._secret = settings.secret
        self._outage = Outage("rates in Redis")
        self._threads = ThreadPoolExecutor(_REQUESTS_TO_REDIS, "rates")
        self._shared: MovingWindowRateLimiter | None = None
        if settings.redis:
            self._shared_storage = RedisStorage(settings.redis, **TIMEOUTS)
            self._shared = MovingWindowRateLimiter(self._shared_storage)

    async def count_address(self, address: str) -> None:
        """Count a request from a network address.

        Raises:
            Fault: There were too many.
        """
        await self._count("address", _customer(address))

    async def count_opening(self, address: str) -> None:
        """Count a conversation that a network address opens.

        Raises:
            Fault: There were too many.
        """
        await self._count("opening", _customer(address))

    async def count_case(self, address: str) -> None:
        """Count a case that a network address opens, or leaves a message in.

        Raises:
            Fault: There were too many.
        """
        await self._count("case", _customer(address))

    async def count_message(self, conversation: str) -> None:
        """Count a message of a conversation.

        Raises:
            Fault: There were too many.
        """
        await self._count("conversation", conversation)

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

    async def _count(self, what: str, who: str) -> None:
        if self._shared is not None and not self._outage.lasts:
            try:
                await asyncio.get_running_loop().run_in_executor(
                    self._threads, self._hit_shared, self._shared, what, who
                )
                return
            except (RedisError, OSError) as error:
                self._outage.begin(error)
        self._counted.add((what, who))
        self._hit(self._limiter, what, who)

    def _hit_shared(
        self, limiter: MovingWindowRateLimiter, what: str, who: str
    ) -> None:
        if self._outage.lasts:  # It began while this waited for a thread.
            raise ConnectionError
        self._hit(limiter, what, hidden(who, self._secret))

    def _hit(self, limiter: MovingWindowRateLimiter, what: str, who: str) -> None:
        for rate in self._rates[what]:
            if not limiter.hit(rate, what, who):
                until, _ = limiter.get_window_stats(rate, what, who)
                # The end of the window is told without its part of a second.
                wait = math.ceil(until - time.time()) + 1
                raise Fault(
                    429,
                    "rate_limited",
                    f"More than {rate} from this {_COUNTED[what]}. Wait, then send it "
                    "again.",
                    retry_after=min(max(1, wait), rate.get_expiry()),
                )


_COUNTED = {
    "conversation": "conversation",
    "opening": "address",
    "address": "address",
    "case": "address",
}


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
