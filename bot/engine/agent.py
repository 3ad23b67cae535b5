"""Loads a model into an agent: Rasa's, with the project's parts in place of its own."""

import tarfile
import zlib
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from bot.engine.actions import InProcessActions
from bot.engine.intake import Intake, TakenIn
from bot.engine.locks import LocalLocks
from bot.engine.processor import LightProcessor
from bot.engine.relaying import Relay
from bot.errors import ModelError
from bot.intents import TOO_LONG

# What a file that is cut short, or is no model, leads to while it is read.
_DAMAGED = (
    OSError,
    EOFError,
    tarfile.TarError,
    zlib.error,
    ValueError,
    LookupError,
    AttributeError,
    ImportError,
    RasaException,
)


class LightAgent(Agent):
    """Answers messages, each taken in first, by `LightProcessor`.

    Rasa's agent goes over to a store in memory where the store fails, and so says that
    a message is kept which is not. Here the failure is raised.
    """

    def __init__(
        self,
        model: Path,
        intake: Intake,
        store: TrackerStore | None = None,
        locks: LockStore | None = None,
        actions: EndpointConfig | None = None,
        relay: Relay | None = None,
    ) -> None:
        """Load a model.

        Args:
            model: The file of the model.
            intake: Makes messages of what people send.
            store: Where conversations are kept; in memory when left out.
            locks: Let a conversation say one thing at a time.
            actions: Where the custom actions run; in this process when left out.
            relay: Tells which messages go to a person; none do when left out.

        Raises:
            ModelError: The file is damaged, or no model of this version.
        """
        super().__init__(
            tracker_store=store,
            lock_store=locks or LocalLocks(),
            action_endpoint=actions or InProcessActions(),
        )
        self._intake = intake
        self._relay = relay
        try:
            self.load_model(model)
        except _DAMAGED as error:
            raise ModelError(
                f"{model} cannot be loaded ({type(error).__name__}): delete it, then "
                "start again to have it trained anew"
            ) from error

    def load_model(
        self, model_path: str | Path, fingerprint: str | None = None
    ) -> None:
        """Load a model in the place of any before it."""
        self.processor = LightProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses
        self._set_fingerprint(fingerprint)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer a message of any channel, or hand it to a person who answers."""
        taken_in = self._intake.taken_in(message)
        async with self.lock_store.lock(taken_in.sender_id):
            if await self._hand_on(taken_in):
                return None
            said: list[dict[str, Any]] | None
            said = await self.processor.handle_message(taken_in)
            return said

    async def _hand_on(self, message: TakenIn) -> bool:
        """Hand a message to the person who answers; tell whether there is one.

        What was too long to be read is nothing that could be handed on.
        """
        if self._relay is None or message.text == f"/{TOO_LONG}":
            return False
        said = (message.metadata or {}).get("said") or message.text
        relayed = await self._relay.relayed(message.sender_id, message.message_id, said)
        if relayed is None:
            return False
        return bool(await self.processor.keep_relayed(message, relayed))

    @staticmethod
    def _create_tracker_store(
        store: TrackerStore | None, domain: Domain | None
    ) -> TrackerStore:
        return store or InMemoryTrackerStore(domain)
