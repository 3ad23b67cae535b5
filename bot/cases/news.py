"""Tells those who listen that something new is in their case, however it came there.

Each process looks into the database by itself, while anybody listens: so news get from
any process to any other, the console among them, with nothing but the database between.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.cases.cases import Cases
from bot.cases.views import Standings

_SECONDS_BETWEEN_LOOKS = 0.25
_THREADS = 2
# Somebody has the chat in a few windows; more than that is none of theirs.
_MOST_OF_ONE = 4

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Listener:
    """Somebody who waits for news of one conversation.

    Attributes:
        told: How all stands, as they were told last (`standing_of`); news are what
            differs from it. None before the first time.
        news: Is set when there are any, or when this is over.
        found: How all stands by the look that found the news, if one did.
        is_over: Whether it has to end.
    """

    def __init__(self) -> None:
        """Begin without news."""
        self.told: tuple[Any, Any] | None = None
        self.news = asyncio.Event()
        self.found: Standings | None = None
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
        while self._listeners:
            if self._is_ending():
                self._end_all()
                return
            try:
                self._wake(await self.apart(self._cases.standings))
            except SQLAlchemyError as error:
                # Those who listen find out, and are told when they come again.
                logger.warning("No news of cases: %s", type(error).__name__)
                self._wake(None)
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def _wake(self, found: Standings | None) -> None:
        """Wake those who were told something else."""
        for sender, listeners in self._listeners.items():
            standing = found and found.of(sender)
            for listener in listeners:
                if listener.told is not None and listener.told != standing:
                    listener.found = found
                    listener.news.set()

    def _end_all(self) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.end()
