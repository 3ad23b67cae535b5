"""The command line: each fault is one clear line that says what to do."""

import http.server
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from rest_client import ROOT

from bot import cli
from trials.processes import environment

_SECONDS = 120


def run_cli(
    *arguments: str, folder: Path = ROOT, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def assert_fails_in_one_line(
    done: subprocess.CompletedProcess[str], *parts: str
) -> None:
    lines = done.stderr.splitlines()
    assert done.returncode == 1, done
    assert len(lines) == 1, done.stderr
    for part in parts:
        assert part in lines[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the assistant knows and says, which a test may break."""
    for folder in ("bot", "knowledge", "data"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    shutil.copy2(ROOT / "domain.yml", tmp_path)
    return tmp_path


def test_a_port_that_is_taken_is_named_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run_cli("serve", PORT=port)
    assert_fails_in_one_line(
        done, "PortError", f"127.0.0.1:{port}", "make serve PORT=", "in use"
    )


@pytest.mark.parametrize("command", ["serve", "train", "validate"])
def test_a_broken_fact_is_named_by_file_and_record(copy: Path, command: str) -> None:
    facts = copy / "knowledge" / "facts.yml"
    content = facts.read_text("utf-8")
    quote = 'quotes: ["Det er Siva som deler ut pengene"]'
    assert quote in content
    facts.write_text(content.replace(quote, "quotes: [Det er staten]"), "utf-8")
    assert_fails_in_one_line(
        run_cli(command, folder=copy),
        "KnowledgeError",
        "knowledge/facts.yml",
        "grant.distributor",
        "«Det er staten»",
    )


@pytest.mark.parametrize("command", ["serve", "validate"])
def test_a_facts_file_that_is_no_yaml_is_named(copy: Path, command: str) -> None:
    (copy / "knowledge" / "facts.yml").write_text("facts: [", "utf-8")
    assert_fails_in_one_line(
        run_cli(command, folder=copy), "KnowledgeError", "knowledge/facts.yml"
    )


def test_a_facts_file_that_is_missing_is_named(copy: Path) -> None:
    (copy / "knowledge" / "facts.yml").unlink()
    assert_fails_in_one_line(
        run_cli("serve", folder=copy), "KnowledgeError", "knowledge/facts.yml"
    )


@pytest.mark.parametrize("written", ["http", "0", "70000", "-5"])
@pytest.mark.parametrize("command", [["serve"], ["ask", "Hvem fikk penger?"]])
def test_a_port_setting_that_is_no_port_is_refused_by_its_name(
    command: list[str], written: str
) -> None:
    assert_fails_in_one_line(
        run_cli(*command, PORT=written), "ConfigError", "PORT", f"'{written}'"
    )


def test_a_server_that_cannot_be_reached_is_named_in_one_line() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        done = run_cli("ask", "Hvem fikk penger?", "--url", url)
    assert_fails_in_one_line(done, url)


@pytest.fixture
def without_rest() -> Iterator[int]:
    """The port of a server that has no REST channel."""

    class Nothing(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Nothing) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def test_a_server_here_without_the_rest_channel_is_done_without(
    without_rest: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    async def answer(question: str) -> tuple[list[dict[str, str]], dict[str, str]]:
        return [{"text": f"Her: {question}"}], {}

    monkeypatch.setenv("PORT", str(without_rest))
    monkeypatch.setattr(cli, "_ask_without_server", answer)
    monkeypatch.chdir(ROOT)
    assert cli.main(["ask", "Hvem fikk penger?"]) == 0
    assert capsys.readouterr() == ("\nHer: Hvem fikk penger?\n", "")


def test_a_named_server_without_the_rest_channel_is_told_with_the_setting(
    without_rest: int,
) -> None:
    url = f"http://127.0.0.1:{without_rest}"
    done = run_cli("ask", "Hvem fikk penger?", "--url", url)
    assert_fails_in_one_line(done, url, "HELSE_REST")


def test_no_command_at_all_shows_how_it_is_used() -> None:
    done = run_cli()
    assert done.returncode == 2
    assert "usage:" in done.stderr
