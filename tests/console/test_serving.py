"""The console as a process: where it listens, what it prints, and how it ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
import requests

from bot.settings import PROJECT_DIR
from trials.processes import free_port

Done: TypeAlias = "subprocess.CompletedProcess[str]"
SECONDS = 60


class Served:
    """A console in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.environment = {
            **os.environ,
            "STAFF_PORT": str(self.port),
            "HELSE_STORE": str(folder / "conversations.db"),
            "HELSE_STAFF": "Eva:editor Ada:admin",
        }
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "staff"],
            cwd=PROJECT_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.printed = [self.process.stdout.readline() for _ in range(4)]
        self.seconds = time.monotonic() - began
        self.url = f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, **environment: str) -> Done:
        """Run a command beside it."""
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=PROJECT_DIR,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("staff"))
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


def sign_in(link: str) -> requests.Session:
    browser = requests.Session()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(link).text)
    assert token
    answer = browser.post(link, data={"csrf_token": token[1]}, allow_redirects=False)
    assert answer.status_code == 303
    return browser


def test_it_prints_where_it_is_and_a_link_for_each_person(served: Served) -> None:
    ready, advice, *people = served.printed
    assert ready == f"Ready: open {served.url} (Ctrl-C stops it).\n"
    assert "python -m bot.cli sign-in" in advice
    names = [line.split(":")[0].strip() for line in people]
    assert names == ["Eva (editor)", "Ada (admin)"]


def test_a_printed_link_signs_in(served: Served) -> None:
    browser = sign_in(served.printed[3].split(": ")[1].strip())
    page = browser.get(f"{served.url}/settings/")
    assert page.status_code == 200
    assert page.headers.get("Server") is None


def test_the_command_line_makes_another_link(served: Served) -> None:
    made = served.run("sign-in", "ada")
    assert made.returncode == 0, made.stderr
    assert sign_in(made.stdout.strip()).get(f"{served.url}/audit/").status_code == 200


def test_a_link_for_nobody_is_refused(served: Served) -> None:
    made = served.run("sign-in", "Olav")
    assert made.returncode == 1
    assert "HELSE_STAFF: Olav is not among them; choose of Eva, Ada" in made.stderr


def test_a_taken_port_is_told(served: Served) -> None:
    second = served.run("staff")
    assert second.returncode == 1
    assert "make staff STAFF_PORT=" in second.stderr


def test_without_a_provider_it_listens_to_this_machine_alone(served: Served) -> None:
    refused = served.run("staff", HELSE_STAFF_HOST="0.0.0.0")
    assert refused.returncode == 1
    assert "ConfigError: setting HELSE_STAFF_HOST: without HELSE_OIDC" in refused.stderr


def test_a_body_without_end_is_cut_off(served: Served) -> None:
    answer = requests.post(f"{served.url}/sign-out", data=b"x" * 3_000_000, timeout=30)
    assert answer.status_code == 413
    assert "Traceback" not in answer.text


def test_it_stops_when_it_is_told_to_and_says_nothing_more(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    out, err = served.process.communicate(timeout=SECONDS)
    assert served.process.returncode == 0
    assert (out, err) == ("", "")
