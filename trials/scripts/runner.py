"""Runs conversations, several at once, and judges every reply."""

import asyncio
import time
import uuid
from collections.abc import Callable, Sequence

from trials.scripts.checks import failures
from trials.scripts.client import Client, NoReplyError
from trials.scripts.promises import Promises
from trials.scripts.reply import Reply
from trials.scripts.results import PROMISE, Failure, Result, Run, TurnResult
from trials.scripts.script import Conversation, Turn

Listener = Callable[[Result], None]


async def run_all(
    conversations: Sequence[Conversation],
    url: str,
    promises: Promises,
    *,
    jobs: int = 1,
    fail_fast: bool = False,
    listener: Listener = lambda _: None,
) -> Run:
    """Run conversations against a server.

    Args:
        conversations: What to run.
        url: The server's address.
        promises: What every reply is held against.
        jobs: How many are run at once.
        fail_fast: Begin no more once one has failed.
        listener: Is told of each conversation when it is over.

    Raises:
        RunError: The server does not answer.
    """
    began = time.perf_counter()
    results: dict[int, Result] = {}
    waiting = iter(enumerate(conversations))

    async def work(client: Client) -> None:
        for number, conversation in waiting:
            result = await run_one(conversation, client, promises)
            results[number] = result
            listener(result)
            if fail_fast and any(not other.passed for other in results.values()):
                return

    async with Client(url, jobs) as client:
        workers = [asyncio.create_task(work(client)) for _ in range(jobs)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
    return Run(
        results=[results[number] for number in sorted(results)],
        seconds=time.perf_counter() - began,
        not_run=len(conversations) - len(results),
    )


async def run_one(
    conversation: Conversation, client: Client, promises: Promises
) -> Result:
    """Run one conversation, all of it even when a turn fails.

    Raises:
        RunError: The server does not answer.
    """
    sender = f"conversation-{uuid.uuid4().hex}"
    asked = ""
    turns: list[TurnResult] = []
    for turn in conversation.turns:
        asked = f"{asked}\n{turn.user}"
        slots = None if turns else conversation.slots
        began = time.perf_counter()
        try:
            reply = await client.say(sender, turn.user, slots)
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
