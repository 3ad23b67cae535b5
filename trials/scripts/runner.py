"""Holds one conversation with a server, and judges every reply."""

import time
import uuid

from trials.client import Client, NoReplyError
from trials.reply import Reply
from trials.scripts.checks import failures
from trials.scripts.promises import Promises
from trials.scripts.results import PROMISE, Failure, Result, TurnResult
from trials.scripts.script import Conversation, Turn


def hold(conversation: Conversation, client: Client, promises: Promises) -> Result:
    """Hold a conversation, all of it even when a turn fails.

    Args:
        conversation: What is said and expected.
        client: Talks to the server.
        promises: What every reply is held against.

    Raises:
        TrialError: The server does not answer.
    """
    sender = f"conversation-{uuid.uuid4().hex}"
    asked = ""
    turns: list[TurnResult] = []
    for turn in conversation.turns:
        asked = f"{asked}\n{turn.user}"
        slots = None if turns else conversation.slots
        began = time.perf_counter()
        try:
            reply = Reply(**client.trace(sender, turn.user, slots))
        except NoReplyError as error:
            seconds = time.perf_counter() - began
            turns.append(TurnResult(turn, None, seconds=seconds, error=str(error)))
            break
        seconds = time.perf_counter() - began
        found = (*_failures(turn, reply), *_broken(turn, reply, promises, asked))
        turns.append(TurnResult(turn, reply, found, seconds))
    return Result(conversation, tuple(turns))


def _failures(turn: Turn, reply: Reply) -> list[Failure]:
    return [
        Failure(check.field, check.line, text)
        for check in turn.checks
        for text in failures(check, reply)
    ]


def _broken(turn: Turn, reply: Reply, promises: Promises, asked: str) -> list[Failure]:
    return [Failure(PROMISE, turn.line, text) for text in promises.broken(reply, asked)]
