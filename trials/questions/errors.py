"""What can go wrong in an evaluation."""

from bot.errors import BotError


class EvaluationError(BotError):
    """The evaluation cannot be run as asked; the message says what to do."""
