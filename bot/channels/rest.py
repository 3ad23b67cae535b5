"""Rasa's REST channel, with every message checked before it is understood."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from rasa.shared.core.events import SlotSet
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.answering.question import PERSONAL_NUMBER
from bot.channels.faults import Fault, json_body
from bot.channels.sessions import WEB_PREFIX
from bot.settings import read_settings

EMPTY = "/empty"
TOO_LONG = "/too_long"
_BUTTON = re.compile(r'/ask_topic\{"topic": ?"[a-z_.]{1,60}"\}|/something_else')
# Eleven digits, the last five perhaps apart: a Norwegian national identity number.
_NUMBER = re.compile(r"(?<!\d)\d{6}[\s.–-]{0,3}\d{5}(?!\d)")
_LONGEST_SENDER = 255
_NO_ANSWER = "The assistant failed to answer. Send it again; the server's log says why."


class CheckedRestInput(RestInput):
    """The channel at `/webhooks/rest/`, for tests and the back office: without log-in.

    A message without a word in it, or too long to read, becomes an intent of its own,
    which is answered like any other.

    Beside Rasa's route `webhook` it has `trace`, which tells the same and besides what
    went on inside: for tests that hold the actions and slots to what they should be.
    """

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in addresses and trackers: Rasa's own."""
        return str(RestInput.name())

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[None]]
    ) -> Blueprint:
        """Return Rasa's routes, with the check before them, and the route `trace`."""
        routes: Blueprint = super().blueprint(on_new_message)

        @routes.middleware("request")
        async def check(request: Request) -> None:
            if request.method == "POST":
                _check(request)

        @routes.middleware("response")
        async def own_up(request: Request, reply: HTTPResponse) -> HTTPResponse | None:
            # Rasa logs what goes wrong inside, and sends an empty list.
            if request.method == "POST" and getattr(reply, "body", None) == b"[]":
                return Fault(500, "no_answer", _NO_ANSWER).response()
            return None

        @routes.post("/trace")
        async def trace(request: Request) -> HTTPResponse:
            sender = request.json["sender"]
            agent: Agent = request.app.ctx.agent
            await _set_slots(agent, sender, request.json.get("slots") or {})
            before = await _events(agent, sender)
            said = CollectingOutputChannel()
            await on_new_message(
                UserMessage(self._extract_message(request), said, sender, None, "rest")
            )
            if not said.messages:
                raise Fault(500, "no_answer", _NO_ANSWER)
            after = await _events(agent, sender)
            tracker = await agent.tracker_store.retrieve(sender)
            return json(
                {
                    "messages": said.messages,
                    "events": after[len(before) :],
                    "slots": tracker.current_slot_values(),
                }
            )

        return routes

    def _extract_message(self, req: Request) -> str:
        return readable(req.json["message"], read_settings().longest_message)


def _check(request: Request) -> None:
    body = json_body(request)
    if not isinstance(body, dict):
        raise _invalid("The body must be a JSON object with 'sender' and 'message'.")
    if not isinstance(body.get("message"), str):
        raise _invalid("'message' is missing or is not a text.")
    sender = body.get("sender")
    if not isinstance(sender, str) or not sender.strip():
        raise _invalid(
            "'sender' is missing: choose an id for the conversation and send it."
        )
    if not sender.isprintable():
        raise _invalid("'sender' holds characters that cannot be printed.")
    if len(sender) > _LONGEST_SENDER:
        raise _invalid(f"'sender' is longer than {_LONGEST_SENDER} characters.")
    if sender.startswith(WEB_PREFIX):
        raise _invalid(
            f"'sender' begins with {WEB_PREFIX}, as the conversations of the web "
            "channel do, which are nobody else's. Choose another."
        )


def _invalid(message: str) -> Fault:
    return Fault(400, "invalid_request", message)


async def _set_slots(agent: Agent, sender: str, slots: Any) -> None:
    """Set slots of a conversation, which begins with this if it is new.

    Raises:
        Fault: The domain has no such slot, or `slots` is no object.
    """
    if not slots:
        return
    if not isinstance(slots, dict):
        raise _invalid("'slots' is not an object of names and values.")
    known = {slot.name for slot in agent.domain.slots}
    for name in slots:
        if name not in known:
            raise _invalid(f"'slots': there is no slot '{name}' in domain.yml.")
    async with agent.lock_store.lock(sender):
        tracker = await agent.processor.fetch_tracker_and_update_session(sender)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        await agent.tracker_store.save(tracker)


async def _events(agent: Agent, sender: str) -> list[dict[str, Any]]:
    tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    return [event.as_dict() for event in tracker.events] if tracker else []


def readable(text: str, longest: int) -> str:
    """Return a message as it is to be understood.

    Only a button's payload may begin with a slash, which Rasa takes for a command. Text
    without a letter or digit becomes `EMPTY`, and text of more than `longest`
    characters `TOO_LONG`.
    """
    if _BUTTON.fullmatch(text):
        return text
    if len(text) > longest:
        return TOO_LONG
    text = cleaned(text).lstrip("/").strip()
    return text if any(letter.isalnum() for letter in text) else EMPTY


def cleaned(text: str) -> str:
    """Return a text without control characters and national identity numbers.

    What may be such a number is left out here already, so that it is neither stored
    nor said back.
    """
    text = "".join(
        letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " "
        for letter in text
    )
    return _NUMBER.sub(PERSONAL_NUMBER, text).strip()
