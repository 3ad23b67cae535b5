"""Tells on the console how conversations went, in plain words."""

import textwrap
from collections.abc import Iterator
from typing import TextIO

from trials.scripts.reply import Reply
from trials.scripts.results import PROMISE, Failure, Result, Run, TurnResult
from trials.scripts.script import shown

_PASSED, _FAILED, _BROKEN = "passed", "FAILED", "ERROR"


class Progress:
    """Writes a line for each conversation that is over, on a terminal only."""

    def __init__(self, stream: TextIO, total: int) -> None:
        """Begin to count.

        Args:
            stream: Where to write.
            total: How many conversations there will be.
        """
        self._stream = stream
        self._total = total
        self._done = 0
        self._shows = stream.isatty()

    def __call__(self, result: Result) -> None:
        """Take note that a conversation is over."""
        self._done += 1
        if self._shows:
            count = f"{self._done:>{len(str(self._total))}}/{self._total}"
            line = f"{count} {outcome(result)} {result.conversation.name}"
            print(line, file=self._stream, flush=True)


def outcome(result: Result) -> str:
    """Return how a conversation went, in one word."""
    if result.passed:
        return _PASSED
    return _BROKEN if result.error else _FAILED


def report(result: Result) -> str:
    """Return what did not hold in a conversation: turn, expected, what came."""
    conversation = result.conversation
    lines = [f"{outcome(result)} {conversation.place} {conversation.name}"]
    for number, turn in enumerate(result.turns, 1):
        if not turn.passed:
            lines += _turn_lines(turn, number, shown(conversation.file))
    return "\n".join(lines)


def _turn_lines(turn: TurnResult, number: int, file: str) -> Iterator[str]:
    yield f"  turn {number}, {file}:{turn.turn.line}: «{turn.turn.user}»"
    if turn.error:
        yield f"    no reply: {turn.error}"
    for failure in turn.failures:
        yield textwrap.indent(failure_text(failure), "    ")
    if turn.reply:
        yield "    the reply was:"
        yield textwrap.indent(_reply_text(turn.reply), "      ")


def failure_text(failure: Failure) -> str:
    """Return what did not hold, with the field and line that asked for it."""
    if failure.field == PROMISE:
        head = "broken promise"
    else:
        head = f"{failure.field} (line {failure.line})"
    if "\n" in failure.text:
        return f"{head}:\n{textwrap.indent(failure.text, '  ')}"
    return f"{head}: {failure.text}"


def _reply_text(reply: Reply) -> str:
    payload = reply.payload
    told = ", ".join(str(payload.get(name)) for name in ("kind", "language", "intent"))
    return f"{reply.text}\n[{told}; facts: {', '.join(reply.facts) or 'none'}]"


def summary(run: Run) -> str:
    """Return how many passed and failed, and in how many seconds."""
    turns = sum(len(result.turns) for result in run.results)
    failed = len(run.failed)
    parts = [f"{len(run.results) - failed} passed"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{run.not_run} not run"] if run.not_run else []
    held = f"{_counted(len(run.results), 'conversation')}, {_counted(turns, 'turn')}"
    return f"{', '.join(parts)}: {held} in {run.seconds:.1f} s"


def _counted(count: int, what: str) -> str:
    return f"{count} {what if count == 1 else f'{what}s'}"
