"""A model is loaded whole, or what to do is told."""

import asyncio
from pathlib import Path

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.engine import Intake, LightAgent
from bot.errors import ModelError
from bot.store import ConversationStore
from bot.training import model_file

INTAKE = Intake({"grant.amount"}, longest=100)


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.99])
def test_a_model_that_is_cut_short_is_refused(tmp_path: Path, part: float) -> None:
    whole = model_file().read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole[: int(part * len(whole))])
    with pytest.raises(ModelError, match=r"cut\.tar\.gz cannot be loaded .* delete it"):
        LightAgent(cut, INTAKE)


@pytest.mark.parametrize("content", [b"no model " * 1000, b"\x1f\x8b" + b"\0" * 1000])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "model.tar.gz"
    file.write_bytes(content)
    with pytest.raises(ModelError):
        LightAgent(file, INTAKE)


class Full(ConversationStore):
    """A store whose disk is full."""

    async def save(self, _: DialogueStateTracker) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))


@pytest.mark.usefixtures("model")
def test_what_cannot_be_stored_is_never_acknowledged(tmp_path: Path) -> None:
    store = Full.in_file(tmp_path / "conversations.db")
    agent = LightAgent(model_file(), INTAKE, store)
    with pytest.raises(OperationalError):
        asyncio.run(agent.handle_message(UserMessage("Hei", sender_id="kari")))
    assert not store.holds("kari")
