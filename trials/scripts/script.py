"""A scripted conversation: what is said, and what must hold for each reply."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any


@dataclasses.dataclass(frozen=True)
class Check:
    """One thing that must hold for a reply.

    Attributes:
        field: The field that asks for it; `checks.py` says how each is
            checked.
        expected: What the file holds there, in the shape that `schema.json` describes.
        line: The line of the file, from 1.
    """

    field: str
    expected: Any
    line: int


@dataclasses.dataclass(frozen=True)
class Turn:
    """One message and what must hold for the reply to it.

    Attributes:
        user: The message.
        line: The line of the file, from 1.
        checks: What must hold, in the file's order.
        metadata: The labels of the message.
    """

    user: str
    line: int
    checks: tuple[Check, ...] = ()
    metadata: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Conversation:
    """One conversation of a file.

    Attributes:
        name: Its sentence.
        file: The file.
        line: The line of the file, from 1.
        turns: What is said, in order; at least one.
        slots: What its fixtures set before it begins.
        metadata: Its labels.
    """

    name: str
    file: Path
    line: int
    turns: tuple[Turn, ...]
    slots: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    metadata: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def labels(self) -> list[Any]:
        """The values of its metadata and of that of its messages."""
        holders = [self.metadata, *(turn.metadata for turn in self.turns)]
        return [label for holder in holders for label in holder.values()]

    @property
    def place(self) -> str:
        """Where it stands, as file and line."""
        return f"{shown(self.file)}:{self.line}"


def shown(file: Path) -> str:
    """Return a file's name as one would type it here: short where it lies below."""
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)
