"""The real server in a process of its own, and a client that talks to it."""

import dataclasses
import json
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import trials.reply
import trials.server

ROOT = Path(__file__).resolve().parents[1]
_SECONDS_TO_ANSWER = 60
_LONGEST_OUTPUT = 20_000  # characters


@dataclasses.dataclass(frozen=True)
class Reply(trials.reply.Reply):
    """What came back for one message; by the contract there is one payload."""

    sender: str = ""

    @property
    def payload(self) -> dict[str, Any]:
        """The one payload."""
        assert len(self.payloads) == 1, self.messages
        return dict(self.payloads[0])

    @property
    def kind(self) -> str:
        """The kind of the reply."""
        return str(self.payload["kind"])


@dataclasses.dataclass(frozen=True)
class Client:
    """Talks to a server over its REST channel."""

    url: str

    def say(self, sender: str, text: str) -> Reply:
        """Send a message in a conversation."""
        body = json.dumps({"sender": sender, "message": text})
        status, answer = self.post(body.encode())
        assert status == 200, (status, answer)
        return Reply(answer, sender=sender)

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


class Server(trials.server.Server):
    """The real server on a port, with its store and a client of its own."""

    def __init__(
        self,
        folder: Path,
        store: Path,
        port: int | None = None,
        root: Path = ROOT,
        **settings: str,
    ) -> None:
        """Start it; the store is the file of its conversations."""
        settings = {"HELSE_STORE": str(store), **settings}
        super().__init__(folder, port=port, root=root, **settings)
        self.store = store
        self.client = Client(self.url)

    def output(self) -> str:
        """Return what it has printed, the end of it if that is much."""
        return self.log.read_text("utf-8", errors="replace")[-_LONGEST_OUTPUT:]
