"""People who reach for the staff, as the server has them do."""

import asyncio
import uuid

from rasa.shared.core.events import BotUttered, UserUttered

from bot.cases import Cases, Reason, Relay
from bot.store import ConversationStore


class Citizen:
    """Somebody who reaches for the staff."""

    def __init__(self, store: ConversationStore, cases: Cases, name: str) -> None:
        self.name = name
        self._store = store
        self._cases = cases
        self._relay = Relay(store, cases.rules)

    def asks(self, reason: Reason = "asked", language: str = "nb") -> int:
        """Wait in the queue; return the id of the case."""
        self._cases.open(self.name, uuid.uuid4().hex, reason, language)
        return self.case

    def leaves(self, text: str, reach: str) -> int:
        """Leave a message; return the id of the case."""
        call = uuid.uuid4().hex
        self._cases.leave(self.name, call, text, reach, "asked", "nb")
        return self.case

    def says(self, text: str) -> None:
        """Write to who answers."""
        asyncio.run(self._says(text, uuid.uuid4().hex))

    async def _says(self, text: str, message: str) -> None:
        relayed = await self._relay.relayed(self.name, message, text)
        assert relayed
        tracker = await self._store.get_or_create_tracker(self.name)
        tracker.update(UserUttered(text, message_id=message, input_channel="web"))
        tracker.update(BotUttered("", {"custom": relayed.payload}))
        await self._store.save(tracker, relayed.write)

    @property
    def case(self) -> int:
        """The id of their open case."""
        case = self._cases.open_case(self.name)
        assert case
        return case.id
