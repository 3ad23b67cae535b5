"""A route that tells what went on inside, beside what the assistant says.

`make ask` explains a reply by it, and tests hold the actions and slots to what they
should be.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import SlotSet
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.faults import invalid, no_answer


def add_trace(
    routes: Blueprint,
    on_new_message: Callable[[UserMessage], Awaitable[None]],
    text_of: Callable[[Request], str],
    channel: str,
) -> None:
    """Add the route `trace`, which answers a message as the channel does.

    Args:
        routes: Where it is added; their requests are checked already.
        on_new_message: Answers a message.
        text_of: Reads the message of a request.
        channel: The name of the channel in trackers.
    """

    @routes.post("/trace")
    async def trace(request: Request) -> HTTPResponse:
        sender = request.json["sender"]
        agent: Agent = request.app.ctx.agent
        await _set_slots(agent, sender, request.json.get("slots") or {})
        before = await _events(agent, sender)
        said = CollectingOutputChannel()
        await on_new_message(UserMessage(text_of(request), said, sender, None, channel))
        if not said.messages:
            raise no_answer()
        after = await _events(agent, sender)
        tracker = await agent.tracker_store.retrieve(sender)
        return json(
            {
                "messages": said.messages,
                "events": after[len(before) :],
                "slots": tracker.current_slot_values(),
            }
        )


async def _set_slots(agent: Agent, sender: str, slots: Any) -> None:
    """Set slots of a conversation, which begins with this if it is new.

    Raises:
        Fault: The domain has no such slot, or `slots` is no object.
    """
    if not slots:
        return
    if not isinstance(slots, dict):
        raise invalid("'slots' is not an object of names and values.")
    known = {slot.name for slot in agent.domain.slots}
    for name in slots:
        if name not in known:
            raise invalid(f"'slots': there is no slot '{name}' in domain.yml.")
    async with agent.lock_store.lock(sender):
        tracker = await agent.processor.fetch_tracker_and_update_session(sender)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        await agent.tracker_store.save(tracker)


async def _events(agent: Agent, sender: str) -> list[dict[str, Any]]:
    tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    return [event.as_dict() for event in tracker.events] if tracker else []
