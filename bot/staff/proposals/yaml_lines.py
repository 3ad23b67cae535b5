"""Adds lines to YAML and leaves every other line as it was written."""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.staff.proposals.refusals import RefusedError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def node_of(text: str, file: str) -> Any:
    """Return the mapping that a file of YAML is, with the place of each part.

    Raises:
        RefusedError: It is none.
    """
    try:
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        raise RefusedError("unreadable", file=file, why=str(error)) from error
    if not isinstance(node, yaml.MappingNode):
        raise RefusedError("unreadable", file=file, why="it is no mapping")
    return node


def value_of(node: Any, key: str) -> Any | None:
    """Return what stands under a key of a mapping, or None."""
    return next((value for name, value in node.value if name.value == key), None)


def with_lines(text: str, after: int, lines: Sequence[str]) -> str:
    """Return a text with lines put in after the line of a number, from 0."""
    written = text.splitlines()
    written[after + 1 : after + 1] = lines
    return "\n".join(written) + "\n"


def last_line(node: Any, text: str) -> int:
    """Return the number of the last line of a node, from 0, without blank ones."""
    if not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return last_line(last if isinstance(last, yaml.Node) else last[1], text)
    number = node.end_mark.line - (
        node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    )
    written = text.splitlines()
    number = min(number, len(written) - 1)
    while number > node.start_mark.line and not written[number].strip():
        number -= 1
    return int(number)


def added_under(text: str, file: str, key: str, lines: Sequence[str]) -> str:
    """Return YAML with lines added at the end of the list or mapping under a key.

    Args:
        text: The YAML.
        file: What to call it in an error.
        key: A key of the whole.
        lines: They are indented like what stands there already.

    Raises:
        RefusedError: There is no such key, or what stands there is not in lines.
    """
    node = value_of(node_of(text, file), key)
    if node is None or not isinstance(node, yaml.CollectionNode):
        raise RefusedError("unreadable", file=file, why=f"it has no list under '{key}'")
    if node.flow_style or not node.value:
        why = f"what stands under '{key}' does not stand line by line"
        raise RefusedError("unreadable", file=file, why=why)
    indent = " " * node.start_mark.column
    return with_lines(text, last_line(node, text), [indent + line for line in lines])


def quoted(text: str) -> str:
    """Return a text in quotation marks, on one line."""
    style = "'" if '"' in text and text.isprintable() else '"'
    written: Any = yaml.safe_dump(
        text, default_style=style, allow_unicode=True, width=float("inf")
    )
    return str(written).rstrip("\n")
