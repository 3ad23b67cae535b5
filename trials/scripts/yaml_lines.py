"""Reads YAML and remembers on which line everything stands."""

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from trials.errors import ScriptError
from trials.scripts.script import shown
from trials.scripts.yaml_faults import explain

Place = tuple[str | int, ...]
"""The way to a value: keys and, in lists, places from 0."""


@dataclasses.dataclass(frozen=True)
class Document:
    """What a file holds.

    Attributes:
        file: The file, as it is named to people.
        data: Its content as lists, dicts, texts and numbers.
        lines: The line of each value, from 1; for what has a key, the key's line.
    """

    file: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest around it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def error(self, place: Place, reason: str, field: str = "") -> ScriptError:
        """Return the error for a place.

        Args:
            place: Where the fault is.
            reason: What is wrong and what would mend it.
            field: The field to name; the last key on the way when left out.
        """
        keys = [key for key in place if isinstance(key, str)]
        field = field or (keys[-1] if keys else "the file")
        return ScriptError(self.file, self.line(place), field, reason)


class _Loader(yaml.SafeLoader):
    """YAML 1.2, as Rasa reads it: `yes` and `no`, times and dates are texts."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first
    )


def read_yaml(file: Path) -> Document:
    """Read a file of YAML.

    Raises:
        ScriptError: It cannot be read, is no YAML, or holds a key twice.
    """
    name = shown(file)
    lines: dict[Place, int] = {(): 1}
    text = ""
    try:
        text = file.read_text("utf-8")
        loader = _Loader(text)
        node = loader.get_single_node()
        data = node and _value(loader, node, (), lines, name)
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); correct the path"
        raise ScriptError(name, 1, "the file", reason) from error
    except UnicodeDecodeError as error:
        reason = "is not in UTF-8; save it in that encoding"
        raise ScriptError(name, 1, "the file", reason) from error
    except yaml.MarkedYAMLError as error:
        line, reason = explain(error, text)
        raise ScriptError(name, line, "the file", reason) from error
    except yaml.reader.ReaderError as error:
        reason = f"holds a character that YAML does not allow: {error.reason}"
        raise ScriptError(name, 1, "the file", reason) from error
    if node is None:
        raise ScriptError(name, 1, "the file", "is empty; write `test_cases:` in it")
    return Document(name, data, lines)


def _value(
    loader: _Loader,
    node: yaml.Node,
    place: Place,
    lines: dict[Place, int],
    file: str,
) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(loader, item, (*place, number), lines, file)
            for number, item in enumerate(node.value)
        ]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    mapping = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in mapping:
            reason = "stands twice here; keep one of them"
            raise ScriptError(file, line, key, reason)
        at = (*place, key)
        lines[at] = line
        mapping[key] = _value(loader, value_node, at, lines, file)
    return mapping
