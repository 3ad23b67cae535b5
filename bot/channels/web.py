"""The channel that the widget talks to: docs/openapi.yml as a Rasa channel."""

# Longer than other modules: one channel, with all that it answers.

import asyncio
import contextlib
import dataclasses
from collections.abc import Awaitable, Callable

from rasa.core.channels.channel import (
    CollectingOutputChannel,
    InputChannel,
    UserMessage,
)
from rasa.core.lock_store import LockStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, text

from bot.aside import forget_orphans
from bot.cases import CaseRules, Cases
from bot.channels.announcement import Announcement
from bot.channels.bodies import (
    LONGEST_COMMENT,
    NewButton,
    NewFeedback,
    NewText,
    before_in,
    parse,
    said_in,
)
from bot.channels.cases import CaseCalls
from bot.channels.faults import Fault, no_answer
from bot.channels.headers import refuse_foreign
from bot.channels.page import ADDRESSES
from bot.channels.rates import Rates
from bot.channels.sessions import Sessions
from bot.channels.watching import answered
from bot.engine import Intake, cleaned
from bot.metrics import Metrics
from bot.settings import Settings
from bot.store import ConversationStore, Feedback, Turn

# As many turns back a button is mostly pressed.
_LATEST = 10
# A day's, by the rates that are usual.
_MOST_SHOWN = 200

Handler = Callable[[UserMessage], Awaitable[None]]


