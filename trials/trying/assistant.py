"""The assistant of a content and a model in this process, asked as over REST."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.trace import traced
from bot.engine import LocalLocks
from bot.renewal import load
from bot.settings import Settings
from bot.store import ConversationStore
from trials.client import Client, Part

_CHANNEL = "test"


class LocalAssistant(Client):
    """Answers what a client would send to a server, without HTTP."""

    def __init__(self, model: Path, store: Path) -> None:
        """Load the content in force with a model.

        Args:
            model: The file of the model.
            store: An SQLite file for what is said.
        """
        super().__init__("http://in-this-process")
        self._loop = asyncio.new_event_loop()
        self._store = ConversationStore.in_file(store)
        served = load(Settings(), model, self._store, LocalLocks(), None)
        self._agent = served.agent

    def say(self, sender: str, message: str) -> list[Part]:
        """Send a message in a conversation, and return the parts of the reply."""
        return self._loop.run_until_complete(self._answer(sender, message))

    def trace(
        self, sender: str, message: str, slots: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Send a message, and return `messages`, `events` and `slots` of the turn."""
        return self._loop.run_until_complete(
            traced(
                self._agent,
                sender,
                dict(slots or {}),
                lambda: self._answer(sender, message),
            )
        )

    def close(self) -> None:
        """Let go of what runs it."""
        self._loop.close()
        self._store.engine.dispose()

    async def _answer(self, sender: str, message: str) -> list[Part]:
        said = CollectingOutputChannel()
        await self._agent.handle_message(
            UserMessage(message, said, sender, input_channel=_CHANNEL)
        )
        parts: list[Part] = list(said.messages)
        return parts
