"""The part of the widget's API by which people reach the staff, and hear from them."""

# Longer than other modules: one stream, and the calls that belong to it.

import asyncio
import contextlib
import json as json_format
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Literal

import pydantic
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from bot.cases import CaseRefusedError, Cases, Reason
from bot.cases.news import Listener, News
from bot.cases.views import standing_of
from bot.channels.bodies import Message, parse, since_in
from bot.channels.faults import Fault, too_long
from bot.channels.rates import Rates
from bot.engine import cleaned
from bot.languages import Language
from bot.metrics import Metrics

LONGEST_REACH = 200
"""Characters of how somebody wants to be reached."""
# Less than a web server in front, or this one, waits for what it is told next.
_SECONDS_BETWEEN_BEATS = 15
# Then the client begins anew: with a token that is still good, at any server.
_SECONDS_OF_A_STREAM = 10 * 60
_MOST_STREAMS = 1000
_BEAT = ":\n\n"
_REFUSED = {
    "nobody_there": "Nobody can be reached now: see 'reach', and leave a message.",
    "being_answered": "Somebody is answering: send it as a message of the chat.",
    "no_case": "'text' is empty, and there is no case: write something.",
}

Conversation = Callable[[Request], Awaitable[str]]
Lock = Callable[[str], contextlib.AbstractAsyncContextManager[None]]


class _Case(Message):
    share: pydantic.StrictBool
    language: Language
    reason: Reason = "asked"

    @pydantic.validator("share")
    def _is_shared(cls, value: bool) -> bool:  # noqa: N805 - pydantic's way
        if not value:
            raise ValueError("the conversation is shared only if its person says so")
        return value


class NewCase(_Case):
    """Somebody wants to talk with the staff, and shares the conversation."""

    reason: Reason


class NewCaseMessage(_Case):
    """A message to the staff, and how to be reached."""

    text: pydantic.constr(strict=True)  # type: ignore[valid-type]
    reach: pydantic.constr(  # type: ignore[valid-type]
        strict=True, max_length=LONGEST_REACH, regex=r"(?s).*\w"
    )


class CaseEnd(Message):
    """Somebody ends it, and goes on with the robot or not."""

    to: Literal["robot", "nobody"]


