"""What the service is asked about itself; the deployment's settings answer it."""

import dataclasses
import functools
from collections.abc import Mapping

from bot.answering.pieces import Saying, Words, addressed
from bot.settings import Settings


@dataclasses.dataclass(frozen=True)
class Service:
    """Who runs the service, and where people are told to turn.

    Attributes:
        contact: Where somebody who wants a human being can turn: addresses.
        operator: Who runs it; empty when that is not said.
        longest_message: Characters that are read of a message.
        kept_days: Days that a conversation is kept.
        emergency: The telephone number when a life is in danger.
        out_of_hours: The number for medical help that cannot wait.
        helpline: The number for somebody who needs to talk.
        has_cases: Whether people can reach the staff in the chat.
    """

    contact: str
    operator: str = ""
    longest_message: int = 1000
    kept_days: int = 30
    emergency: str = "113"
    out_of_hours: str = "116 117"
    helpline: str = "116 123"
    has_cases: bool = False

    @classmethod
    def from_settings(cls, settings: Settings, contact: str) -> "Service":
        """Return what a server's settings say.

        Args:
            settings: The settings.
            contact: Where to turn when they do not say.
        """
        return cls(
            contact=settings.contact or contact,
            operator=settings.operator,
            longest_message=settings.longest_message,
            kept_days=settings.kept_days,
            emergency=settings.emergency,
            out_of_hours=settings.out_of_hours,
            helpline=settings.helpline,
            has_cases=settings.cases,
        )

    def addresses(self, kind: str) -> tuple[str, ...]:
        """Return what can be followed or rung, in a reply of some kind."""
        if kind != "handover":
            return (self.contact,)
        return (self.contact, self.emergency, self.out_of_hours, self.helpline)

    @functools.cached_property
    def values(self) -> Mapping[str, Saying]:
        """What the placeholders of small talk stand for."""
        return {
            "contact": addressed(self.contact),
            "operator": (Words(self.operator),),
            "limit": (Words(str(self.longest_message)),),
            "days": (Words(str(self.kept_days)),),
            "emergency": addressed(self.emergency),
            "out_of_hours": addressed(self.out_of_hours),
            "helpline": addressed(self.helpline),
        }
