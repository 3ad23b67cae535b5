"""Keeps a process running, as systemd does: what ends is started again."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from trials.errors import TrialError
from trials.processes import Command, Process, last_lines, start, stop

# As long as systemd waits, by the unit in deploy/.
_SECONDS_TO_RESTART = 1.0
_SECONDS_TO_BE_UP = 90
_SECONDS_TO_STOP = 30
_PAUSE = 0.05


class Kept:
    """A process that is started again when it ends, until it is let go."""

    def __init__(
        self,
        name: str,
        command: Command,
        folder: Path,
        is_up: Callable[[], bool],
        *,
        root: Path | None = None,
        how: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Start it.

        Args:
            name: What it is called; its log is named so.
            command: How it is run.
            folder: Where its log and the file with its process id are.
            is_up: Tells whether it does its work.
            root: Its working directory; `folder` when left out.
            how: The signal that ends it in good order.
        """
        self.name = name
        self.log = folder / f"{name}.log"
        self.id_file = folder / f"{name}.pid"
        self._command, self._is_up, self._how = command, is_up, how
        self._root = root or folder
        self._lock = threading.Lock()
        self._is_let_go = False
        self.process = self._start()
        threading.Thread(target=self._keep, name=name, daemon=True).start()

    def wait(self) -> None:
        """Wait until it is up.

        Raises:
            TrialError: It takes too long.
        """
        deadline = time.monotonic() + _SECONDS_TO_BE_UP
        while not self._is_up():
            if time.monotonic() > deadline:
                raise TrialError(
                    f"{self.name} is not up after {_SECONDS_TO_BE_UP} s; it wrote\n"
                    f"{last_lines(self.log)}"
                )
            time.sleep(_PAUSE)

    def kill(self) -> None:
        """End it as a crash does, at once, and wait until another is up."""
        killed = self.process
        killed.kill()
        killed.wait()
        while self.process is killed:
            time.sleep(_PAUSE)
        self.wait()

    def let_go(self) -> None:
        """End it for good."""
        with self._lock:
            self._is_let_go = True
        if self.process.poll() is None:
            self.process.send_signal(self._how)
        try:
            self.process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            pass
        finally:
            stop(self.process)

    def _start(self) -> Process:
        process = start(self._command, self._root, self.log)
        self.id_file.write_text(str(process.pid), "ascii")
        return process

    def _keep(self) -> None:
        while True:
            self.process.wait()
            time.sleep(_SECONDS_TO_RESTART)
            with self._lock:
                if self._is_let_go:
                    return
                self.process = self._start()
