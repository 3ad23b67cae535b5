"""What a server serves, and how it goes over to a new release between two messages.

What is new is loaded beside what is served, in a thread. Then the one takes the other's
place: a message that has begun ends with the old. Where anything fails, the old stays.
"""

import asyncio
import contextlib
import ctypes
import dataclasses
import gc
import logging
from collections.abc import Callable
from pathlib import Path

from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.cases import Relay
from bot.channels.site import Site
from bot.engine import Intake, LightAgent
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.releases import Release, Releases
from bot.settings import Settings
from bot.store import ConversationStore
from bot.training import MODELS_DIR

_SECONDS_BETWEEN_LOOKS = 1.0
# Longer than a message takes that has begun with the old.
_SECONDS_TO_END = 5.0
_WARMING = "Hei"

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Served:
    """All that the content in force decides.

    Attributes:
        agent: Answers messages.
        intake: Makes messages of what people send.
        contact: Where somebody who wants a human being can turn.
        site: The page, and what the widget says.
    """

    agent: LightAgent
    intake: Intake
    contact: str
    site: Site


def intake_for(settings: Settings, base: KnowledgeBase) -> Intake:
    """Return what makes messages of what people send."""
    return Intake({**base.topics, **base.gaps}, settings.longest_message)


def load(
    settings: Settings,
    model: Path,
    store: ConversationStore,
    locks: LockStore,
    actions: EndpointConfig | None,
    relay: Relay | None = None,
) -> Served:
    """Return what is to be served of the content in force.

    Args:
        settings: The settings.
        model: The file of the model.
        store: Where conversations are kept.
        locks: Let a conversation say one thing at a time.
        actions: Where the custom actions run; in this process when left out.
        relay: Tells which messages go to a person; none do when left out.

    Raises:
        KnowledgeError: The knowledge base cannot be used.
        ModelError: The model cannot be loaded.
    """
    base = load_knowledge()
    contact = settings.contact or base.content.contact
    intake = intake_for(settings, base)
    agent = LightAgent(model, intake, store, locks, actions, relay)
    site = Site(base, contact, settings)
    site.widget.keep(store)
    return Served(agent, intake, contact, site)


def watch(
    app: Sanic, load_release: Callable[[Path], Served], take: Callable[[Served], None]
) -> None:
    """Have a server go over to each release that is made while it runs.

    Args:
        app: The server.
        load_release: Loads what is to be served, given the file of the model.
        take: Puts it in the place of what is served.
    """
    releases = Releases()
    known = releases.latest()
    watching: list[asyncio.Task[None]] = []

    async def look() -> None:
        nonlocal known
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            latest = releases.latest()
            if latest != known and latest is not None:
                known = latest
                await _go_over(latest, load_release, take)

    def begin(_: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        watching.append(loop.create_task(look()))

    def end(*_: object) -> None:
        watching.pop().cancel()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


async def _go_over(
    release: Release,
    load_release: Callable[[Path], Served],
    take: Callable[[Served], None],
) -> None:
    try:
        served = await asyncio.to_thread(_warm, load_release, release)
    except Exception:
        # Whatever it is, people go on getting answers.
        logger.exception(
            "Release %d cannot be loaded; the one before is served", release.number
        )
        return
    take(served)
    print(f"Release {release.number} is served: {release.model}", flush=True)
    await asyncio.sleep(_SECONDS_TO_END)
    _let_go_of_the_old()


def _let_go_of_the_old() -> None:
    """Give back the memory of what is no longer served."""
    # It was set apart from garbage when the server began.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # glibc keeps what was freed, for later; elsewhere there is no such function.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _warm(load_release: Callable[[Path], Served], release: Release) -> Served:
    """Return what is to be served, with all made that the first message needs."""
    served = load_release(MODELS_DIR / release.model)
    asyncio.run(served.agent.parse_message(_WARMING))
    return served
