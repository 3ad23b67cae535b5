"""Listens to the stream of a case, as the widget does."""

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from web_client import WebClient

_SECONDS = 20
_OK = 200


class Stream:
    """One stream; what comes is kept with the moment at which it came."""

    def __init__(self, client: WebClient, since: int = 0) -> None:
        """Begin to listen, and wait for the first event."""
        self.events: list[tuple[float, dict[str, Any]]] = []
        self.beats = 0
        self.has_ended = threading.Event()
        address = urlsplit(client.url)
        self._line = http.client.HTTPConnection(address.hostname or "", address.port)
        self._line.connect()
        # What shuts it down, whoever reads from it.
        self._socket = self._line.sock.dup()
        self._line.request(
            "GET",
            f"/api/conversation/case/events?since={since}",
            headers={"Authorization": f"Bearer {client.token}"},
        )
        self._answer = self._line.getresponse()
        self.status, self.headers = self._answer.status, self._answer.headers
        self.code = ""
        if self.status == _OK:
            threading.Thread(target=self._read, daemon=True).start()
            self.wait_for(bool)
        else:
            self.code = json.load(self._answer)["error"]["code"]

    def _read(self) -> None:
        try:
            for line in self._answer:
                if line.startswith(b"data: "):
                    self.events.append((time.time(), json.loads(line[6:])))
                self.beats += line == b":\n"
        except (OSError, http.client.HTTPException):
            pass  # The server has gone, or this has.
        self.has_ended.set()

    def wait_for(self, is_right: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Return the first event that is right, as soon as it has come."""
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            for _, view in self.events:
                if is_right(view):
                    return view
            time.sleep(0.02)
        raise AssertionError([view for _, view in self.events])

    def lines(self) -> list[dict[str, Any]]:
        """Return all lines that have come, in their order."""
        return [line for _, view in self.events for line in view["lines"]]

    def close(self) -> None:
        """Go, as a browser goes."""
        with contextlib.suppress(OSError):  # It has ended already.
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
