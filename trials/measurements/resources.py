"""What processes take: memory and processor time."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # no stubs

from trials.processes import Process

# The unit that file systems count blocks in.
_BLOCK = 512


def resident_bytes(process: Process) -> int:
    """Return the resident set size of a process and all its children."""
    return int(_sum_of_family(process, lambda each: each.memory_info().rss))


def processor_seconds(process: Process) -> float:
    """Return the processor time that a process and its present children have used."""
    return _sum_of_family(process, lambda each: sum(each.cpu_times()[:2]))


def _sum_of_family(process: Process, figure: Callable[[Any], float]) -> float:
    root = psutil.Process(process.pid)
    total = 0.0
    for each in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += figure(each)
    return total


def bytes_of_folder(folder: Path) -> int:
    """Return what the files of a folder take on disk, each counted once."""
    files = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            status = path.stat()
            files[status.st_ino] = status.st_blocks * _BLOCK
    return sum(files.values())
