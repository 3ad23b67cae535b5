"""What stands in the content by now: examples, questions and scripted conversations."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.reading.spelling import fold

_INTENT = re.compile(r"\s*- intent: *(\S+)")
_EXAMPLE = re.compile(r"\s+- (\S.*)")
_QUESTIONS = ("tests/questions", "tests/server/fact_questions.yml")
_CONVERSATIONS = "tests/conversations"
# Compiled where PyYAML was built with libyaml, and many times faster then.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Place(NamedTuple):
    """Where a sentence stands: the file inside the content, and its intent if any."""

    file: str
    intent: str = ""


class Standing(NamedTuple):
    """The sentences of a content, folded, with the place of each.

    Attributes:
        examples: What is learnt from.
        questions: What measures the assistant; nothing may be learnt from it.
        conversations: What is said in scripted conversations.
    """

    examples: dict[str, Place]
    questions: dict[str, Place]
    conversations: dict[str, Place]


def standing(folder: Path) -> Standing:
    """Return the sentences of the content in a folder; folders may be missing."""
    return Standing(
        _of(folder, "data", _examples),
        {
            folded: place
            for name in _QUESTIONS
            for folded, place in _of(folder, name, _questions).items()
        },
        _of(folder, _CONVERSATIONS, _said),
    )


def _of(folder: Path, name: str, reader: Any) -> dict[str, Place]:
    path = folder / name
    inside = sorted(path.rglob("*")) if path.is_dir() else [path]
    files = [file for file in inside if file.is_file()]
    # Read again only when a file has changed.
    stamps = tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _read(folder, tuple(files), stamps, reader)


@functools.lru_cache(maxsize=8)
def _read(
    folder: Path, files: tuple[Path, ...], stamps: tuple[Any, ...], reader: Any
) -> dict[str, Place]:
    del stamps
    found: dict[str, Place] = {}
    for file in files:
        name = str(file.relative_to(folder))
        for text, intent in reader(file):
            found.setdefault(fold(text), Place(name, intent))
    return found


def _examples(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the examples of a file of Rasa's, without parsing its YAML.

    Seventy thousand are looked through while somebody waits.
    """
    if file.suffix != ".yml":
        return
    intent = ""
    for line in file.read_text("utf-8").splitlines():
        if found := _INTENT.match(line):
            intent = found[1]
        elif intent and (found := _EXAMPLE.fullmatch(line)):
            yield found[1], intent


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    if file.suffix == ".jsonl":
        for line in filter(str.strip, file.read_text("utf-8").splitlines()):
            for turn in json.loads(line)["turns"]:
                yield turn["user"], ""
    elif file.name == "fact_questions.yml":
        asked: dict[str, str] = yaml.load(file.read_text("utf-8"), Loader=_Loader)
        for question in asked.values():
            yield question, ""


def _said(file: Path) -> Iterator[tuple[str, str]]:
    if file.suffix != ".yml":
        return
    written = yaml.load(file.read_text("utf-8"), Loader=_Loader) or {}
    for case in written.get("test_cases") or ():
        for step in case["steps"]:
            if "user" in step:
                yield step["user"], ""
