"""A small disk of its own, which can be filled and emptied again."""

import contextlib
import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

_CHUNK = bytes(64 * 1024)


class Disk:
    """A folder; where it could be mounted, it has room for little."""

    def __init__(self, folder: Path, is_small: bool) -> None:
        """Take the folder.

        Args:
            folder: The folder.
            is_small: Whether it is a file system of its own, which can be filled.
        """
        self.folder = folder
        self.is_small = is_small
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room on it."""
        assert self.is_small, "the machine's own disk is not to be filled"
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (len(_CHUNK), 1):
                with _until_full():
                    while ballast.write(_CHUNK[:size]):
                        pass

    def free(self) -> None:
        """Take away what filled it."""
        self._ballast.unlink(missing_ok=True)


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Give a disk of some size; a plain folder where nothing may be mounted.

    Args:
        folder: Where it is mounted; it is made.
        megabytes: Its size.
    """
    folder.mkdir()
    options = f"size={megabytes}m,mode=0711"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    is_mounted = _succeeds(mount)
    try:
        yield Disk(folder, is_mounted)
    finally:
        if is_mounted and not _succeeds(["umount", str(folder)]):
            # Something that ends just now still has a file of it open.
            _succeeds(["umount", "--lazy", str(folder)])


@contextlib.contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
