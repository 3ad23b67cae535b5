"""The assistant's server: starts one, or finds the one that is named."""

import contextlib
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.settings import PROJECT_DIR
from bot.training import trained
from trials.client import Client
from trials.errors import TrialError
from trials.processes import (
    LOOPBACK,
    SECONDS_TO_STOP,
    Command,
    free_port,
    start,
    stop,
    wait,
)

AUTO = "auto"
"""In place of an address: a server of one's own, with a store that is thrown away.

What is said to try the assistant never gets among what people say to the one that is
up, unless that is asked for by name.
"""


# Whatever the service is set to, a server that is tried shares nothing with it.
_ALONE = {"HELSE_DATABASE": "", "HELSE_REDIS": "", "HELSE_METRICS": "", "WORKERS": ""}


class Server:
    """`make serve` on a port, which is up when this has been made."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        root: Path = PROJECT_DIR,
        **settings: str,
    ) -> None:
        """Start it and wait until it is ready.

        Args:
            folder: Where its output goes, and its store unless a setting says else.
            port: Where it listens; a free one when left out.
            root: The project that is served.
            settings: Settings that differ from the default, by name.

        Raises:
            TrialError: It does not start.
        """
        port = port or free_port()
        self.url = f"http://{LOOPBACK}:{port}"
        self.log = folder / f"server-{port}.log"
        changes = {
            "PORT": str(port),
            "HELSE_HOST": LOOPBACK,
            "HELSE_STORE": str(folder / "conversations.db"),
            **_ALONE,
            **settings,
        }
        command = Command(["-m", "bot.cli", "serve"], changes)
        self._process = start(command, root, self.log)
        try:
            wait([self._process], Client(self.url).is_ready, self.log, "the server")
        except BaseException:
            stop(self._process)
            raise

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it: SIGINT is Ctrl-C, SIGTERM a supervisor, SIGKILL a crash.

        Raises:
            TimeoutExpired: It did not heed the signal, and was ended by force.
        """
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(SECONDS_TO_STOP)
        finally:
            stop(self._process)


@contextlib.contextmanager
def server_at(address: str, say: Callable[[str], None]) -> Iterator[str]:
    """Give the address of a server that is up.

    Args:
        address: That of the server to use, or `auto`: one that is started for this,
            and stopped again.
        say: Is told what is being done.

    Raises:
        TrialError: The named server does not answer, or the own one does not start.
        ModelError: The model could not be trained.
    """
    if address != AUTO:
        url = address if "://" in address else f"http://{address}"
        if not Client(url).is_ready():
            raise TrialError(
                f"no server answers at {url}: correct --url, or leave it out to have "
                "one started"
            )
        say(f"Talking to the server at {url}, which keeps what is said.")
        yield url
        return
    trained(say)
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        say("Starting a server for this run ...")
        own = Server(Path(folder), HELSE_REST="on")
        try:
            yield own.url
        finally:
            own.stop()
