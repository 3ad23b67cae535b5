"""Tells how a conversation went, in plain words."""

import textwrap
from collections.abc import Iterator

from trials.reply import Reply
from trials.scripts.results import PROMISE, Failure, Result, TurnResult
from trials.scripts.script import shown

_PASSED, _FAILED, _BROKEN = "passed", "FAILED", "ERROR"


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
