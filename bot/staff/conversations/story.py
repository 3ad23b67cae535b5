"""A conversation in the order of what happened: with the robot, and with the staff."""

import dataclasses
import heapq
from collections.abc import Iterable, Sequence

from bot.cases import Line
from bot.staff.conversations.reading import SeenTurn


@dataclasses.dataclass(frozen=True)
class Said:
    """One thing of a conversation.

    Attributes:
        at: When, in seconds since 1970.
        seen: The message and the robot's reply to it; None of what is in a case alone.
        line: The line of a case; None of what was said to the robot.
    """

    at: float
    seen: SeenTurn | None = None
    line: Line | None = None


def story(turns: Iterable[SeenTurn], lines: Sequence[Line]) -> tuple[Said, ...]:
    """Return all that was said, the oldest first.

    Args:
        turns: The turns of the conversation, in order.
        lines: The lines of its cases, in order; the earliest may lack.
    """
    messages = {line.message for line in lines if line.message}
    with_robot = [
        Said(seen.said_at, seen=seen) for seen in turns if seen.turn.id not in messages
    ]
    with_staff = [Said(line.at, line=line) for line in lines]
    return tuple(heapq.merge(with_robot, with_staff, key=lambda it: it.at))
