"""How conversations went."""

import dataclasses

from trials.reply import Reply
from trials.scripts.script import Check, Conversation, Turn

PROMISE = "promise"


@dataclasses.dataclass(frozen=True)
class Failure:
    """One thing that did not hold.

    Attributes:
        field: The field that asked for it, or `PROMISE` for what always must hold.
        line: The line of the file, from 1.
        text: What was expected and what came; perhaps several lines.
    """

    field: str
    line: int
    text: str


@dataclasses.dataclass(frozen=True)
class TurnResult:
    """How one turn went.

    Attributes:
        turn: What was said and expected.
        reply: What came; None when the server gave no reply.
        failures: What did not hold.
        seconds: From the message to the reply.
        error: Why there was no reply; empty when there was.
    """

    turn: Turn
    reply: Reply | None
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether there was a reply and all held."""
        return not self.failures and not self.error

    @property
    def broken_promises(self) -> list[Failure]:
        """What always must hold, and did not."""
        return [each for each in self.failures if each.field == PROMISE]

    def held(self, check: Check) -> bool:
        """Tell whether one of the turn's checks held."""
        return all(
            (each.field, each.line) != (check.field, check.line)
            for each in self.failures
        )


@dataclasses.dataclass(frozen=True)
class Result:
    """How one conversation went.

    Attributes:
        conversation: What was to be said.
        turns: How each turn went; after one without a reply there are no more.
    """

    conversation: Conversation
    turns: tuple[TurnResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every turn passed."""
        return all(turn.passed for turn in self.turns)

    @property
    def error(self) -> str:
        """Why a turn had no reply; empty when all had."""
        return next((turn.error for turn in self.turns if turn.error), "")

    @property
    def seconds(self) -> float:
        """How long the server took for all replies."""
        return sum(turn.seconds for turn in self.turns)
