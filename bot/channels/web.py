"""The channel that the widget talks to: docs/openapi.yml as a Rasa channel."""

# Longer than other modules: one channel, with all that it answers.

import asyncio
import dataclasses
import weakref
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

import pydantic
from rasa.core.channels.channel import (
    CollectingOutputChannel,
    InputChannel,
    UserMessage,
)
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.channels.cleaning import EMPTY, cleaned, readable
from bot.channels.faults import Fault, invalid, json_body, no_answer
from bot.channels.rates import Rates
from bot.channels.sessions import Sessions
from bot.settings import Settings
from bot.store import ConversationStore, Feedback, Turn

LONGEST_COMMENT = 1000
_PAYLOAD_LENGTH = 200
# As many turns back a button is mostly pressed.
_LATEST = 10
_MESSAGE_ID = r"^[A-Za-z0-9-]{8,64}\Z"

Handler = Callable[[UserMessage], Awaitable[None]]
Body = TypeVar("Body", bound=pydantic.BaseModel)


class _Body(pydantic.BaseModel, extra=pydantic.Extra.forbid):
    pass


class NewText(_Body):
    """A message in words."""

    id: pydantic.constr(strict=True, regex=_MESSAGE_ID)  # type: ignore[valid-type]
    text: pydantic.constr(strict=True, min_length=1)  # type: ignore[valid-type]


class NewButton(_Body):
    """A button that was pressed."""

    id: pydantic.constr(strict=True, regex=_MESSAGE_ID)  # type: ignore[valid-type]
    button: pydantic.constr(  # type: ignore[valid-type]
        strict=True, min_length=1, max_length=_PAYLOAD_LENGTH
    )


class NewFeedback(_Body):
    """A rating, and perhaps words."""

    rating: Literal["up", "down"]
    comment: pydantic.constr(  # type: ignore[valid-type]
        strict=True, max_length=LONGEST_COMMENT
    ) = ""


