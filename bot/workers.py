"""Serves with several processes on one port, and starts anew those that end.

The processes take connections from one socket, which this one has made and holds, so
that none is refused while a process starts. It serves nothing itself but the sums of
the processes' metrics.
"""

import contextlib
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from bot.listening import listening_socket, url_of
from bot.metrics import tell
from bot.settings import PROJECT_DIR, Settings

# Where prometheus_client writes the figures of a process.
_METRICS_DIR = "PROMETHEUS_MULTIPROC_DIR"
# Where no process has lived so long, a new one will end for the same fault.
_LONG_ENOUGH = 30
_SECONDS_BETWEEN_STARTS = 5
_SECONDS_BETWEEN_LOOKS = 0.2
# To end its requests, beyond the seconds that it goes on for.
_SECONDS_TO_STOP = 30


@dataclasses.dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    began: float


class Workers:
    """The processes that serve."""

    def __init__(self, settings: Settings, listening: socket.socket) -> None:
        """Start them.

        Args:
            settings: The settings.
            listening: The socket that they share.
        """
        self._listening = listening
        self._drain = settings.drain
        self._stopping = False
        self._served = False
        # Its other end is closed with this process, however that ends.
        self._parent, self._alive = os.pipe()
        self._workers = [self._start() for _ in range(settings.workers)]

    def watch(self) -> int:
        """Start anew what ends, until told to stop.

        Returns:
            The exit status: that of a process which could not start, or else 0.
        """
        while not self._stopping:
            for place, worker in enumerate(self._workers):
                status = worker.process.poll()
                if status is None:
                    continue
                if _METRICS_DIR in os.environ:
                    mark_process_dead(worker.process.pid)
                if status > 0 and not self._has_served():
                    return status
                if time.monotonic() - worker.began > _SECONDS_BETWEEN_STARTS:
                    self._workers[place] = self._start()
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        return 0

    def _has_served(self) -> bool:
        """Tell whether a process has lived long enough to serve."""
        now = time.monotonic()
        self._served |= any(
            worker.process.poll() is None and now - worker.began > _LONG_ENOUGH
            for worker in self._workers
        )
        return self._served

    def stop(self) -> None:
        """Have them end what they have begun, and wait for it."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            _end(worker.process, self._drain + _SECONDS_TO_STOP)

    def tell_to_stop(self, *_: object) -> None:
        """Have `watch` return."""
        self._stopping = True

    def _start(self) -> _Worker:
        number = self._listening.fileno()
        command = [sys.executable, "-m", "bot.cli", "serve", "--socket", str(number)]
        command += ["--parent", str(self._parent)]
        process = subprocess.Popen(
            command,
            cwd=PROJECT_DIR,
            env={**os.environ, "HELSE_METRICS": ""},
            pass_fds=[number, self._parent],
            # Ctrl-C reaches this process alone, which tells the others.
            start_new_session=True,
        )
        return _Worker(process, time.monotonic())


def _end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for a process to end, and end it by force when it does not."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()


def serve_with_workers(settings: Settings, say: Callable[[str], None]) -> int:
    """Serve with several processes until told to stop.

    Args:
        settings: The settings.
        say: Is told where they listen.

    Returns:
        The exit status.

    Raises:
        PortError: A port cannot be listened on.
    """
    with listening_socket(settings) as listening, _metrics(settings):
        workers = Workers(settings, listening)
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, workers.tell_to_stop)
        say(f"{settings.workers} processes serve at {url_of(settings)} (Ctrl-C stops).")
        try:
            return workers.watch()
        finally:
            workers.stop()


@contextlib.contextmanager
def _metrics(settings: Settings) -> Iterator[None]:
    """Tell the sums of the processes' figures, if figures are to be told."""
    if not settings.metrics:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="helse-metrics-") as folder:
        os.environ[_METRICS_DIR] = folder
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)
        tell(registry, *settings.metrics)
        yield
