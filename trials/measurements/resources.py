"""What processes take: memory and processor time."""

import contextlib
from collections.abc import Callable, Collection
from importlib.metadata import distributions
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


def bytes_on_disk(*roots: Path) -> int:
    """Return what some files, and those of folders, take on disk; each counts once."""
    files = {}
    for root in roots:
        for path in (root, *root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                status = path.stat()
                files[status.st_ino] = status.st_blocks * _BLOCK
    return sum(files.values())


def bytes_of_packages(environment: Path, names: Collection[str]) -> int:
    """Return what some packages of an environment take on disk, with their bytecode.

    Args:
        environment: The environment's folder.
        names: The packages, in small letters and with hyphens.
    """
    roots: set[Path] = set()
    for site in environment.glob("lib/python*/site-packages"):
        for package in distributions(path=[str(site)]):
            name = package.metadata["Name"].lower().replace("_", "-")
            if name in names:
                tops = {file.parts[0] for file in package.files or ()}
                roots |= {site / top for top in tops - {".."}}
    return bytes_on_disk(*roots)
