"""Talks to a server over Rasa's REST channel, and times it."""

import dataclasses
import http.client
import itertools
import json
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from bot.settings import content_dir
from trials.measurements.errors import BenchmarkError
from trials.measurements.processes import LOOPBACK

Turn = tuple[str, str]
_ANSWER_TIMEOUT = 60
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


class Client:
    """One connection to a server, kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(
            LOOPBACK, port, timeout=_ANSWER_TIMEOUT
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def ask(self, turn: Turn) -> bool:
        """Send one message of a conversation, as `say` does.

        Returns:
            Whether an action answered it: the reply holds a payload.
        """
        return any("custom" in part for part in self.say(turn))

    def say(self, turn: Turn) -> list[dict[str, Any]]:
        """Send one message of a conversation, and return the reply's parts.

        Raises:
            OSError: The server cannot be reached.
            BenchmarkError: It gave an error for a reply.
        """
        sender, message = turn
        body = json.dumps({"sender": sender, "message": message}).encode()
        try:
            self._connection.request(
                "POST",
                "/webhooks/rest/webhook",
                body,
                {"Content-Type": "application/json"},
            )
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        if response.status != 200:
            raise BenchmarkError(
                f"the server gave status {response.status} to '{message}': "
                f"{text[:200]!r}"
            )
        reply: list[dict[str, Any]] = json.loads(text)
        return reply


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


def latencies(port: int, asked: Iterator[Turn]) -> tuple[list[float], int]:
    """Send messages one after another.

    Returns:
        The seconds that each took, and how many were answered.
    """
    seconds, answered = [], 0
    with Client(port) as client:
        for turn in asked:
            began = time.perf_counter()
            answered += client.ask(turn)
            seconds.append(time.perf_counter() - began)
    return seconds, answered


def load(
    port: int, conversations: Sequence[Sequence[str]], messages: int, clients: int
) -> Load:
    """Send messages by several clients at once, each as fast as it is answered."""
    quotas = [len(range(place, messages, clients)) for place in range(clients)]
    deadline = time.monotonic() + _LONGEST_LOAD

    def one(place: int) -> tuple[int, int]:
        # Each client begins with another conversation, so that they differ.
        mine = [*conversations[place:], *conversations[:place]]
        answered = sent = 0
        with Client(port) as client:
            for turn in turns(mine, quotas[place]):
                if time.monotonic() > deadline:
                    break
                answered += client.ask(turn)
                sent += 1
        return answered, sent

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        counts = list(pool.map(one, range(clients)))
    seconds = time.perf_counter() - began
    return Load(sum(a for a, _ in counts), sum(s for _, s in counts), seconds)
