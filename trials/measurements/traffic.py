"""Sends messages to a server, by one client or several, and times it."""

import dataclasses
import itertools
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.settings import content_dir
from trials.client import Client
from trials.errors import TrialError
from trials.measurements.resources import processor_seconds
from trials.processes import Process

Turn = tuple[str, str]
# Turns at which the cost is told, and how many turns around each are measured.
TURNS = (5, 50, 200)
_AROUND = 10


@dataclasses.dataclass(frozen=True)
class Load:
    """What some clients at once achieved.

    Attributes:
        rate: Messages with a reply a second.
        processor: Seconds of processor time that all processes used for each.
    """

    rate: float
    processor: float


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


def latencies(url: str, asked: Iterator[Turn]) -> list[float]:
    """Send messages one after another, and return the seconds that each took.

    Raises:
        TrialError: One got no reply.
    """
    client = Client(url)
    return [_timed(client, turn) for turn in asked]


def _timed(client: Client, turn: Turn) -> float:
    began = time.perf_counter()
    if not client.is_answered(*turn):
        raise TrialError(f"there is no reply to «{turn[1]}»")
    return time.perf_counter() - began


def load(
    url: str,
    processes: Sequence[Process],
    conversations: Sequence[Sequence[str]],
    messages: int,
    clients: int,
) -> Load:
    """Send messages by several clients at once, each as fast as it is answered."""
    quotas = [len(range(place, messages, clients)) for place in range(clients)]

    def one(place: int) -> None:
        # Each client begins with another conversation, so that they differ.
        start = place % len(conversations)
        mine = [*conversations[start:], *conversations[:start]]
        latencies(url, turns(mine, quotas[place]))

    used = sum(map(processor_seconds, processes))
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, range(clients)))
    seconds = time.perf_counter() - began
    used = sum(map(processor_seconds, processes)) - used
    return Load(messages / seconds, used / messages)


def turn_costs(
    url: str, processes: Sequence[Process], messages: Sequence[str], talks: int
) -> dict[int, float]:
    """Return the processor seconds of a message at some turns of long conversations.

    Args:
        url: The server.
        processes: Those that make it up.
        messages: What is said, over and over; the first of them where it counts.
        talks: How many conversations are held at once, turn by turn.
    """
    client = Client(url)
    senders = [uuid.uuid4().hex for _ in range(talks)]
    costs: dict[int, float] = {}
    turn = 0
    for told in TURNS:
        first = min(told - _AROUND // 2, max(TURNS) - _AROUND)
        while turn < first:
            _say_to_all(client, senders, messages[turn % len(messages)])
            turn += 1
        used = sum(map(processor_seconds, processes))
        # The same messages each time: some cost more than others.
        for text in messages[:_AROUND]:
            _say_to_all(client, senders, text)
            turn += 1
        used = sum(map(processor_seconds, processes)) - used
        costs[told] = used / (_AROUND * talks)
    return costs


def _say_to_all(client: Client, senders: Sequence[str], text: str) -> None:
    for sender in senders:
        _timed(client, (sender, text))
