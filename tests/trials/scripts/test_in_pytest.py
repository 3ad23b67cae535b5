"""Conversations are tests of pytest, and the last test looks at the coverage."""

import subprocess
import sys
from pathlib import Path

import pytest
from stand_in import HELLO, WHO, Write

from bot.settings import PROJECT_DIR

TALKS = f"""
test_cases:
  - test_case: a greeting is small talk
    steps:
      - user: "{HELLO}"
        assertions:
          - kind: smalltalk
  - test_case: the list is small talk
    steps:
      - user: "{WHO}"
        assertions:
          - kind: smalltalk
"""
CONFTEST = """
import pytest

pytest_plugins = ["trials.scripts.pytest_plugin"]

@pytest.fixture(scope="session")
def conversation_server():
    return "{url}"
"""


@pytest.fixture
def project(tmp_path: Path, url: str, write: Write) -> Path:
    """A project whose tests are two conversations, of which one fails."""
    folder = tmp_path / "tests" / "conversations"
    folder.mkdir(parents=True)
    write(CONFTEST.format(url=url), "tests/conftest.py")
    write(TALKS, "tests/conversations/talks.yml")
    return tmp_path


def run_pytest(project: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["-m", "pytest", "-v", "--rootdir", ".", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, *command, "tests", *arguments],
        cwd=project,
        env={"PYTHONPATH": str(PROJECT_DIR), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_conversation_is_a_test_named_by_its_sentence(project: Path) -> None:
    told = run_pytest(project).stdout
    assert "talks.yml::a greeting is small talk PASSED" in told
    assert "talks.yml::the list is small talk FAILED" in told
    assert "kind (line 12): expected smalltalk, came answer" in told
    assert "Traceback" not in told
    assert "runner.py" not in told


def test_the_whole_folder_is_followed_by_the_test_of_the_coverage(
    project: Path,
) -> None:
    told = run_pytest(project).stdout
    assert (
        "every intent, fact and action is touched by some conversation FAILED" in told
    )
    assert "intents: 2 of " in told


def test_a_choice_of_conversations_is_not_held_to_the_coverage(project: Path) -> None:
    done = run_pytest(project, "-k", "greeting")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 deselected" in done.stdout


def test_a_bad_file_is_an_error_that_names_the_line(
    project: Path, write: Write
) -> None:
    write(TALKS.replace("kind:", "kin:"), "tests/conversations/bad.yml")
    done = run_pytest(project)
    assert done.returncode == 2
    assert "bad.yml:7: kin: there is no such field" in done.stdout
