"""Tells somebody who wants a human being where to turn."""

from rasa_sdk import Action

from actions.base import Replying


class HandOver(Replying, Action):
    """Tells somebody who wants a human being where to turn."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_hand_over"
