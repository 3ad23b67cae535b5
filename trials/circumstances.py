"""Where and when a run took place, and how far it has come."""

import dataclasses
import os
import platform
import time
from datetime import date
from importlib.metadata import version
from typing import TextIO

import psutil  # type: ignore[import-untyped]  # no stubs

_GIGABYTE = 1024**3


@dataclasses.dataclass(frozen=True)
class Circumstances:
    """Where and when a run took place.

    Attributes:
        date: The day, as YYYY-MM-DD.
        machine: Processors, memory and system.
        versions: Of Python and the packages that matter.
        load: Processes that wanted a processor, on average, before and after.
        minutes: How long the run took.
    """

    date: str
    machine: str
    versions: str
    load: tuple[float, float]
    minutes: float

    def __str__(self) -> str:
        before, after = self.load
        return (
            f"{self.date}, {self.minutes:.0f} minutes. {self.machine}. {self.versions}."
            f" Processes that wanted a processor: {before:.1f} on average in the"
            f" minutes before the run, {after:.1f} in the last ones."
        )


class Clock:
    """Tells what is being done, and how far into the run."""

    def __init__(self, stream: TextIO) -> None:
        """Begin to count; what is told goes to the stream."""
        self._stream = stream
        self._began = time.monotonic()

    @property
    def minutes(self) -> float:
        """Since the run began."""
        return (time.monotonic() - self._began) / 60

    def say(self, line: str) -> None:
        """Write a line after the minutes and seconds of the run."""
        whole = int(self.minutes * 60)
        print(
            f"[{whole // 60:02}:{whole % 60:02}] {line}",
            file=self._stream,
            flush=True,
        )


def machine() -> str:
    """Return the machine's processors, memory and system."""
    memory = psutil.virtual_memory().total / _GIGABYTE
    return f"{os.cpu_count()} processors, {memory:.0f} GB memory, {platform.system()}"


def versions() -> str:
    """Return the versions of Python and the packages that matter."""
    packages = ("rasa", "spacy")
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"Python {platform.python_version()}, {named}"


def circumstances(load_before: float, clock: Clock) -> Circumstances:
    """Return where and when the run that ends now took place.

    Args:
        load_before: Processes that wanted a processor, on average, when it began.
        clock: Has run since then.
    """
    return Circumstances(
        date=date.today().isoformat(),
        machine=machine(),
        versions=versions(),
        load=(load_before, os.getloadavg()[2]),
        minutes=clock.minutes,
    )
