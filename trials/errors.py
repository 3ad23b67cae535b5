"""What can go wrong in a trial."""

from bot.errors import BotError


class TrialError(BotError):
    """A trial cannot begin or go on; the message says why and what to do."""


class ScriptError(BotError):
    """A file of scripted conversations holds what cannot be read or run."""

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        """Name the place and the fault.

        Args:
            file: The file, as the person who runs it would write it.
            line: The line of the file, from 1.
            field: The field that is at fault.
            reason: What is wrong and what would mend it.
        """
        super().__init__(f"{file}:{line}: {field}: {reason}")
        self.file = file
        self.line = line
        self.field = field
        self.reason = reason