class CaseCalls:
    """The calls about the case of a conversation."""

    def __init__(
        self, cases: Cases, rates: Rates, longest: int, metrics: Metrics | None = None
    ) -> None:
        """Take what they work with.

        Args:
            cases: The cases.
            rates: Count them.
            longest: Characters that a message may have.
            metrics: Count the streams; none are counted when left out.
        """
        self._cases = cases
        self._rates = rates
        self._longest = longest
        self._metrics = metrics
        self._app: Sanic | None = None
        self._news = News(cases, self._is_ending)

    def add_to(
        self,
        routes: Blueprint,
        conversation: Conversation,
        lock: Lock,
        address: Callable[[Request], str],
    ) -> None:
        """Add the calls to the routes of the API.

        Args:
            routes: The routes.
            conversation: Returns the conversation that a request is about.
            lock: Lets a conversation do one thing at a time.
            address: Returns the network address that a request comes from.
        """
        self._conversation, self._lock, self._address = conversation, lock, address
        self._add_calls(routes)
        self._add_news(routes)

    def _add_calls(self, routes: Blueprint) -> None:
        cases = self._cases

        @routes.post("/api/conversation/case")
        async def open_case(request: Request) -> HTTPResponse:
            sender = await self._conversation(request)
            it = parse(NewCase, request)
            await self._count(request, sender, it)
            return await self._do(sender, it, cases.open, it.reason, it.language)

        @routes.post("/api/conversation/case/message")
        async def leave_message(request: Request) -> HTTPResponse:
            sender = await self._conversation(request)
            it = parse(NewCaseMessage, request)
            if len(it.text) > self._longest:
                raise too_long(self._longest)
            await self._count(request, sender, it)
            said = (cleaned(it.text), _plain(it.reach), it.reason, it.language)
            return await self._do(sender, it, cases.leave, *said)

        @routes.post("/api/conversation/case/end")
        async def end_case(request: Request) -> HTTPResponse:
            sender = await self._conversation(request)
            it = parse(CaseEnd, request)
            return await self._do(sender, it, cases.end, it.to)

        @routes.post("/api/conversation/case/typing")
        async def type_in_case(request: Request) -> HTTPResponse:
            sender = await self._conversation(request)
            if cases.rules.are_on:
                await self._news.apart(cases.types, sender)
            return empty()

    def _add_news(self, routes: Blueprint) -> None:
        @routes.get("/api/conversation/case")
        async def read_case(request: Request) -> HTTPResponse:
            sender = await self._conversation(request)
            since = since_in(request)
            return json(await self._news.apart(self._cases.view, sender, since))

        @routes.get("/api/conversation/case/events")
        async def stream_case(request: Request) -> None:
            sender = await self._conversation(request)
            since = since_in(request)
            self._app = request.app
            self._refuse_streams()
            with self._news.listening(sender) as listener, self._counted():
                await self._stream(request, sender, since, listener)

    async def _count(self, request: Request, sender: str, call: Message) -> None:
        """Count a case, unless the call is one that came before.

        Raises:
            Fault: There were too many.
        """
        if await self._news.apart(self._cases.line_by, sender, call.id) is None:
            await self._rates.count_message(sender)
            await self._rates.count_case(self._address(request))

    async def _do(
        self, sender: str, call: Message, work: Callable[..., None], *given: Any
    ) -> HTTPResponse:
        """Do something with a case, once, and tell how it stands then.

        Raises:
            Fault: It cannot be done now.
        """
        cases, apart = self._cases, self._news.apart
        async with self._lock(sender):
            try:
                await apart(work, sender, call.id, *given)
            except CaseRefusedError as error:
                raise Fault(409, error.code, _REFUSED[error.code]) from error
            line = await apart(cases.line_by, sender, call.id)
            # From the line that the call has made on, now or before.
            since = line.id - 1 if line else await apart(cases.latest, sender)
            return json(await apart(cases.view, sender, since))

    def _is_ending(self) -> bool:
        return self._app is None or self._app.ctx.draining

    def _refuse_streams(self) -> None:
        """Refuse a stream that would have to end at once.

        Raises:
            Fault: The server stops, has too many, or there are no cases.
        """
        if not self._cases.rules.are_on:
            raise Fault(409, "nobody_there", _REFUSED["nobody_there"])
        if self._is_ending() or self._news.number >= _MOST_STREAMS:
            raise Fault(
                503,
                "not_ready",
                "It takes no streams now: ask for the case instead, and try again.",
                retry_after=1,
            )

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        if self._metrics is None:
            yield
            return
        self._metrics.begin_stream()
        try:
            yield
        finally:
            self._metrics.end_stream()

    async def _stream(
        self, request: Request, sender: str, since: int, listener: Listener
    ) -> None:
        """Send how the case stands, and again whenever that changes."""
        view = await self._news.apart(self._cases.view, sender, since)
        listener.told = standing_of(view)
        if request.stream is not None:
            # It would keep a server that stops waiting for what comes next on it.
            request.stream.keep_alive = False
        response = await request.respond(
            content_type="text/event-stream; charset=utf-8",
            # A proxy in front must not keep it back until there is more.
            headers={"X-Accel-Buffering": "no"},
        )
        await response.send(_event(view))
        loop = asyncio.get_running_loop()
        until = loop.time() + _SECONDS_OF_A_STREAM
        while loop.time() < until:
            told = {**view, "lines": []}
            try:
                await asyncio.wait_for(listener.news.wait(), _SECONDS_BETWEEN_BEATS)
            except asyncio.TimeoutError:
                await response.send(_BEAT)
            if listener.is_over:
                break
            listener.news.clear()
            latest = view["latest"]
            found, listener.found = listener.found, None
            try:
                shown = found.view(sender, latest) if found else None
                if shown is None:
                    shown = await self._news.apart(self._cases.view, sender, latest)
            except SQLAlchemyError:
                break  # The client comes again, and is told what is wrong.
            view = shown
            listener.told = standing_of(view)
            if view != told:
                await response.send(_event(view))
        await response.eof()


def _event(view: dict[str, Any]) -> str:
    written = json_format.dumps(view, ensure_ascii=False, separators=(",", ":"))
    return f"id: {view['latest']}\nevent: case\ndata: {written}\n\n"


def _plain(reach: str) -> str:
    """Return how to reach somebody as it was written, in one line of letters."""
    return "".join(it if it.isprintable() else " " for it in reach).strip()
