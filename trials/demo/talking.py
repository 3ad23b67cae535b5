"""Holds made-up conversations with the assistant, in this process."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.receipt import note_receipt
from bot.settings import PROJECT_DIR, read_settings
from bot.store import ConversationStore, Feedback

ORIGIN = "demo"
_QUESTIONS = PROJECT_DIR / "tests" / "questions" / "development"
_MATERIAL = Path(__file__).with_name("material.yml")
# How many of the conversations are one that somebody wrote whole, not single questions.
_WHOLE = 0.3
_GREETS, _THANKS, _PRESSES = 0.15, 0.2, 0.4
_MOST_QUESTIONS = 4
_MOST_PRESSES = 2
# How likely a reply of a kind is rated at all, and then well.
_RATED = 0.15
_WELL = {"answer": 0.8, "not_stated": 0.3, "clarify": 0.3, "out_of_scope": 0.15}
_COMMENTED = 0.3


class Material(NamedTuple):
    """What made-up people say.

    Attributes:
        whole: Conversations, by their messages.
        single: Questions that stand alone, by language.
        greetings: What some begin with.
        thanks: What some end with.
        comments: What some write by a thumb.
    """

    whole: Sequence[Sequence[str]]
    single: Mapping[str, Sequence[str]]
    greetings: Sequence[str]
    thanks: Sequence[str]
    comments: Mapping[str, Sequence[str]]


def read_material() -> Material:
    """Return what is said: the questions that the assistant is developed by."""
    whole: list[list[str]] = []
    single: dict[str, list[str]] = {}
    for file in sorted(_QUESTIONS.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            question = json.loads(line)
            said = [turn["user"] for turn in question["turns"]]
            if len(said) > 1:
                whole.append(said)
            else:
                single.setdefault(question["lang"], []).extend(said)
    written = yaml.safe_load(_MATERIAL.read_text("utf-8"))
    return Material(whole, single, **written)


class Talker:
    """Talks with the assistant, and has all kept in a store."""

    def __init__(
        self, model: Path, store: ConversationStore, rng: random.Random
    ) -> None:
        """Load the assistant.

        Args:
            model: The file of its model.
            store: Where the conversations are kept.
            rng: Decides what is said.
        """
        from bot.engine import LightAgent
        from bot.knowledge import load_knowledge
        from bot.renewal import intake_for

        self._intake = intake_for(read_settings(), load_knowledge())
        self._agent = LightAgent(model, self._intake, store)
        self._store, self._rng = store, rng
        self._material = read_material()

    def hold(self, count: int) -> None:
        """Hold so many conversations."""
        asyncio.run(self._hold(count))

    async def _hold(self, count: int) -> None:
        for _ in range(count):
            conversation = f"{ORIGIN}-{uuid.UUID(int=self._rng.getrandbits(128)).hex}"
            pressed = 0
            for text in self._to_say():
                buttons = await self._say(conversation, text)
                while (
                    buttons
                    and pressed < _MOST_PRESSES
                    and self._rng.random() < _PRESSES
                ):
                    pressed += 1
                    button = self._rng.choice(buttons)
                    buttons = await self._say(conversation, button=button)

    def _to_say(self) -> list[str]:
        rng, material = self._rng, self._material
        if rng.random() < _WHOLE:
            said = list(rng.choice(material.whole))
        else:
            language = rng.choices(list(material.single), k=1)[0]
            many = min(rng.randint(1, _MOST_QUESTIONS), rng.randint(1, _MOST_QUESTIONS))
            said = rng.sample(material.single[language], many)
        if rng.random() < _GREETS:
            said.insert(0, rng.choice(material.greetings))
        if rng.random() < _THANKS:
            said.append(rng.choice(material.thanks))
        return said

    async def _say(
        self,
        conversation: str,
        text: str = "",
        button: Mapping[str, Any] | None = None,
    ) -> list[Mapping[str, Any]]:
        """Say something, rate the reply perhaps, and return its buttons."""
        from rasa.core.channels.channel import CollectingOutputChannel

        replies = CollectingOutputChannel()
        fields = {
            "output_channel": replies,
            "sender_id": conversation,
            "input_channel": ORIGIN,
            "message_id": str(uuid.UUID(int=self._rng.getrandbits(128))),
        }
        note_receipt()
        message = button and self._intake.pressed(
            button["payload"], button["title"], **fields
        )
        await self._agent.handle_message(message or self._intake.text(text, **fields))
        kind = next(it["custom"]["kind"] for it in replies.messages if "custom" in it)
        self._rate(conversation, fields["message_id"], kind)
        return [it for reply in replies.messages for it in reply.get("buttons") or ()]

    def _rate(self, conversation: str, message: Any, kind: str) -> None:
        rng = self._rng
        if kind not in _WELL or rng.random() >= _RATED:
            return
        rating = "up" if rng.random() < _WELL[kind] else "down"
        comments = self._material.comments[rating]
        comment = rng.choice(comments) if rng.random() < _COMMENTED else ""
        feedback = Feedback("up" if rating == "up" else "down", comment)
        self._store.rate(conversation, message, feedback)
