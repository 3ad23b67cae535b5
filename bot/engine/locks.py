"""Lets a conversation say one thing at a time, in one process or in several."""

import asyncio
import contextlib
import weakref
from collections.abc import AsyncIterator

import redis.asyncio
from rasa.core.lock_store import LockStore
from redis.exceptions import LockError, RedisError

from bot.sharing import TIMEOUTS, Outage, hidden

# A message takes milliseconds; whoever is gone holds up others no longer than this.
_SECONDS_HELD = 10
_SECONDS_BETWEEN_TRIES = 0.02


class LocalLocks(LockStore):
    """Locks of one process; whoever came first is first."""

    def __init__(self) -> None:
        """Begin without any."""
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock]
        self._locks = weakref.WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def lock(self, conversation_id: str, *_: float) -> AsyncIterator[None]:
        """Hold the lock of a conversation."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            yield


class SharedLocks(LocalLocks):
    """Locks that several servers share, in Redis.

    They keep messages in order. That nothing gets lost or crossed does not hang on
    them: the store refuses a turn that does not follow on what is kept. So a server
    that cannot reach Redis goes on with locks of its own.
    """

    def __init__(self, url: str, secret: str) -> None:
        """Take the address of Redis, which is reached when first needed.

        Args:
            url: The address.
            secret: Hides the names of conversations there.
        """
        super().__init__()
        self._redis = redis.asyncio.Redis.from_url(url, **TIMEOUTS)
        self._secret = secret
        self._outage = Outage("locks in Redis")

    @contextlib.asynccontextmanager
    async def lock(self, conversation_id: str, *_: float) -> AsyncIterator[None]:
        """Hold the lock of a conversation, here and with the other servers."""
        async with super().lock(conversation_id):
            shared = await self._acquired(conversation_id)
            try:
                yield
            finally:
                if shared is not None:
                    await _release(shared)

    async def _acquired(self, name: str) -> redis.asyncio.lock.Lock | None:
        """Return a lock that is held, or None where Redis does not give one."""
        if self._outage.lasts:
            return None
        lock = self._redis.lock(
            f"lock:{hidden(name, self._secret)}",
            timeout=_SECONDS_HELD,
            sleep=_SECONDS_BETWEEN_TRIES,
            blocking_timeout=_SECONDS_HELD,
        )
        try:
            return lock if await lock.acquire() else None
        except asyncio.CancelledError:
            # Who asked has gone, perhaps just as it was given.
            self._released = asyncio.create_task(_release(lock))
            raise
        except (RedisError, OSError) as error:
            self._outage.begin(error)
            return None


async def _release(lock: redis.asyncio.lock.Lock) -> None:
    """Give a lock back; one that ran out, or went with Redis, need not be."""
    with contextlib.suppress(LockError, RedisError, OSError):
        await lock.release()
