"""A route that tells what went on inside, beside what the assistant says.

`make ask` explains a reply by it, and tests hold the actions and slots to what they
should be.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import SlotSet
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.answering import Context
from bot.channels.faults import invalid


def add_trace(
    routes: Blueprint,
    answer: Callable[[Request], Awaitable[list[dict[str, Any]]]],
) -> None:
    """Add the route `trace`, which answers a message as the channel does.

    Args:
        routes: Where it is added; their requests are checked already.
        answer: Answers the message of a request, and returns what was said.
    """

    @routes.post("/trace")
    async def trace(request: Request) -> HTTPResponse:
        said = request.json
        agent: Agent = request.app.ctx.agent
        told = await traced(
            agent, said["sender"], said.get("slots") or {}, lambda: answer(request)
        )
        return json(told)


async def traced(
    agent: Agent,
    sender: str,
    slots: Any,
    answer: Callable[[], Awaitable[list[dict[str, Any]]]],
) -> dict[str, Any]:
    """Return the `messages` of a reply, and the `events` and `slots` of the turn.

    Args:
        agent: What answers; it keeps conversations in the project's own store.
        sender: The conversation.
        slots: Slots to set before the message is read.
        answer: Has the message answered, and returns what was said.

    Raises:
        Fault: The slots cannot be set.
    """
    await _set_slots(agent, sender, slots)
    store = agent.tracker_store
    place = await store.read(store.latest, sender)
    messages = await answer()
    tracker = await store.retrieve(sender)
    return {
        "messages": messages,
        "events": await store.read(store.events, sender, place),
        "slots": tracker.current_slot_values(),
    }


async def _set_slots(agent: Agent, sender: str, slots: Any) -> None:
    """Set slots of a conversation, which begins with this if it is new.

    A value of another kind than replies leave in a slot counts as none.

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
    kept = Context.from_slots(slots).to_slots()
    async with agent.lock_store.lock(sender):
        tracker = await agent.processor.fetch_tracker_and_update_session(sender)
        for name in slots:
            tracker.update(SlotSet(name, kept.get(name)))
        await agent.tracker_store.save(tracker)
