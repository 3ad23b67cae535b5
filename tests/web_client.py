"""A client of the web channel's API, as the widget is one."""

import dataclasses
import uuid
from typing import Any

import requests

_SECONDS_TO_ANSWER = 60


@dataclasses.dataclass
class WebClient:
    """Holds one conversation."""

    url: str
    token: str = ""

    def __post_init__(self) -> None:
        self._http = requests.Session()
        if not self.token:
            self.token = self.call("POST", "conversations").json()["token"]

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """Make any call beneath `/api/`, with the conversation's token."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._http.request(
            method,
            f"{self.url}/api/{path}",
            headers={**headers, **options.pop("headers", {})},
            timeout=_SECONDS_TO_ANSWER,
            **options,
        )

    def send(self, text: str, message: str = "") -> requests.Response:
        """Send a message, with an id of its own unless one is given."""
        body = {"id": message or str(uuid.uuid4()), "text": text}
        return self.call("POST", "conversation/messages", json=body)

    def say(self, text: str) -> dict[str, Any]:
        """Send a message and return the turn."""
        return self._turn(self.send(text))

    def press(self, payload: str) -> dict[str, Any]:
        """Press a button and return the turn."""
        body = {"id": str(uuid.uuid4()), "button": payload}
        return self._turn(self.call("POST", "conversation/messages", json=body))

    def rate(self, message: str, **feedback: Any) -> requests.Response:
        """Give feedback on the reply to a message."""
        path = f"conversation/messages/{message}/feedback"
        return self.call("PUT", path, json=feedback)

    def turns(self) -> list[dict[str, Any]]:
        """Return the whole conversation, page by page."""
        turns: list[dict[str, Any]] = []
        earlier = True
        while earlier:
            before = f"?before={turns[0]['id']}" if turns else ""
            answer = self.call("GET", f"conversation{before}")
            assert answer.status_code == 200, answer.text
            turns[:0] = answer.json()["turns"]
            earlier = answer.json()["earlier"]
        return turns

    def _turn(self, answer: requests.Response) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def code_of(answer: requests.Response) -> str:
    """Return the code of an error, which has the one shape of all errors."""
    body = answer.json()
    assert set(body) == {"error"}, body
    assert (
        {"code", "message"} <= set(body["error"]) <= {"code", "message", "retry_after"}
    )
    assert body["error"]["message"]
    return str(body["error"]["code"])