class WebChannel(InputChannel):
    """Serves conversations over JSON; each belongs to whoever holds its token."""

    def __init__(
        self,
        settings: Settings,
        store: ConversationStore,
        locks: LockStore,
        intake: Intake,
        contact: str,
        metrics: Metrics | None = None,
    ) -> None:
        """Take what is served.

        Args:
            settings: The settings.
            store: What the conversations are read from.
            locks: Let a conversation say one thing at a time.
            intake: Makes messages of what people send.
            contact: Where somebody who wants a human being can turn.
            metrics: Count the streams; none are counted when left out.
        """
        self._settings = settings
        self._store = store
        self._contact = contact
        self._locks = locks
        self._intake = intake
        self._sessions = Sessions(settings, self._is_kept)
        self._rates = Rates(settings)
        self._waiting: dict[str, str] = {}
        self.cases = Cases(store.engine, CaseRules.from_settings(settings))
        longest = settings.longest_message
        self._calls = CaseCalls(self.cases, self._rates, longest, metrics)

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
        self._calls.add_to(routes, self._conversation, self._lock, _address)
        return routes

    def _add_status(self, routes: Blueprint) -> None:
        @routes.route("/healthz", methods=["GET", "HEAD"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/readyz", methods=["GET", "HEAD"])
        async def readiness(request: Request) -> HTTPResponse:
            # Whoever balances between servers sends no more to one that is to stop.
            stopping = request.app.ctx.draining or request.app.ctx.is_damaged
            if stopping or not await self._store.read(self._store.is_usable):
                raise Fault(
                    503,
                    "not_ready",
                    "It stops, or its store is away or damaged; the log says which.",
                    retry_after=1,
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
                    "statements": ADDRESSES,
                    "cases": self._settings.cases,
                }
            )

        @routes.get("/api/announcement")
        async def announcement(request: Request) -> HTTPResponse:
            told: Announcement = request.app.ctx.site.announcement
            headers = {"ETag": told.tag, "Cache-Control": "no-cache"}
            if told.tag in request.headers.get("if-none-match", ""):
                return empty(304, headers)
            return text(told.body, headers=headers, content_type="application/json")

    def _add_conversation(self, routes: Blueprint) -> None:
        @routes.middleware("request")
        async def count(request: Request) -> None:
            if request.path.startswith("/api/"):
                # What another site has a browser send is not the visitor's own.
                refuse_foreign(request, self._settings.origins)
                await self._rates.count_address(_address(request))

        @routes.post("/api/conversations")
        async def open_conversation(request: Request) -> HTTPResponse:
            await self._rates.count_opening(_address(request))
            return json({"token": self._sessions.open()}, 201)

        @routes.get("/api/conversation")
        async def read(request: Request) -> HTTPResponse:
            conversation = await self._conversation(request)
            turns, earlier = await self._store.apart(
                self._store.page, conversation, _MOST_SHOWN, before_in(request)
            )
            shown = [dataclasses.asdict(turn) for turn in turns]
            return json({"turns": shown, "earlier": earlier})

        @routes.delete("/api/conversation")
        async def delete(request: Request) -> HTTPResponse:
            conversation = await self._conversation(request)
            async with self._lock(conversation):
                await self._store.apart(self._store.forget, conversation)
            return empty()

    def _add_talking(self, routes: Blueprint, on_new_message: Handler) -> None:
        @routes.post("/api/conversation/messages")
        async def send(request: Request) -> HTTPResponse:
            conversation = await self._conversation(request)
            said = said_in(request, self._settings.longest_message)
            async with self._lock(conversation):
                turn = await self._store.read(self._store.turn, conversation, said.id)
                if turn is None:
                    turn = await self._answer(conversation, said, on_new_message)
                    answered(request, self.name(), turn.reply["kind"])
            return json(dataclasses.asdict(turn))

        @routes.put("/api/conversation/messages/<message>/feedback")
        async def rate(request: Request, message: str) -> HTTPResponse:
            conversation = await self._conversation(request)
            given = parse(NewFeedback, request)
            feedback = Feedback(given.rating, cleaned(given.comment))
            async with self._lock(conversation):
                turn = await self._store.read(self._store.turn, conversation, message)
                if turn is None:
                    raise Fault(
                        404, "not_found", "No message of the conversation has this id."
                    )
                await self._store.apart(
                    self._store.rate, conversation, message, feedback
                )
            return empty()

    def take(self, intake: Intake, contact: str) -> None:
        """Go on with another content: its intake, and where people can turn."""
        self._intake, self._contact = intake, contact

    async def clear(self) -> None:
        """Forget the conversations that are no longer kept, and who asked how often.

        What servers of an older version have written beside this one is filled in.
        """
        # Not in the store's own threads, which messages may be waiting for.
        await asyncio.to_thread(self._store.forget_old, self._settings.kept_days)
        await asyncio.to_thread(self._store.forget_audit, self._settings.audit_days)
        # And what trials of forgotten proposals have left beside the models.
        await asyncio.to_thread(forget_orphans, self._store.engine)
        await asyncio.to_thread(self._store.fill_in)
        self._rates.forget()
        self._waiting.clear()

    async def _is_kept(self, conversation: str) -> bool:
        return await self._store.read(self._store.holds, conversation)

    async def _conversation(self, request: Request) -> str:
        token = request.headers.get("authorization", "")
        return await self._sessions.conversation(token)

    def _lock(self, conversation: str) -> contextlib.AbstractAsyncContextManager[None]:
        """Return the lock that lets a conversation do one thing at a time.

        It goes round the lock of Rasa's, which has the conversation's own name.
        """
        lock: contextlib.AbstractAsyncContextManager[None]
        lock = self._locks.lock(f"{conversation}/turn")
        return lock

    async def _answer(
        self, conversation: str, said: NewText | NewButton, on_new_message: Handler
    ) -> Turn:
        """Return the turn that a message makes.

        Raises:
            Fault: There were too many messages, or none came of it.
        """
        if self._waiting.get(conversation) != said.id:
            await self._rates.count_message(conversation)
        # Sent again because it could not be stored, it counts once.
        self._waiting[conversation] = said.id
        await on_new_message(await self._message(conversation, said))
        # It may have been cleared while the message waited for the store.
        self._waiting.pop(conversation, None)
        turn = await self._store.read(self._store.turn, conversation, said.id)
        if turn is None:
            raise no_answer()
        return turn

    async def _message(
        self, conversation: str, said: NewText | NewButton
    ) -> UserMessage:
        """Return what somebody said, clean, as Rasa takes it.

        Raises:
            Fault: It is a button that no reply has offered, or that is no more.
        """
        fields = {
            "output_channel": CollectingOutputChannel(),
            "sender_id": conversation,
            "input_channel": self.name(),
            "message_id": said.id,
        }
        if isinstance(said, NewText):
            return self._intake.text(said.text, **fields)
        title = await self._title(conversation, said.button)
        pressed = title and self._intake.pressed(said.button, title, **fields)
        if pressed:
            return pressed
        raise Fault(
            409,
            "unknown_button",
            "No reply of the conversation has offered this button: send a text.",
        )

    async def _title(self, conversation: str, payload: str) -> str:
        """Return the title of a button that a reply has offered, or else nothing.

        It is most likely one of late.
        """
        for latest in (_LATEST, _MOST_SHOWN):
            turns = await self._store.read(self._store.turns, conversation, latest)
            for turn in reversed(turns):
                for button in turn.reply["buttons"]:
                    if button["payload"] == payload:
                        return str(button["title"])
        return ""


def _address(request: Request) -> str:
    return request.remote_addr or request.ip
