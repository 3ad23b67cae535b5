"""The assistant in this process: what it replies, and how long that takes."""

from __future__ import annotations

import asyncio
import functools
import gc
import itertools
import time
from collections.abc import Iterable
from typing import Any

from bot.quiet import silence_third_parties
from trials.errors import TrialError
from trials.fuzzing.messages import Odd

_CONVERSATION = "odd"
# A cache of so many entries or more keeps what stood in messages.
_LEAST_OF_MESSAGES = 64


class InProcess:
    """The assistant as it is served, without HTTP and without a store on disk."""

    def __init__(self) -> None:
        """Load the model, which is trained first where there is none."""
        silence_third_parties()
        from bot.engine import LightAgent
        from bot.knowledge import load_knowledge
        from bot.renewal import intake_for
        from bot.settings import LONGEST_SETTING, Settings
        from bot.training import trained

        self._loop = asyncio.new_event_loop()
        intake = intake_for(Settings(longest_message=LONGEST_SETTING), load_knowledge())
        self._agent = LightAgent(trained(print), intake)
        self._numbers = itertools.count()
        # What is made when it is first wanted, with its caches.
        self.reply("a")
        self._caches = _caches_of_messages()

    def reply(self, text: str, conversation: str = "") -> list[Any]:
        """Return the messages that come back for a text.

        Args:
            text: What somebody writes.
            conversation: Its id; a new one when left out.
        """
        sender = conversation or f"{_CONVERSATION} {next(self._numbers)}"
        handling = self._agent.handle_text(text, sender_id=sender)
        return list(self._loop.run_until_complete(handling) or ())

    def cost(self, text: str) -> float:
        """Return the seconds of processor time that a text takes."""
        begin = time.process_time()
        self.reply(text)
        return time.process_time() - begin

    def forget(self) -> None:
        """Empty the caches that keep what stood in messages, but for spaCy's."""
        for cache in self._caches:
            cache.cache_clear()

    def close(self) -> None:
        """Let go of what runs it."""
        self._loop.close()


def _caches_of_messages() -> list[Any]:
    kind = type(functools.lru_cache(str))
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, kind)
        and each.__module__.startswith("bot.")
        and (each.cache_parameters()["maxsize"] or 0) >= _LEAST_OF_MESSAGES
    ]


def without_one_reply(assistant: InProcess, messages: Iterable[Odd]) -> list[Odd]:
    """Return the messages for which not exactly one payload comes back.

    Raises:
        TrialError: One could not be answered at all; the message says which.
    """
    failed = []
    for message in messages:
        try:
            said = assistant.reply(message.text)
        except Exception as error:
            text = message.text.encode("unicode_escape").decode()
            raise TrialError(f"{message.kind}: '{text}': {error!r}") from error
        if sum("custom" in each for each in said) != 1:
            failed.append(message)
    return failed
