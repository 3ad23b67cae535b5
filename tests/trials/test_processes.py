"""Processes of trials are started alike, waited for, and stopped whole."""

import time
from pathlib import Path

import psutil
import pytest

from trials.errors import TrialError
from trials.processes import Command, environment, last_lines, run_to_end, running, wait

PARENT = (
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)"
)


def test_settings_of_the_shell_do_not_reach_what_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("HELSE_OPERATOR", "somebody")
    monkeypatch.setenv("HELSE_CONTENT", "/a/folder")
    monkeypatch.setenv("PORTAL", "open")
    made = environment({"HELSE_REST": "off"})
    assert {"PORT", "HELSE_OPERATOR"}.isdisjoint(made)
    expected = {"HELSE_CONTENT": "/a/folder", "PORTAL": "open", "HELSE_REST": "off"}
    assert expected.items() <= made.items()


def test_what_a_process_has_started_ends_with_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(Command(["-c", PARENT]), tmp_path, log) as process:
        while not log.read_text():
            time.sleep(0.01)
        child = psutil.Process(int(log.read_text()))
        assert child.is_running()
    assert process.poll() is not None
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_server_that_ends_before_it_is_up_is_told_with_its_last_lines(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    with (
        running(Command(["-c", "print('10%\\rno room')"]), tmp_path, log) as process,
        pytest.raises(TrialError, match="the server did not start; it wrote\nno room"),
    ):
        wait([process], lambda: False, log, "the server")


def test_a_process_that_fails_or_takes_too_long_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(TrialError, match="failed; it ended with\nbroken"):
        run_to_end(
            Command(["-c", "import sys; sys.exit('broken')"]), tmp_path, log, 1, ""
        )
    slow = Command(["-c", "import time; time.sleep(60)"])
    with pytest.raises(TrialError, match="was stopped; do less"):
        run_to_end(slow, tmp_path, log, 0.01, "do less")
    assert last_lines(tmp_path / "none") == "(it wrote nothing)"
