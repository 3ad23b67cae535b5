"""Talks to the server: Rasa's REST channel, by the route that also tells of events."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import aiohttp

from bot.errors import RunError
from trials.scripts.reply import Reply

ROUTE = "/webhooks/rest/trace"
_HEALTH = "/webhooks/rest/"
_SECONDS_TO_ANSWER = 60
_NOT_FOUND = 404


class NoReplyError(Exception):
    """The server took a message and gave no reply; the message says why."""


class Client:
    """One HTTP client for all conversations, whose connections are kept open.

    Use it as `async with Client(url) as client`.
    """

    def __init__(self, url: str, connections: int = 1) -> None:
        """Prepare to talk.

        Args:
            url: The server's address, without a path.
            connections: How many are open at once.
        """
        self.url = url.rstrip("/")
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections),
            timeout=aiohttp.ClientTimeout(total=_SECONDS_TO_ANSWER),
        )

    async def __aenter__(self) -> "Client":
        """Return the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self._session.close()

    async def say(
        self, sender: str, message: str, slots: Mapping[str, Any] | None = None
    ) -> Reply:
        """Send a message in a conversation and return the reply.

        Args:
            sender: Id of the conversation.
            message: What is said.
            slots: Slots to set before the message is read.

        Raises:
            NoReplyError: The server refused the message, or failed.
            RunError: There is no server, or none that has the route.
        """
        body: dict[str, Any] = {"sender": sender, "message": message}
        if slots:
            body["slots"] = dict(slots)
        try:
            async with self._session.post(f"{self.url}{ROUTE}", json=body) as answer:
                if answer.status == _NOT_FOUND:
                    raise RunError(
                        f"the server at {self.url} has no {ROUTE}: stop it and start "
                        "this version with make serve, or name another by --url"
                    )
                if answer.status != 200:
                    raise NoReplyError(_reason(answer.status, await answer.text()))
                told = await answer.json()
        except asyncio.TimeoutError as error:
            raise NoReplyError(f"no reply within {_SECONDS_TO_ANSWER} s") from error
        except (aiohttp.ClientError, ValueError) as error:
            raise RunError(
                f"the server at {self.url} does not answer ({error}): start it with "
                "make serve, or leave out --url to have one started"
            ) from error
        return Reply(told["messages"], told["events"], told["slots"])


def _reason(status: int, body: str) -> str:
    return f"the server replied with status {status}: {body.strip()}"


async def answers(url: str) -> bool:
    """Tell whether a server with Rasa's REST channel listens at an address."""
    timeout = aiohttp.ClientTimeout(total=5)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{url.rstrip('/')}{_HEALTH}") as answer,
        ):
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError):
        return False
