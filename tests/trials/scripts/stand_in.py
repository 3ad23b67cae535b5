"""A server that answers as the assistant does, without Rasa.

What a message means is given by a table, and a test may change the knowledge base that
it answers from, or its reply.
"""

import asyncio
import dataclasses
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.answering import Answerer, Context, Message, Question, Service
from bot.knowledge import KnowledgeBase, load_knowledge

Write = Callable[..., Path]
"""Writes a file of conversations."""

Change = Callable[[dict[str, Any]], Any]
_BUTTON = re.compile(r'/ask_topic\{"topic": "([a-z_.]+)"\}')
# The words of no button, which would be understood without their meaning.
WHO = "Hvem var det som fikk penger?"
HOW_MUCH = "Hvor mye penger fikk de?"
HOW_MANY_APPLIED = "How many applied?"
HELLO = "Hei!"
MEANINGS = {
    WHO: ("ask_grant_recipients", "nb"),
    HOW_MUCH: ("ask_grant_amount", "nb"),
    HOW_MANY_APPLIED: ("ask_applicant_count", "en"),
    HELLO: ("greet", "nb"),
}


@dataclasses.dataclass
class StandIn:
    """The server.

    Attributes:
        base: What it answers from.
        meanings: The intent and language of each message that it understands.
        change: Is given the answer of the trace route before it is sent.
        status: The status of its answers.
        heard: Every body that came.
    """

    base: KnowledgeBase = dataclasses.field(default_factory=load_knowledge)
    meanings: dict[str, tuple[str, Any]] = dataclasses.field(
        default_factory=lambda: dict(MEANINGS)
    )
    change: Change = lambda answer: answer
    status: int = 200
    heard: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    _slots: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve in a thread, and give the address."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        runner = asyncio.run_coroutine_threadsafe(self._start(), loop).result()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/readyz", self._ready)
        app.router.add_post("/webhooks/rest/trace", self._trace)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    async def _ready(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _trace(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard.append(body)
        if self.status != 200:
            error = {"error": {"code": "broken", "message": "it fell over"}}
            return web.json_response(error, status=self.status)
        return web.json_response(self.change(self.answer(body)))

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what the trace route tells of a message."""
        slots = self._slots.setdefault(body["sender"], {})
        slots.update(body.get("slots", {}))
        question, language = self._understand(body["message"])
        reply = Answerer(self.base, Service(contact="siva.no")).answer(
            Message((question,), language), Context.from_slots(slots)
        )
        slots.update(reply.context.to_slots())
        events: list[dict[str, Any]] = [
            {"event": "user", "parse_data": {"intent": {"name": question.intent}}},
            {"event": "action", "name": "action_reply"},
        ]
        events += [
            {"event": "slot", "name": name, "value": value}
            for name, value in slots.items()
        ]
        buttons = [dataclasses.asdict(button) for button in reply.buttons]
        return {
            "messages": [
                {"recipient_id": "me", "text": reply.text, "buttons": buttons},
                {"recipient_id": "me", "custom": reply.payload()},
            ],
            "events": events,
            "slots": slots,
        }

    def _understand(self, message: str) -> tuple[Question, Any]:
        pressed = _BUTTON.fullmatch(message)
        if pressed:
            return Question(message, "ask_topic", 1.0, topic=pressed[1]), None
        intent, language = self.meanings[message]
        return Question(message, intent, 0.9), language
