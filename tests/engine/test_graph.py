"""Graphs that are run directly give what Rasa's own runner gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import (
    ExecutionContext,
    GraphComponent,
    GraphSchema,
    SchemaNode,
)
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.engine.graph import DirectRunner

RUN: list[str] = []


class Adding(GraphComponent):
    """Adds its inputs to a number of its settings, and notes that it has run."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Adding:
        return cls(config)

    def add(self, left: int = 0, right: int = 0) -> int:
        RUN.append(self._config["name"])
        return int(self._config["number"] + left + right)


def node(name: str, number: int, **needs: str) -> SchemaNode:
    config = {"name": name, "number": number}
    return SchemaNode(needs, Adding, "create", "add", config, eager=True)


SCHEMA = GraphSchema(
    {
        "last": node("last", 1000, left="middle", right="first"),
        "middle": node("middle", 100, left="first", right="given"),
        "first": node("first", 10),
        "other": node("other", 5, left="given"),
    }
)


def runner(kind: type[GraphRunner], folder: Path) -> GraphRunner:
    storage = LocalModelStorage.create(folder)
    return kind.create(SCHEMA, storage, ExecutionContext(GraphSchema({})))


@pytest.mark.parametrize("targets", [["last"], ["middle"], ["last", "other"]])
def test_the_result_is_that_of_rasas_runner(tmp_path: Path, targets: list[str]) -> None:
    results = [
        runner(kind, tmp_path).run({"given": 1}, targets)
        for kind in (DirectRunner, DaskGraphRunner)
    ]
    assert results[0] == results[1]


def test_each_component_that_is_needed_runs_once_and_no_other(tmp_path: Path) -> None:
    RUN.clear()
    assert runner(DirectRunner, tmp_path).run({"given": 1}, ["last"]) == {"last": 1121}
    assert RUN == ["first", "middle", "last"]


def test_an_input_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        GraphRunError, match="input 'given' to provide parameter 'right'"
    ):
        runner(DirectRunner, tmp_path).run({}, ["last"])
