"""Starts processes, waits for them and stops them with all that they started."""

import contextlib
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.errors import PortError
from trials.errors import TrialError

LOOPBACK = "127.0.0.1"

Process = subprocess.Popen[bytes]

_SECONDS_TO_START = 240
SECONDS_TO_STOP = 30
_PAUSE = 0.1
_LAST_LINES = 15


@dataclasses.dataclass(frozen=True)
class Command:
    """How a program is run.

    Attributes:
        arguments: What follows its name.
        environment: Differences in its environment.
        program: Which program; this Python when left out.
    """

    arguments: Sequence[str]
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    program: str = sys.executable

    def __str__(self) -> str:
        return " ".join(word for word in self.arguments[:3] if word != "-m")


def free_port() -> int:
    """Return a port that nothing listens on.

    Raises:
        PortError: There is none.
    """
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, 0))
        except OSError as error:
            why = error.strerror
            raise PortError(f"no port is free on {LOOPBACK}: {why}") from error
        return int(probe.getsockname()[1])


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment here without the project's settings, and with changes.

    Which content is in force stays.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "HELSE_CONTENT" or not (name == "PORT" or name.startswith("HELSE_"))
    }
    own = {"PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false"}
    return {**kept, **own, **changes}


def start(command: Command, folder: Path, log: Path) -> Process:
    """Start a program in a process group of its own.

    Args:
        command: How.
        folder: The working directory.
        log: Gets what it prints.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [command.program, *command.arguments],
            cwd=folder,
            env=environment(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop(process: Process) -> None:
    """End a process and all that it started: first politely, then by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        # The group lives on while any child does, though its leader has ended.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=SECONDS_TO_STOP)


@contextlib.contextmanager
def running(command: Command, folder: Path, log: Path) -> Iterator[Process]:
    """Run a program as `start` does, and stop it with all that it started."""
    process = start(command, folder, log)
    try:
        yield process
    finally:
        stop(process)


def last_lines(log: Path) -> str:
    """Return how a log ends, without progress bars, to show with an error."""
    # Read as bytes, or a carriage return would become the end of a line.
    text = log.read_bytes().decode(errors="replace") if log.exists() else ""
    lines = [line.rsplit("\r", 1)[-1] for line in text.split("\n")]
    kept = [line for line in lines if line.strip()][-_LAST_LINES:]
    return "\n".join(kept) or "(it wrote nothing)"


def wait(
    processes: Sequence[Process], is_up: Callable[[], bool], log: Path, what: str
) -> None:
    """Wait until a server is up.

    Args:
        processes: Those that make it up.
        is_up: Tells whether it is.
        log: What they print.
        what: What to call it when it does not come up.

    Raises:
        TrialError: One of them has ended, or it took too long.
    """
    deadline = time.monotonic() + _SECONDS_TO_START
    while not is_up():
        ended = any(process.poll() is not None for process in processes)
        if ended or time.monotonic() > deadline:
            raise TrialError(f"{what} did not start; it wrote\n{last_lines(log)}")
        time.sleep(_PAUSE)


def run_to_end(
    command: Command, folder: Path, log: Path, minutes: float, advice: str
) -> float:
    """Run a program until it is done.

    Args:
        command: How.
        folder: The working directory.
        log: Gets what it prints.
        minutes: The longest it may take.
        advice: What to do when it takes longer.

    Returns:
        How many seconds it took, from the start of the process to its end.

    Raises:
        TrialError: It failed, or took too long and was stopped.
    """
    began = time.monotonic()
    with running(command, folder, log) as process:
        try:
            status = process.wait(timeout=minutes * 60)
        except subprocess.TimeoutExpired as error:
            raise TrialError(
                f"'{command}' took more than {minutes:g} minutes and was stopped; "
                f"{advice}"
            ) from error
    if status != 0:
        raise TrialError(f"'{command}' failed; it ended with\n{last_lines(log)}")
    return time.monotonic() - began
