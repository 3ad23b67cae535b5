"""Finds the server to talk to, or starts one for the time of a run."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.errors import RunError
from bot.settings import PROJECT_DIR, read_settings
from trials.scripts.client import answers

_LONGEST_START = 240
_LONGEST_STOP = 30
_PAUSE = 0.1
_LINES_SHOWN = 15
_ANY_HOST = ("0.0.0.0", "::")
_THIS_MACHINE = "127.0.0.1"


@contextlib.contextmanager
def server(url: str | None, say: Callable[[str], None]) -> Iterator[str]:
    """Give the address of a server that is up.

    Args:
        url: The server to use. When left out it is the one of the setting PORT on this
            machine; where none answers, one is started and stopped again.
        say: Is told what is being done.

    Raises:
        RunError: The named server does not answer, or the own one does not start.
        ModelError: The model could not be trained.
    """
    if url:
        if not asyncio.run(answers(url)):
            raise RunError(
                f"no server answers at {url}: correct --url, or leave it out to have "
                "one started"
            )
        yield url
        return
    settings = read_settings()
    host = _THIS_MACHINE if settings.host in _ANY_HOST else settings.host
    usual = f"http://{host}:{settings.port}"
    if asyncio.run(answers(usual)):
        say(f"Talking to the server at {usual}.")
        yield usual
        return
    with _own_server(say) as own:
        yield own


@contextlib.contextmanager
def _own_server(say: Callable[[str], None]) -> Iterator[str]:
    from bot.training import train

    train(say)
    with tempfile.TemporaryDirectory(prefix="conversations-") as folder:
        say("Starting a server for this run ...")
        port = _free_port()
        url = f"http://{_THIS_MACHINE}:{port}"
        log = Path(folder) / "server.log"
        environment = {
            **os.environ,
            "PORT": str(port),
            "HELSE_HOST": _THIS_MACHINE,
            "HELSE_REST": "on",
            "HELSE_STORE": str(Path(folder) / "conversations.db"),
        }
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "serve"],
                cwd=PROJECT_DIR,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait(process, url, log)
            yield url
        finally:
            _stop(process)


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + _LONGEST_START
    while not asyncio.run(answers(url)):
        if process.poll() is not None or time.monotonic() > deadline:
            written = log.read_text("utf-8", errors="replace").splitlines()
            last = "\n".join(written[-_LINES_SHOWN:])
            raise RunError(f"the server for this run did not start; it wrote\n{last}")
        time.sleep(_PAUSE)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_THIS_MACHINE, 0))
        return int(probe.getsockname()[1])
