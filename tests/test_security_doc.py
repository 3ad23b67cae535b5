"""docs/security.md names tests that exist, and versions that are installed."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

from bot.settings import PROJECT_DIR

SECURITY = (PROJECT_DIR / "docs" / "security.md").read_text("utf-8")
LOCK = (PROJECT_DIR / "requirements.lock").read_text("utf-8")
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)))
# The versions in the table of known weaknesses.
PACKAGES = re.findall(r"(?m)^\| `([a-z-]+)` ([\w.]+) \|", SECURITY)


@lru_cache
def defined_in(file: Path) -> frozenset[str]:
    code = ast.parse(file.read_text("utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    names = {node.name for node in ast.walk(code) if isinstance(node, kinds)}
    return frozenset(name for name in names if name.startswith("test_"))


def promises() -> list[tuple[str, str]]:
    section = SECURITY.split("\n## What is promised", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"(?m)^\| (.+?) \| (.+) \|$", section)
    return [row for row in rows if row[0] not in ("Promise", "---")]


def test_the_promises_are_read_from_the_document() -> None:
    assert len(promises()) > 30
    assert len(NAMED_TESTS) > 50


@pytest.mark.parametrize(("file", "name"), NAMED_TESTS)
def test_a_test_that_is_said_to_hold_a_promise_exists(file: str, name: str) -> None:
    assert name in defined_in(PROJECT_DIR / file)


def test_what_holds_a_promise_is_a_test_and_nothing_else() -> None:
    one = r"`tests/[\w/]+\.py::\w+`"
    held = re.compile(rf"{one}(, {one})*")
    assert [row for row in promises() if not held.fullmatch(row[1])] == []


@pytest.mark.parametrize(("package", "version"), PACKAGES)
def test_a_weakness_is_told_of_the_version_that_is_installed(
    package: str, version: str
) -> None:
    locked = re.findall(rf"(?m)^{re.escape(package)}==([\w.]+)", LOCK)
    assert locked == [version]


def test_every_package_of_the_table_is_read() -> None:
    section = SECURITY.split("\n## Known weaknesses", 1)[1].split("\n## ", 1)[0]
    assert len(PACKAGES) == len(re.findall(r"(?m)^\| `", section)) > 10
