"""Answers questions about the announcement, also those that it does not answer."""

from rasa_sdk import Action

from actions.base import Replying


class AnswerQuestion(Replying, Action):
    """Answers questions about the announcement, also those that it does not answer."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_answer_question"
