"""Fixtures of the tests of the runner of conversations."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stand_in import StandIn, Write

from trials.scripts.shape import SCHEMA_FILE


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of conversations."""

    def write_file(text: str, name: str = "talks.yml") -> Path:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return write_file


@pytest.fixture
def assistant() -> StandIn:
    """Answers as the assistant does, once it is `running`."""
    return StandIn()


@pytest.fixture
def url(assistant: StandIn) -> Iterator[str]:
    """The address of the running stand-in."""
    with assistant.running() as address:
        yield address


@pytest.fixture
def schema() -> dict[str, Any]:
    """The schema of the files."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return loaded


@pytest.fixture
def schema_assertions(schema: dict[str, Any]) -> dict[str, Any]:
    """The assertions of the schema, by field."""
    found: dict[str, Any] = schema["$defs"]["assertion"]["properties"]
    return found