class WebChannel(InputChannel):
    """Serves conversations over JSON; each belongs to whoever holds its token."""

    def __init__(
        self, settings: Settings, store: ConversationStore, contact: str
    ) -> None:
        """Take what is served.

        Args:
            settings: The settings.
            store: What the conversations are read from.
            contact: Where somebody who wants a human being can turn.
        """
        self._settings = settings
        self._store = store
        self._contact = contact
        self._sessions = Sessions(settings, store.holds)
        self._rates = Rates(settings)
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock]
        self._locks = weakref.WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        """Return the channel's name in trackers."""
        return "web"

    def url_prefix(self) -> str:
        """Return where its routes begin: at the root."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the routes of the API."""
        routes = Blueprint("web")
        self._add_status(routes)
        self._add_conversation(routes)
        self._add_talking(routes, on_new_message)
        return routes

    def _add_status(self, routes: Blueprint) -> None:
        @routes.route("/healthz", methods=["GET", "HEAD"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/readyz", methods=["GET", "HEAD"])
        async def readiness(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready() or not self._store.is_readable():
                raise Fault(
                    503,
                    "not_ready",
                    "No model, or no store. The server's log says why.",
                )
            return json({"status": "ok"})

        @routes.get("/api/about")
        async def about(request: Request) -> HTTPResponse:
            return json(
                {
                    "longest_message": self._settings.longest_message,
                    "longest_comment": LONGEST_COMMENT,
                    "kept_days": self._settings.kept_days,
                    "contact": self._contact,
                }
            )

    def _add_conversation(self, routes: Blueprint) -> None:
        @routes.middleware("request")
        async def count(request: Request) -> None:
            if request.path.startswith("/api/"):
                self._rates.count_address(request.remote_addr or request.ip)

        @routes.post("/api/conversations")
        async def open_conversation(request: Request) -> HTTPResponse:
            return json({"token": self._sessions.open()}, 201)

        @routes.get("/api/conversation")
        async def read(request: Request) -> HTTPResponse:
            turns = self._store.turns(self._conversation(request))
            return json({"turns": [dataclasses.asdict(turn) for turn in turns]})

        @routes.delete("/api/conversation")
        async def delete(request: Request) -> HTTPResponse:
            conversation = self._conversation(request)
            async with self._lock(conversation):
                await self._store.apart(self._store.forget, conversation)
            return empty()

    def _add_talking(self, routes: Blueprint, on_new_message: Handler) -> None:
        @routes.post("/api/conversation/messages")
        async def send(request: Request) -> HTTPResponse:
            conversation = self._conversation(request)
            said = self._said(request)
            async with self._lock(conversation):
                turn = await self._answer(conversation, said, on_new_message)
            return json(dataclasses.asdict(turn))

        @routes.put("/api/conversation/messages/<message>/feedback")
        async def rate(request: Request, message: str) -> HTTPResponse:
            conversation = self._conversation(request)
            given = _parse(NewFeedback, request)
            feedback = Feedback(given.rating, cleaned(given.comment))
            async with self._lock(conversation):
                if self._store.turn(conversation, message) is None:
                    raise Fault(
                        404, "not_found", "No message of the conversation has this id."
                    )
                await self._store.apart(
                    self._store.rate, conversation, message, feedback
                )
            return empty()

    async def clear(self) -> None:
        """Forget the conversations that are no longer kept, and who asked how often."""
        days = self._settings.kept_days
        for conversation in self._store.older_than(days):
            async with self._lock(conversation):
                # Something may have been said meanwhile.
                if self._store.older_than(days, among=conversation):
                    await self._store.apart(self._store.forget, conversation)
        self._rates.forget()

    def _conversation(self, request: Request) -> str:
        return self._sessions.conversation(request.headers.get("authorization", ""))

    def _lock(self, conversation: str) -> asyncio.Lock:
        """Return the lock that lets a conversation say one thing at a time."""
        lock = self._locks.get(conversation)
        if lock is None:
            lock = self._locks[conversation] = asyncio.Lock()
        return lock

    def _said(self, request: Request) -> NewText | NewButton:
        body = json_body(request)
        if isinstance(body, dict) and "button" in body:
            return _parse(NewButton, request)
        said = _parse(NewText, request)
        longest = self._settings.longest_message
        if len(said.text) > longest:
            raise Fault(
                400,
                "too_long",
                f"'text' is longer than {longest} characters: shorten it.",
            )
        return said

    async def _answer(
        self, conversation: str, said: NewText | NewButton, on_new_message: Handler
    ) -> Turn:
        """Return the turn that a message makes, or has made already."""
        there = self._store.turn(conversation, said.id)
        if there is not None:
            return there
        self._rates.count_message(conversation)
        if isinstance(said, NewButton):
            text, shown = said.button, self._title(conversation, said.button)
        else:
            text = readable(said.text, self._settings.longest_message)
            shown = said.text if text == EMPTY else text
        message = UserMessage(
            text,
            CollectingOutputChannel(),
            conversation,
            input_channel=self.name(),
            message_id=said.id,
            metadata={} if shown == text else {"said": shown},
        )
        await on_new_message(message)
        turn = self._store.turn(conversation, said.id)
        if turn is None:
            raise no_answer()
        return turn

    def _title(self, conversation: str, payload: str) -> str:
        """Return the title of a button that a reply has offered, most likely of late.

        Raises:
            Fault: None has.
        """
        for latest in (_LATEST, 0):
            for turn in reversed(self._store.turns(conversation, latest)):
                for button in turn.reply["buttons"]:
                    if button["payload"] == payload:
                        return str(button["title"])
        raise Fault(
            409,
            "unknown_button",
            "No reply of the conversation has offered this button: send a text.",
        )


def _parse(kind: type[Body], request: Request) -> Body:
    """Return the body of a request.

    Raises:
        Fault: It is not what it should be.
    """
    body = json_body(request)
    if not isinstance(body, dict):
        raise invalid("The body is no JSON object.")
    try:
        return kind.parse_obj(body)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        message = f"'{field}': {first['msg']}. See docs/http-api.md."
        raise invalid(message) from error
