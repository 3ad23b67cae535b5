"""Shows what edits change, line by line, as people read it."""

import dataclasses
import difflib
from collections.abc import Iterable, Iterator
from typing import Literal

from bot.releases import FileEdit

_CONTEXT = 2

Kind = Literal["same", "added", "removed"]


@dataclasses.dataclass(frozen=True)
class DiffLine:
    """A line of a file.

    Attributes:
        kind: Whether it stays, is added or is removed.
        before: Its number before the change, or None.
        after: Its number after it, or None.
        text: The line.
    """

    kind: Kind
    before: int | None
    after: int | None
    text: str


@dataclasses.dataclass(frozen=True)
class FileDiff:
    """What changes in a file.

    Attributes:
        file: Its path inside the content.
        is_new: Whether there is no such file yet.
        is_gone: Whether there would be none any more.
        places: The changed lines, each place with those around it.
    """

    file: str
    is_new: bool
    is_gone: bool
    places: tuple[tuple[DiffLine, ...], ...]


def diffs(edits: Iterable[FileEdit]) -> list[FileDiff]:
    """Return what edits change, file by file."""
    return [
        FileDiff(
            edit.file, edit.before is None, edit.after is None, tuple(_places(edit))
        )
        for edit in edits
    ]


def as_text(found: Iterable[FileDiff]) -> Iterator[str]:
    """Yield differences as lines of text, for the command line."""
    signs = {"same": " ", "added": "+", "removed": "-"}
    for each in found:
        yield each.file
        for place in each.places:
            for line in place:
                yield f"{line.after or line.before:>6} {signs[line.kind]} {line.text}"


def _places(edit: FileEdit) -> Iterator[tuple[DiffLine, ...]]:
    before, after = ((text or "").splitlines() for text in (edit.before, edit.after))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        yield tuple(line for opcode in group for line in _lines(opcode, before, after))


def _lines(
    opcode: tuple[str, int, int, int, int], before: list[str], after: list[str]
) -> Iterator[DiffLine]:
    tag, start, end, new_start, new_end = opcode
    if tag == "equal":
        for place in range(end - start):
            old, new = start + place, new_start + place
            yield DiffLine("same", old + 1, new + 1, before[old])
        return
    for old in range(start, end):
        yield DiffLine("removed", old + 1, None, before[old])
    for new in range(new_start, new_end):
        yield DiffLine("added", None, new + 1, after[new])
