"""Talks to a server over Rasa's REST channel."""

from collections.abc import Mapping
from typing import Any

import urllib3

from trials.errors import TrialError

WEBHOOK = "/webhooks/rest/webhook"
# The route that also tells of events and slots.
TRACE = "/webhooks/rest/trace"
_READY = "/readyz"
_SECONDS_TO_ANSWER = 60
_SECONDS_TO_BE_READY = 5
_OK, _NOT_FOUND = 200, 404
AS_TEST = {"X-Helse-Origin": "test"}
"""The header that keeps what is said out of the figures of the staff console."""

Part = dict[str, Any]


class NoReplyError(TrialError):
    """The server took a message and gave no reply; the message says why."""


class Client:
    """Keeps its connection open from message to message."""

    def __init__(self, url: str) -> None:
        """Prepare to talk.

        Args:
            url: The server's address, without a path.
        """
        self.url = url.rstrip("/")
        self._pool = urllib3.PoolManager(retries=False, timeout=_SECONDS_TO_ANSWER)

    def say(self, sender: str, message: str) -> list[Part]:
        """Send a message in a conversation, and return the parts of the reply.

        Raises:
            NoReplyError: The server refused the message, or failed.
            TrialError: There is no server.
        """
        parts: list[Part] = self._post(WEBHOOK, {"sender": sender, "message": message})
        return parts

    def is_answered(self, sender: str, message: str) -> bool:
        """Send a message, and tell whether there is a reply."""
        return bool(self.say(sender, message))

    def trace(
        self, sender: str, message: str, slots: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """Send a message, and return `messages`, `events` and `slots` of the turn.

        Args:
            sender: Id of the conversation.
            message: What is said.
            slots: Slots to set before the message is read.

        Raises:
            NoReplyError: The server refused the message, or failed.
            TrialError: There is no server, or none that has the route.
        """
        body: dict[str, Any] = {"sender": sender, "message": message}
        if slots:
            body["slots"] = dict(slots)
        told: Mapping[str, Any] = self._post(TRACE, body)
        return told

    def is_ready(self) -> bool:
        """Tell whether the server is ready for messages."""
        try:
            answer = self._pool.request(
                "GET", f"{self.url}{_READY}", timeout=_SECONDS_TO_BE_READY
            )
        except urllib3.exceptions.HTTPError:
            return False
        return bool(answer.status == _OK)

    def _post(self, route: str, body: Mapping[str, Any]) -> Any:
        try:
            answer = self._pool.request(
                "POST", f"{self.url}{route}", json=body, headers=AS_TEST
            )
            if answer.status == _OK:
                return answer.json()
        except urllib3.exceptions.ReadTimeoutError as error:
            raise NoReplyError(f"no reply within {_SECONDS_TO_ANSWER} s") from error
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise TrialError(
                f"the server at {self.url} does not answer ({error}): start it with "
                "make serve, or leave out --url to have one started"
            ) from error
        if answer.status == _NOT_FOUND:
            raise TrialError(
                f"the server at {self.url} has no {route}: stop it and start this "
                "version with make serve, or name another by --url"
            )
        text = answer.data.decode(errors="replace").strip()
        raise NoReplyError(f"the server replied with status {answer.status}: {text}")
