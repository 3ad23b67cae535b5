"""Replies to a message: reads the tracker, asks the assistant, dispatches its reply."""

import functools
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering import Answerer, Context, Message


@functools.lru_cache(maxsize=1)
def answerer() -> Answerer:
    """Return the one answerer of this process."""
    return Answerer.in_force()


class Reply(Action):
    """Replies to the latest message: a text, its buttons, a payload."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_reply"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Dispatch the reply and remember where the conversation stands."""
        message = Message.from_parse(tracker.latest_message)
        context = Context.from_slots(tracker.slots)
        reply = answerer().answer(message, context)
        buttons = [
            {"title": button.title, "payload": button.payload}
            for button in reply.buttons
        ]
        dispatcher.utter_message(text=reply.text, buttons=buttons)
        dispatcher.utter_message(json_message=reply.payload())
        before = context.to_slots()
        return [
            SlotSet(slot, value)
            for slot, value in reply.context.to_slots().items()
            if value != before[slot]
        ]
