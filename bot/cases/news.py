"""Tells those who listen that something new is in their case, however it came there.

Each process looks into the database by itself, while anybody listens: so news get from
any process to any other, the console among them, with nothing but the database between.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.cases.cases import Cases
from bot.cases.records import CLOSED, WAITING, case_of
from bot.store.case_tables import CASES

_SECONDS_BETWEEN_LOOKS = 0.25
_THREADS = 2
# Somebody has the chat in a few windows; more than that is none of theirs.
_MOST_OF_ONE = 4

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Listener:
    """Somebody who waits for news of one conversation.

    Attributes:
        news: Is set when there are any, or when this is over.
        is_over: Whether it has to end.
    """

    def __init__(self) -> None:
        """Begin without news."""
        self.news = asyncio.Event()
        self.is_over = False

    def end(self) -> None:
        """Have it end."""
        self.is_over = True
        self.news.set()


class News:
    """Looks for what is new, and wakes those who listen for it."""

    def __init__(self, cases: Cases, is_ending: Callable[[], bool]) -> None:
        """Take what is looked into.

        Args:
            cases: The cases.
            is_ending: Tells whether the server stops, so that all who listen end.
        """
        self._cases = cases
        self._is_ending = is_ending
        self._listeners: dict[str, list[Listener]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(_THREADS, "cases")

    @property
    def number(self) -> int:
        """How many listen."""
        return sum(map(len, self._listeners.values()))

    async def apart(self, work: Callable[..., Result], *given: Any) -> Result:
        """Have something read or written while the server goes on."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, work, *given)

    @contextlib.contextmanager
    def listening(self, sender: str) -> Iterator[Listener]:
        """Give a listener for a conversation; of too many the oldest one ends."""
        listener = Listener()
        of_one = self._listeners.setdefault(sender, [])
        of_one.append(listener)
        if len(of_one) > _MOST_OF_ONE:
            of_one.pop(0).end()
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield listener
        finally:
            if listener in of_one:
                of_one.remove(listener)
            if not of_one and self._listeners.get(sender) is of_one:
                del self._listeners[sender]

    async def _look(self) -> None:
        """Look for news again and again, as long as anybody listens."""
        known: dict[str, Any] | None = None
        while self._listeners:
            if self._is_ending():
                self._end_all()
                return
            try:
                found: dict[str, Any] | None = await self.apart(self._standing)
            except SQLAlchemyError as error:
                # Those who listen find out, and are told when they come again.
                logger.warning("No news of cases: %s", type(error).__name__)
                found = None
            if found != known:
                self._wake(known, found)
            known = found
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def _wake(self, known: dict[str, Any] | None, found: dict[str, Any] | None) -> None:
        """Wake those for whom something has changed."""
        # What was new before the first look is known to nobody.
        every_one = not known or not found or known[""] != found[""]
        for sender, listeners in self._listeners.items():
            if every_one or (known or {}).get(sender) != (found or {}).get(sender):
                for listener in listeners:
                    listener.news.set()

    def _end_all(self) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.end()

    def _standing(self) -> dict[str, Any]:
        """Return how each open case stands by its conversation; "" is for all."""
        open_ones = sa.select(CASES).where(CASES.c.state != CLOSED)
        in_order = open_ones.order_by(CASES.c.waiting_since, CASES.c.id)
        place = 0
        reach = self._cases.reach()
        found: dict[str, Any] = {"": (reach.state, reach.opens_at)}
        now = time.time()
        with self._cases.engine.connect() as connection:
            for row in connection.execute(in_order):
                case = case_of(row, now)
                place += case.state == WAITING
                found[case.sender_id] = (
                    *(case.id, case.state, case.last_line, case.taken_by),
                    *(case.staff_types, case.reach != ""),
                    place if case.state == WAITING else None,
                )
        return found
