"""Writes a conversation that was held as a test case, to be edited."""

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.settings import PROJECT_DIR
from trials.errors import ScriptError, TrialError
from trials.reply import Reply
from trials.scripts.loading import read_conversations
from trials.scripts.shape import SCHEMA_FILE


class Said(NamedTuple):
    """A message and the reply to it.

    Attributes:
        message: The message; of a button its payload.
        reply: The reply.
        title: What stood on the button.
        is_wrong: Whether the person said that the reply is not good.
    """

    message: str
    reply: Reply
    title: str = ""
    is_wrong: bool = False


# Stands in place of what a reply must hold that somebody was not content with.
_UNDECIDED = (
    "The person pressed thumbs down. Decide what is right, and assert it here: kind,",
    "language and facts. Until then, nothing of this reply is checked.",
)
_LONGEST_NAME = 60
_WIDTH = 88
_INDENT = 2


def write_down(file: Path, said: Sequence[Said]) -> str:
    """Write a conversation at the end of a file, which is made if it is not there.

    Returns:
        The name that the conversation got.

    Raises:
        TrialError: Nothing was said, or the file cannot be written.
        ScriptError: The file that is there is none of conversations, or its
            `test_cases` do not come last.
    """
    if not said:
        raise TrialError("nothing was said, so nothing was written")
    there = file.exists()
    names = [each.name for each in read_conversations(file)] if there else []
    before = _without_end(file) if there else _head(file)
    indent = _indent_of(before, str(file)) if there else _INDENT
    name = _free_name(said[0].title or said[0].message, names)
    case = textwrap.indent("\n".join(_lines(name, said)), " " * indent)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(before + "\n" * there + case + "\n", "utf-8")
    except OSError as error:
        raise TrialError(f"cannot write {file} ({error.strerror})") from error
    return name


def _head(file: Path) -> str:
    try:
        up = len(file.resolve().relative_to(PROJECT_DIR).parts) - 1
        schema = "../" * up + str(SCHEMA_FILE.relative_to(PROJECT_DIR))
    except ValueError:
        schema = str(SCHEMA_FILE)
    return f"# yaml-language-server: $schema={schema}\ntest_cases:\n"


def _without_end(file: Path) -> str:
    return file.read_text("utf-8").rstrip() + "\n"


def _indent_of(text: str, file: str) -> int:
    """Return how far the list of test cases is indented, which must end the file."""
    mapping = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)
    key, cases = mapping.value[-1]
    if key.value != "test_cases" or cases.flow_style:
        line = key.start_mark.line + 1
        reason = "must come last, as a list with '- ', for a conversation to be added"
        raise ScriptError(file, line, "test_cases", reason)
    return int(cases.start_mark.column)


def _free_name(message: str, taken: Iterable[str]) -> str:
    first = textwrap.shorten(message, _LONGEST_NAME, placeholder=" …") or "…"
    taken, name, number = set(taken), first, 1
    while name in taken:
        number += 1
        name = f"{first} ({number})"
    return name


def _lines(name: str, said: Iterable[Said]) -> Iterable[str]:
    yield f"- test_case: {_text(name)}"
    yield "  steps:"
    for message, reply, title, is_wrong in said:
        yield f"    - user: {_text(message)}"
        if title:
            yield f"      # The button «{' '.join(title.split())}»."
        wide = textwrap.TextWrapper(_WIDTH - 10, break_long_words=False)
        for paragraph in reply.text.splitlines():
            yield from (f"      # {line}" for line in wide.wrap(paragraph))
        if is_wrong:
            yield from (f"      # {line}" for line in _UNDECIDED)
            continue
        yield "      assertions:"
        for field in ("kind", "language"):
            yield f"        - {field}: {reply.payload[field]}"
        yield f"        - facts: [{', '.join(reply.facts)}]"


def _text(text: str) -> str:
    """Return a text in quotation marks, on one line; single ones for a payload."""
    style = "'" if '"' in text and text.isprintable() else '"'
    written: Any = yaml.safe_dump(
        text, default_style=style, allow_unicode=True, width=float("inf")
    )
    return str(written).rstrip("\n")
