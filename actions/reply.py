"""Replies to a message: reads the tracker, asks the assistant, dispatches its reply."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering import Answerer, Context, Message


class Reply(Action):
    """Replies to the latest message: a text, its buttons, a payload.

    It goes on with the content that was in force when it was made: whoever registers
    the actions anew has them answer from what is in force by then.
    """

    def __init__(self) -> None:
        """Read what there is to know."""
        self._answerer = Answerer.in_force()

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_reply"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Dispatch the reply and remember where the conversation stands."""
        message = Message.from_parse(tracker.latest_message)
        context = Context.from_slots(tracker.slots)
        reply = self._answerer.answer(message, context)
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
