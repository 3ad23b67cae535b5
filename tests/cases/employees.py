"""Some of the staff, and what somebody wrote before a case, for the tests of cases."""

import asyncio
import dataclasses

from rasa.shared.core.events import BotUttered, UserUttered

from bot.hours import hours_of
from bot.store import ConversationStore

ALWAYS = hours_of("man-søn 00:00-24:00")


@dataclasses.dataclass(frozen=True)
class Employee:
    """One of the staff."""

    id: str
    name: str


KARI, OLA = Employee("local:Kari", "Kari"), Employee("local:Ola", "Ola")


async def wrote(store: ConversationStore, sender: str, message: str) -> None:
    """Write a message with the robot's answer."""
    tracker = await store.get_or_create_tracker(sender)
    tracker.update(UserUttered("Hei", message_id=message, input_channel="web"))
    payload = {"kind": "smalltalk", "language": "nb", "intent": "greet"}
    tracker.update(BotUttered("Hei!", {"custom": payload}))
    await store.save(tracker)


def write(store: ConversationStore, sender: str, message: str = "message-1") -> None:
    asyncio.run(wrote(store, sender, message))
