"""What the settings say of cases."""

import dataclasses

from bot.hours import NEVER, Hours
from bot.settings import Settings

_MINUTE = 60.0


@dataclasses.dataclass(frozen=True)
class CaseRules:
    """The rules of cases.

    Attributes:
        are_on: Whether there are cases at all.
        hours: When the staff answer in the chat.
        wait: Seconds after which a case that nobody has taken becomes a message.
        idle: Seconds without a word after which a case that is answered is closed.
        tells_names: Whether people are told the name of who answers them.
    """

    are_on: bool = False
    hours: Hours = NEVER
    wait: float = 10 * _MINUTE
    idle: float = 20 * _MINUTE
    tells_names: bool = False

    @classmethod
    def from_settings(cls, settings: Settings) -> "CaseRules":
        """Return what a server's settings say."""
        return cls(
            are_on=settings.cases,
            hours=dataclasses.replace(settings.hours, closed=settings.closed_days),
            wait=settings.case_wait * _MINUTE,
            idle=settings.case_idle * _MINUTE,
            tells_names=settings.staff_names,
        )
