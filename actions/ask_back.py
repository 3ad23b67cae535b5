"""Replies where it was not plain what was asked."""

from rasa_sdk import Action

from actions.base import Replying


class AskBack(Replying, Action):
    """Replies where it was not plain what was asked."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ask_back"
