"""Starts, measures and stops processes; each in a group of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # no stubs

from bot.errors import PortError
from trials.measurements.errors import BenchmarkError, last_lines

LOOPBACK = "127.0.0.1"
_SECONDS_TO_STOP = 15
# Settings of the project's own server, which is measured with their defaults.
_LEFT_OUT = (
    "HELSE_CONTACT",
    "HELSE_STORE",
    "HELSE_LONGEST_MESSAGE",
    "PORT",
    "HELSE_HOST",
)


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a measured process."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", **changes}


def free_port() -> int:
    """Return a port that nothing listens on.

    Raises:
        PortError: There is none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((LOOPBACK, 0))
        except OSError as error:
            why = error.strerror
            raise PortError(f"no port is free on {LOOPBACK}: {why}") from error
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    arguments: Sequence[str], folder: Path, changes: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with some arguments, and stop it with all that it started.

    Args:
        arguments: What follows `python`.
        folder: The working directory.
        changes: Differences in its environment.
        log: Gets what it prints.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment(changes),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def run_to_end(
    arguments: Sequence[str],
    folder: Path,
    changes: Mapping[str, str],
    log: Path,
    minutes: float,
    advice: str = "measure less (--diet-epochs, --examples) or allow more "
    "(--step-minutes)",
) -> float:
    """Run Python until it is done.

    Args:
        arguments: What follows `python`.
        folder: The working directory.
        changes: Differences in its environment.
        log: Gets what it prints.
        minutes: The longest it may take.
        advice: What to do when it takes longer.

    Returns:
        How many seconds it took, from the start of the process to its end.

    Raises:
        BenchmarkError: It failed, or took too long and was stopped.
    """
    what = " ".join(argument for argument in arguments[:3] if argument != "-m")
    began = time.monotonic()
    with running(arguments, folder, changes, log) as process:
        try:
            status = process.wait(timeout=minutes * 60)
        except subprocess.TimeoutExpired as error:
            raise BenchmarkError(
                f"'{what}' took more than {minutes:g} minutes and was stopped; {advice}"
            ) from error
    if status != 0:
        raise BenchmarkError(f"'{what}' failed; it ended with\n{last_lines(log)}")
    return time.monotonic() - began


def resident_bytes(process: subprocess.Popen[bytes]) -> int:
    """Return the resident set size of a process and all its children."""
    return int(_sum_of_family(process, lambda each: each.memory_info().rss))


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return the processor time that a process and its present children have used."""
    return _sum_of_family(process, lambda each: sum(each.cpu_times()[:2]))


def _sum_of_family(
    process: subprocess.Popen[bytes], figure: Callable[[Any], float]
) -> float:
    root = psutil.Process(process.pid)
    total = 0.0
    for each in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += figure(each)
    return total


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process's group: first politely, then by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        # The group lives on while any child does, though its leader has ended.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_SECONDS_TO_STOP)
