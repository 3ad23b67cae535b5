"""The real server in a process of its own, and a client that talks to it."""

import dataclasses
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Long enough for a busy machine; training, when it is needed, comes on top.
_SECONDS_TO_START = 240
_SECONDS_TO_STOP = 30
_SECONDS_TO_ANSWER = 60
_SECONDS_BETWEEN_LOOKS = 0.1
_LONGEST_OUTPUT = 20_000  # characters


@dataclasses.dataclass(frozen=True)
class Reply:
    """What came back for one message."""

    sender: str
    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All that the person reads."""
        return "\n".join(m["text"] for m in self.messages if m.get("text"))

    @property
    def payloads(self) -> list[dict[str, Any]]:
        """The payloads; by the contract there is one."""
        return [m["custom"] for m in self.messages if "custom" in m]

    @property
    def payload(self) -> dict[str, Any]:
        """The one payload."""
        assert len(self.payloads) == 1, self.messages
        return self.payloads[0]

    @property
    def kind(self) -> str:
        """The kind of the reply."""
        return str(self.payload["kind"])

    @property
    def facts(self) -> list[str]:
        """The ids of the facts that it states."""
        return list(self.payload["facts"])

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Every button."""
        return [b for m in self.messages for b in m.get("buttons") or ()]


@dataclasses.dataclass(frozen=True)
class Client:
    """Talks to a server over its REST channel."""

    url: str

    def say(self, sender: str, text: str) -> Reply:
        """Send a message in a conversation."""
        body = json.dumps({"sender": sender, "message": text})
        status, answer = self.post(body.encode())
        assert status == 200, (status, answer)
        return Reply(sender, answer)

    def ask(self, text: str) -> Reply:
        """Send a message in a conversation of its own."""
        return self.say(uuid.uuid4().hex, text)

    def post(
        self, body: bytes, content_type: str = "application/json"
    ) -> tuple[int, Any]:
        """Send any bytes, and return the status and the JSON that comes back."""
        request = urllib.request.Request(
            f"{self.url}/webhooks/rest/webhook", body, {"Content-Type": content_type}
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS_TO_ANSWER) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def is_ready(self) -> bool:
        """Tell whether the server is ready for messages."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except OSError:
            return False


class Server:
    """`python -m bot.cli serve` on a free port."""

    def __init__(
        self,
        folder: Path,
        store: Path,
        port: int | None = None,
        root: Path = ROOT,
        **settings: str,
    ) -> None:
        """Start it and wait until it answers.

        Args:
            folder: Where its output goes.
            store: The file of its conversations.
            port: Where it listens; a free one when left out.
            root: The project that is served.
            settings: Settings that differ from the default, by name.
        """
        self.store = store
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.client = Client(self.url)
        self._log = folder / f"server-{port}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "serve"],
                cwd=root,
                env=environment(PORT=str(port), HELSE_STORE=str(store), **settings),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not self.client.is_ready():
            assert self._process.poll() is None, f"it stopped:\n{self.output()}"
            assert time.monotonic() < deadline, f"it is not ready:\n{self.output()}"
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def output(self) -> str:
        """Return what it has printed, the end of it if that is much."""
        return self._log.read_text("utf-8", errors="replace")[-_LONGEST_OUTPUT:]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it: SIGINT is Ctrl-C, SIGTERM a supervisor, SIGKILL a crash."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**changed: str) -> dict[str, str]:
    """Return this process's environment without the project's settings, and changes."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PORT", "HELSE_HOST") and not name.startswith("HELSE_")
    }
    return {**kept, "PYTHONUNBUFFERED": "1", **changed}
