"""Sends messages to a server, one at a time or by several clients, and times it."""

import dataclasses
import itertools
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.settings import content_dir
from trials.client import Client

Turn = tuple[str, str]
# The clients stop after this many seconds, however many messages are left.
_LONGEST_LOAD = 240


@dataclasses.dataclass(frozen=True)
class Load:
    """What several clients at once achieved.

    Attributes:
        answered: Messages that got a reply with a payload.
        sent: Messages that were sent.
        seconds: From the first message to the last reply.
    """

    answered: int
    sent: int
    seconds: float

    @property
    def rate(self) -> float:
        """Messages with a reply per second."""
        return self.answered / self.seconds


def read_conversations(path: Path | None = None) -> list[list[str]]:
    """Return the conversations of a file: blocks of lines, one message a line.

    Args:
        path: The file; that of the content in force when left out.
    """
    path = path or content_dir() / "tests" / "questions" / "benchmark.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line.strip() for line in lines if not line.startswith("#")]
    blocks = itertools.groupby(kept, key=bool)
    return [list(block) for filled, block in blocks if filled]


def turns(conversations: Sequence[Sequence[str]], messages: int) -> Iterator[Turn]:
    """Yield this many messages of conversations, each with a sender of its own."""

    def endless() -> Iterator[Turn]:
        for conversation in itertools.cycle(conversations):
            sender = uuid.uuid4().hex
            yield from ((sender, message) for message in conversation)

    return itertools.islice(endless(), messages)


def latencies(url: str, asked: Iterator[Turn]) -> tuple[list[float], int]:
    """Send messages one after another.

    Returns:
        The seconds that each took, and how many were answered.
    """
    seconds, answered = [], 0
    client = Client(url)
    for turn in asked:
        began = time.perf_counter()
        answered += client.is_answered(*turn)
        seconds.append(time.perf_counter() - began)
    return seconds, answered


def load(
    url: str, conversations: Sequence[Sequence[str]], messages: int, clients: int
) -> Load:
    """Send messages by several clients at once, each as fast as it is answered."""
    quotas = [len(range(place, messages, clients)) for place in range(clients)]
    deadline = time.monotonic() + _LONGEST_LOAD

    def one(place: int) -> tuple[int, int]:
        # Each client begins with another conversation, so that they differ.
        mine = [*conversations[place:], *conversations[:place]]
        answered = sent = 0
        client = Client(url)
        for turn in turns(mine, quotas[place]):
            if time.monotonic() > deadline:
                break
            answered += client.is_answered(*turn)
            sent += 1
        return answered, sent

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        counts = list(pool.map(one, range(clients)))
    seconds = time.perf_counter() - began
    return Load(sum(a for a, _ in counts), sum(s for _, s in counts), seconds)
