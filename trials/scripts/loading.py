"""Reads files of conversations."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.settings import content_dir
from trials.errors import ScriptError, TrialError
from trials.scripts.script import Check, Conversation, Turn
from trials.scripts.shape import faults_of_shape, nearest
from trials.scripts.yaml_lines import Document, Place, read_yaml

_ENDINGS = (".yml", ".yaml")
# Steps of Rasa's older form, which check the reply to the message above them.
_STEPS = ("bot", "utter", "slot_was_set", "slot_was_not_set")


def conversations_dir() -> Path:
    """Return the folder of the conversations about the content in force."""
    return content_dir() / "tests" / "conversations"


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files of conversations at some paths, those in folders too.

    Raises:
        TrialError: A path is not there, or there is no file at any.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*"))
            files += [file for file in inside if file.suffix in _ENDINGS]
        elif path.exists():
            files.append(path)
        else:
            raise TrialError(f"there is no {path}; correct the path")
    if not files:
        places = ", ".join(map(str, paths))
        raise TrialError(f"there are no conversations (*.yml) in {places}")
    return list(dict.fromkeys(files))


def read_files(files: Iterable[Path]) -> tuple[list[Conversation], list[ScriptError]]:
    """Return the conversations of some files, and what is wrong with the files.

    A file whose YAML cannot be read has one fault, and else each conversation its own.
    """
    conversations: list[Conversation] = []
    faults: list[ScriptError] = []
    for file in files:
        try:
            found, wrong = _read(file)
        except ScriptError as error:
            found, wrong = [], [error]
        conversations += found
        faults += wrong
    return conversations, faults


def read_conversations(file: Path) -> list[Conversation]:
    """Return the conversations of a file.

    Raises:
        ScriptError: The file cannot be read or used; the first fault, with its line.
    """
    conversations, faults = read_files([file])
    if faults:
        raise faults[0]
    return conversations


def _read(file: Path) -> tuple[list[Conversation], list[ScriptError]]:
    document = read_yaml(file)
    faults = faults_of_shape(document)
    if faults:
        return [], faults
    fixtures = _named(document, "fixtures")
    metadata = _named(document, "metadata")
    conversations: dict[str, Conversation] = {}
    for number in range(len(document.data["test_cases"])):
        place: Place = ("test_cases", number)
        try:
            found = _conversation(document, place, file, fixtures, metadata)
            if found.name in conversations:
                reason = f"'{found.name}' stands twice; give it another name"
                raise document.error((*place, "test_case"), reason)
            conversations[found.name] = found
        except ScriptError as error:
            faults.append(error)
    return list(conversations.values()), faults


def _conversation(
    document: Document,
    place: Place,
    file: Path,
    fixtures: Mapping[str, dict[str, Any]],
    metadata: Mapping[str, dict[str, Any]],
) -> Conversation:
    case = _value_at(document, place)
    slots: dict[str, Any] = {}
    for which in range(len(case.get("fixtures", ()))):
        slots |= _look_up(document, (*place, "fixtures", which), fixtures)
    return Conversation(
        name=case["test_case"],
        file=file,
        line=document.line((*place, "test_case")),
        turns=tuple(_turns(document, (*place, "steps"), metadata)),
        slots=slots,
        metadata=_labels(document, (*place, "metadata"), metadata),
    )


def _named(document: Document, section: str) -> dict[str, dict[str, Any]]:
    """Return the fixtures or metadata of a file by name, each as one dict."""
    named: dict[str, dict[str, Any]] = {}
    for number, entries in enumerate(document.data.get(section, ())):
        for name, values in entries.items():
            if name in named:
                reason = "stands twice; give one of them another name"
                raise document.error((section, number, name), reason)
            parts = values if isinstance(values, list) else [values]
            named[name] = {key: part[key] for part in parts for key in part}
    return named


def _value_at(document: Document, place: Place) -> Any:
    value = document.data
    for key in place:
        value = value[key]
    return value


def _look_up(
    document: Document, place: Place, named: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    name = _value_at(document, place)
    if name not in named:
        section = next(key for key in reversed(place) if isinstance(key, str))
        hint = nearest(name, named)
        reason = f"'{name}' is not under `{section}:` at the top of the file.{hint}"
        raise document.error(place, reason)
    return named[name]


def _labels(
    document: Document, place: Place, metadata: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    holder = _value_at(document, place[:-1])
    return _look_up(document, place, metadata) if place[-1] in holder else {}


def _turns(
    document: Document, place: Place, metadata: Mapping[str, dict[str, Any]]
) -> Iterator[Turn]:
    steps = _value_at(document, place)
    starts = [number for number, step in enumerate(steps) if "user" in step]
    if not starts or starts[0] != 0:
        reason = "a conversation begins with `user`, since the assistant only replies"
        raise document.error((*place, 0), reason)
    for start, end in zip(starts, [*starts[1:], len(steps)], strict=True):
        checks = [*_assertions(document, (*place, start))]
        for number in range(start + 1, end):
            checks += _step_checks(document, (*place, number))
        yield Turn(
            user=steps[start]["user"],
            line=document.line((*place, start, "user")),
            checks=tuple(checks),
            metadata=_labels(document, (*place, start, "metadata"), metadata),
        )


def _assertions(document: Document, place: Place) -> Iterator[Check]:
    for number, item in enumerate(_value_at(document, place).get("assertions", ())):
        ((field, expected),) = item.items()
        at = (*place, "assertions", number, field)
        _check_patterns(document, at, expected)
        yield Check(field, expected, document.line(at))


def _check_patterns(document: Document, place: Place, expected: Any) -> None:
    """Make sure that the regular expressions inside an assertion can be used."""
    if isinstance(expected, list):
        for number, item in enumerate(expected):
            _check_patterns(document, (*place, number), item)
    elif isinstance(expected, dict) and "text_matches" in expected:
        try:
            re.compile(expected["text_matches"])
        except re.error as error:
            reason = (
                f"'{expected['text_matches']}' is no regular expression: {error}; "
                "put a backslash before a sign that stands for itself"
            )
            raise document.error((*place, "text_matches"), reason) from error


def _step_checks(document: Document, place: Place) -> Iterator[Check]:
    """Return the checks of a step, in the form that assertions have."""
    step = _value_at(document, place)
    field = next(name for name in _STEPS if name in step)
    at = (*place, field)
    if field in ("bot", "utter"):
        yield Check(field, step[field], document.line(at))
    else:
        slots: list[dict[str, Any]] = []
        for item in step[field]:
            if isinstance(item, str):
                slots.append({"name": item})
            else:
                slots += [{"name": name, "value": item[name]} for name in item]
        yield Check(field, slots, document.line(at))
