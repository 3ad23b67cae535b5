"""Sends odd messages and odd bodies to a server, and finds what it fails at."""

import json
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3

from trials.client import AS_TEST
from trials.fuzzing.bodies import MARK, Request
from trials.fuzzing.messages import Odd
from trials.server import Server

_OK, _FAILED = 200, 500
_RATE = "100000000/minute"
# So long that no conversation grows without end.
_MESSAGES_OF_ONE = 50


class Sender:
    """Sends requests to a server over both of its channels."""

    def __init__(self, server: Server) -> None:
        """Take the server."""
        self._server = server
        self._pool = urllib3.PoolManager(retries=False, timeout=60)
        self._sent = 0
        self._token = ""

    def failed_messages(self, messages: Iterable[Odd]) -> Iterator[str]:
        """Yield which messages do not get one payload, on one channel or the other."""
        for kind, text in messages:
            said = f"{text[: -len(MARK)]}{MARK}" if len(text) > len(MARK) else text
            if self._payloads_over_rest(said) != 1:
                yield f"rest, {kind}: {text!r}"
            if self._payloads_over_web(said) != 1:
                yield f"web, {kind}: {text!r}"

    def failed_requests(self, requests: Iterable[Request]) -> Iterator[str]:
        """Yield which requests the server fails at, rather than refusing them."""
        for request in requests:
            status = self._send(*request).status
            if status >= _FAILED:
                yield f"{status} {request}"

    def is_quiet(self) -> bool:
        """Tell whether nothing of what was sent stands in what the server wrote."""
        return MARK not in self._server.log.read_text("utf-8", errors="replace")

    def _payloads_over_rest(self, text: str) -> int:
        body = {"sender": uuid.uuid4().hex, "message": text}
        answer = self._send("POST", "/webhooks/rest/webhook", _written(body))
        if answer.status != _OK:
            return 0
        return sum("custom" in part for part in answer.json())

    def _payloads_over_web(self, text: str) -> int:
        body = {"id": str(uuid.uuid4()), "text": text}
        answer = self._send("POST", "/api/conversation/messages", _written(body))
        return int(answer.status == _OK and "kind" in answer.json()["reply"])

    def _send(self, method: str, path: str, body: bytes) -> urllib3.BaseHTTPResponse:
        return self._pool.request(
            method, f"{self._server.url}{path}", body=body, headers=self._headers()
        )

    def _headers(self) -> dict[str, str]:
        if self._sent % _MESSAGES_OF_ONE == 0:
            url = f"{self._server.url}/api/conversations"
            self._token = self._pool.request("POST", url).json()["token"]
        self._sent += 1
        return {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            **AS_TEST,
        }


def _written(body: dict[str, str]) -> bytes:
    """Return JSON in which half a letter stands as an escape."""
    return json.dumps(body).encode("ascii")


@contextmanager
def sender(say: Callable[[str], None]) -> Iterator[Sender]:
    """Start a server of one's own, without rates, and give what sends to it."""
    say("Starting a server for this run ...")
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        server = Server(
            Path(folder),
            HELSE_LOG="json",
            HELSE_RATE_ADDRESS=_RATE,
            HELSE_RATE_CONVERSATION=_RATE,
            HELSE_RATE_OPENING=_RATE,
        )
        try:
            yield Sender(server)
        finally:
            server.stop()
