"""Greets, thanks, tells what it is, and declines what is none of its business."""

from rasa_sdk import Action

from actions.base import Replying


class MakeSmallTalk(Replying, Action):
    """Greets, thanks, tells what it is, and declines what is none of its business."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_make_small_talk"
