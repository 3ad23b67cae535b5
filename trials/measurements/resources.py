"""What processes take: memory and processor time."""

import contextlib
from collections.abc import Callable
from typing import Any

import psutil  # type: ignore[import-untyped]  # no stubs

from trials.processes import Process


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
