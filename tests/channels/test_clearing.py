"""What is cleared every hour takes nothing from those who talk meanwhile."""

import asyncio
import uuid
from pathlib import Path

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels.bodies import NewText
from bot.channels.web import WebChannel
from bot.engine import Intake
from bot.settings import Settings
from bot.store import ConversationStore

PAYLOAD = {"kind": "answer", "language": "nb", "facts": [], "sources": []}


def test_a_message_that_waits_while_all_is_cleared_gets_its_answer(
    tmp_path: Path,
) -> None:
    store = ConversationStore.in_file(tmp_path / "conversations.db")
    store.domain = Domain.empty()
    channel = WebChannel(
        Settings(), store, InMemoryLockStore(), Intake((), longest=1000), contact=""
    )

    async def answer_late(message: UserMessage) -> None:
        await channel.clear()
        tracker = await store.get_or_create_full_tracker(message.sender_id, False)
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        tracker.update(BotUttered("Hallo", {"custom": PAYLOAD}))
        await store.save(tracker)

    said = NewText(id=str(uuid.uuid4()), text="Hei")
    turn = asyncio.run(channel._answer("conversation", said, answer_late))
    assert turn.reply["text"] == "Hallo"
