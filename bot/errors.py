"""The errors of commands. A message names the place, the fault and what to do.

Outside this tree stand `Fault` in `bot/channels/faults.py`, which answers a request,
and the errors of `language_model/`, which imports nothing of `bot/`.
"""


class BotError(Exception):
    """Base of every error that ends a command with one line that says what to do."""


class KnowledgeError(BotError):
    """A record of the knowledge base is missing, broken or contradicts another."""

    def __init__(self, file: str, record: str, reason: str) -> None:
        """Name the place and the fault.

        Args:
            file: The file's name inside `knowledge/`.
            record: The record's id, or where in the file it stands.
            reason: What is wrong and what would mend it.
        """
        super().__init__(f"knowledge/{file}: {record}: {reason}")
        self.file = file
        self.record = record
        self.reason = reason


class ConfigError(BotError):
    """A setting, given by environment variable, has a value that cannot be used."""

    def __init__(self, setting: str, reason: str) -> None:
        """Name the setting and the fault."""
        super().__init__(f"setting {setting}: {reason}")
        self.setting = setting


class StoreError(ConfigError):
    """The store that a setting names cannot be used."""


class ModelError(BotError):
    """There is no trained model, or it cannot be loaded."""


class PortError(BotError):
    """The port that the server should listen on is taken or forbidden."""


class ServerError(BotError):
    """A server that a command asks does not answer as it should."""
