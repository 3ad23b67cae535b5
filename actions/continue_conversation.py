"""Follows up what was said: more, again, simpler, its source, another name."""

from rasa_sdk import Action

from actions.base import Replying


class ContinueConversation(Replying, Action):
    """Follows up what was said: more, again, simpler, its source, another name."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_continue_conversation"
