"""Conversations with the real server: one that is sound, and one with faults."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from rest_client import Server

from bot.settings import PROJECT_DIR
from trials.pipelines import Project
from trials.processes import environment, free_port

pytestmark = pytest.mark.usefixtures("model")
# A file, what stands in it, and what takes its place.
FAULTS = (
    # a changed figure of the knowledge base
    ("knowledge/facts.yml", "value: 6000000", "value: 7000000"),
    # swapped intents
    (
        "actions/reply.py",
        "        reply = self._answerer",
        "        for question in message.questions:\n"
        "            if question.intent == 'ask_publisher':\n"
        "                object.__setattr__(question, 'intent', 'ask_title')\n"
        "        reply = self._answerer",
    ),
    # an extra number in a reply
    (
        "actions/reply.py",
        "text=reply.text,",
        "text=reply.text + ' 99 er med.' * (reply.intent == 'ask_consortium'),",
    ),
    # a lost source
    (
        "bot/answering/reply.py",
        "for source in self.sources",
        "for source in self.sources[self.intent == 'ask_pot' :]",
    ),
    # a wrong language
    (
        "bot/answering/reply.py",
        '"language": self.language',
        '"language": "nb" if self.language == "nn" else self.language',
    ),
)


def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-s", *arguments],
        cwd=PROJECT_DIR,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server, from a copy of the project with the faults put in."""
    copy = Project(tmp_path_factory.mktemp("faulty")).folder
    (copy / "models").symlink_to(PROJECT_DIR / "models")
    for name, sound, broken in FAULTS:
        text = (copy / name).read_text("utf-8")
        assert sound in text, name
        (copy / name).write_text(text.replace(sound, broken), "utf-8")
    server = Server(copy, copy / "conversations.db", root=copy)
    yield server
    server.stop()


def test_every_fault_put_into_the_server_is_caught_and_named(faulty: Server) -> None:
    done = run("tests/conversations", "--url", faulty.url)
    assert done.returncode == 1, done.stderr
    assert "hold «7 millioner" in done.stdout
    assert "expected ask_publisher, came ask_title" in done.stdout
    assert "hold «99»" in done.stdout
    assert "no source proves" in done.stdout
    assert "expected nn, came nb" in done.stdout


def test_without_a_server_one_is_started_for_the_run() -> None:
    done = run(
        "tests/conversations/handover.yml", "--url", "auto", PORT=str(free_port())
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Starting a server for this run" in done.stderr
    assert " passed" in done.stdout
