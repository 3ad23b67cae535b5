"""What the engine has to know of a message that goes to a person, not to the robot."""

from collections.abc import Callable
from typing import Any, Protocol


class NotAnsweredError(Exception):
    """Nobody of the staff answers any more, so the robot does."""


class Relayed(Protocol):
    """What becomes of a message that is handed on."""

    @property
    def payload(self) -> dict[str, Any]:
        """What its sender gets for it."""

    @property
    def write(self) -> Callable[[Any], None]:
        """Writes it for the person, in the transaction of its turn.

        It raises `NotAnsweredError` where nobody answers any more.
        """


class Relay(Protocol):
    """Tells which messages are handed on."""

    async def relayed(self, sender: str, message: str, text: str) -> Relayed | None:
        """Return what becomes of a message, or None where the robot answers it.

        Args:
            sender: The conversation.
            message: The id of the message.
            text: What its sender sees as the message.
        """
