"""People who talk to the assistant over HTTPS, and send again what was not answered."""

import collections
import dataclasses
import json
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import urllib3

from trials.errors import TrialError

Turn = dict[str, Any]

_OK, _CREATED = 200, 201
_TOO_MANY, _FAULT = 429, 500
# As long as the widget waits for a reply.
_SECONDS_TO_ANSWER = 30
# As long as somebody is patient who presses "try again".
_SECONDS_OF_PATIENCE = 60
_PAUSE = 0.5


@dataclasses.dataclass(frozen=True)
class Said:
    """A message that was acknowledged.

    Attributes:
        id: Its id.
        text: What was said.
        turn: What the server acknowledged it with.
        tries: How often it was sent.
        seconds: From the first time it was sent to its acknowledgement.
    """

    id: str
    text: str
    turn: Turn
    tries: int
    seconds: float


class Talk:
    """One conversation.

    Attributes:
        url: The address of the server.
        token: What shows whose conversation it is.
        said: What was said and acknowledged, in its order.
        refusals: How often a request was refused, by the code of the error.
    """

    def __init__(
        self, url: str, certificate: Path | None = None, token: str = ""
    ) -> None:
        """Open it.

        Args:
            url: The server's address.
            certificate: The file with the certificate of the authority to trust.
            token: That of one that is open already.
        """
        self.url = url
        self._pool = urllib3.PoolManager(
            retries=False,
            # Somebody may ask for news while they talk.
            maxsize=2,
            timeout=_SECONDS_TO_ANSWER,
            ca_certs=str(certificate) if certificate else None,
        )
        self.said: list[Said] = []
        self.refusals: collections.Counter[str] = collections.Counter()
        self.token = token
        if not token:
            self.token = str(self.call("POST", "conversations")[0]["token"])

    def say(self, text: str) -> Said:
        """Say something, with the same id again until it is acknowledged.

        Raises:
            TrialError: It is refused for good, or for too long.
        """
        message = uuid.uuid4().hex
        began = time.monotonic()
        body = {"id": message, "text": text}
        turn, tries = self.call("POST", "conversation/messages", body)
        said = Said(message, text, turn, tries, time.monotonic() - began)
        self.said.append(said)
        return said

    def try_to_say(self, text: str, message: str) -> tuple[int, Any]:
        """Say something once, and return the status and what came with it."""
        body = {"id": message, "text": text}
        answer = self._request("POST", "conversation/messages", body)
        return answer.status, _json_of(answer)

    def turns(self) -> list[Turn]:
        """Return what the server has kept."""
        return list(self.call("GET", "conversation")[0]["turns"])

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> tuple[Any, int]:
        """Return what a call gives, and how often it was made.

        Raises:
            TrialError: It is refused for good, or for too long.
        """
        deadline = time.monotonic() + _SECONDS_OF_PATIENCE
        tries = 0
        while time.monotonic() < deadline:
            tries += 1
            try:
                answer = self._request(method, path, body)
            except urllib3.exceptions.HTTPError as error:
                self.refusals[type(error).__name__] += 1
                time.sleep(_PAUSE)
                continue
            told = _json_of(answer)
            if answer.status in (_OK, _CREATED):
                return told, tries
            code, pause = _refusal(answer.status, told)
            self.refusals[code] += 1
            if answer.status < _FAULT and answer.status != _TOO_MANY:
                raise TrialError(f"{method} {path} was refused: {answer.status} {told}")
            time.sleep(pause)
        raise TrialError(
            f"{method} {path} did not succeed in {_SECONDS_OF_PATIENCE} s: "
            f"{dict(self.refusals)}"
        )

    def _request(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._pool.request(
            method, f"{self.url}/api/{path}", headers=headers, json=body
        )


def _json_of(answer: urllib3.BaseHTTPResponse) -> Any:
    try:
        return answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None


def _refusal(status: int, told: Any) -> tuple[str, float]:
    """Return the code of a refusal, and the seconds to wait before the next try."""
    error = told.get("error", {}) if isinstance(told, dict) else {}
    return error.get("code", str(status)), error.get("retry_after") or _PAUSE
