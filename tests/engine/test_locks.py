"""A conversation says one thing at a time, with Redis or without."""

import asyncio
import time

import pytest
from rasa.core.lock_store import LockStore

from bot.engine import LocalLocks, SharedLocks

# Nothing listens there.
NO_REDIS = "redis://127.0.0.1:1/0"
SECRET = "a secret of some length"


@pytest.fixture(params=["local", "without Redis"])
def locks(request: pytest.FixtureRequest) -> LockStore:
    return LocalLocks() if request.param == "local" else SharedLocks(NO_REDIS, SECRET)


def test_what_waits_for_a_conversation_goes_on_in_order(locks: LockStore) -> None:
    done: list[int] = []

    async def act(number: int) -> None:
        async with locks.lock("kari"):
            await asyncio.sleep(0.001)
            done.append(number)

    async def act_all() -> None:
        await asyncio.gather(*map(act, range(20)))

    asyncio.run(act_all())
    assert done == list(range(20))


def test_one_conversation_does_not_wait_for_another(locks: LockStore) -> None:
    async def act() -> None:
        async with locks.lock("kari"), locks.lock("ola"):
            pass

    asyncio.run(asyncio.wait_for(act(), 5))


def test_a_failure_gives_the_lock_back(locks: LockStore) -> None:
    async def act() -> None:
        with pytest.raises(ValueError, match="it failed"):
            async with locks.lock("kari"):
                raise ValueError("it failed")
        async with locks.lock("kari"):
            pass

    asyncio.run(asyncio.wait_for(act(), 5))


def test_redis_that_is_away_is_not_waited_for_with_every_message() -> None:
    async def act() -> None:
        locks = SharedLocks(NO_REDIS, SECRET)
        for _ in range(200):
            async with locks.lock("kari"):
                pass

    began = time.monotonic()
    asyncio.run(act())
    assert time.monotonic() - began < 2
