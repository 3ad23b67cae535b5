"""Serves the page, the widget's channel, Rasa's REST channel and the actions."""

# Longer than other modules: all that a server is put together of.

import asyncio
import contextlib
import gc
import logging
import socket
from pathlib import Path

import rasa.core.channels.channel
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import InputChannel
from rasa.core.lock_store import LockStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.cases import CaseRules, Cases, Relay
from bot.channels.faults import JsonErrors
from bot.channels.headers import add_headers
from bot.channels.requests import PlainRequest, TimelyProtocol
from bot.channels.rest import CheckedRestInput
from bot.channels.site import add_site
from bot.channels.stopping import stop_gently
from bot.channels.watching import add_watching
from bot.channels.web import WebChannel
from bot.channels.widget import add_widget
from bot.engine import LocalLocks, SharedLocks
from bot.errors import ConfigError
from bot.knowledge import load_knowledge
from bot.listening import listening_socket, url_of
from bot.logs import log_to_stderr
from bot.metrics import Metrics, tell
from bot.renewal import Served, load, watch
from bot.settings import PROJECT_DIR, Settings
from bot.store import ConversationStore, served_alone

ENDPOINTS_FILE = PROJECT_DIR / "endpoints.yml"
CREDENTIALS_FILE = PROJECT_DIR / "credentials.yml"
# More than any request needs: a message of a thousand characters in any script.
_LARGEST_BODY = 256 * 1024
# For the head of a request, and for all of it with its answer.
_SECONDS_FOR_A_HEAD, _SECONDS_FOR_A_REQUEST = 10, 20
# Longer than a web server in front keeps a connection, so that it is the one to close.
_SECONDS_BETWEEN_REQUESTS = 75
_SECONDS_BETWEEN_CLEARINGS = 60 * 60
_SECONDS_BETWEEN_EXPIRIES = 5

logger = logging.getLogger(__name__)


def open_store(settings: Settings) -> ConversationStore:
    """Return the store of the settings: a database that servers share, or a file.

    Raises:
        StoreError: It cannot be used.
    """
    if settings.database:
        return ConversationStore.in_database(settings.database)
    return ConversationStore.in_file(settings.store)


def open_locks(settings: Settings) -> LockStore:
    """Return the locks of the settings: those that servers share, or this process's."""
    if not settings.redis:
        return LocalLocks()
    return SharedLocks(settings.redis, settings.secret)


def read_actions() -> EndpointConfig | None:
    """Return where endpoints.yml says that actions run, or None for this process.

    Raises:
        ConfigError: It names something that settings decide.
    """
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS_FILE))
    for name, setting in (
        ("tracker_store", "HELSE_DATABASE"),
        ("lock_store", "HELSE_REDIS"),
    ):
        if getattr(endpoints, name) is not None:
            raise ConfigError(
                f"{name} in endpoints.yml", f"take it out, and set {setting} instead"
            )
    return endpoints.action


def serve(
    model: Path,
    settings: Settings,
    listening: socket.socket | None = None,
    parent: int | None = None,
) -> None:
    """Serve a model until the process is told to stop.

    Args:
        model: The file of the model.
        settings: The settings.
        listening: The socket, where another process has made it.
        parent: A pipe that ends with that process, and then this one stops too.

    Raises:
        PortError: The port cannot be listened on.
        ConfigError: A setting cannot be used.
        ModelError: The model cannot be loaded.
    """
    log_to_stderr(settings.log)
    with contextlib.ExitStack() as stack:
        store = open_store(settings)
        if not settings.database:
            stack.enter_context(served_alone(settings.store))
        app = create_app(settings, store, model)
        stop_gently(app, settings.drain, parent)
        alone = listening is None
        listening = listening or listening_socket(settings)
        if alone:
            app.register_listener(_say_ready(settings), "after_server_start")
        # What is there now stays: it need not be looked through for garbage ever again.
        gc.freeze()
        gc.enable()
        app.run(
            sock=listening,
            protocol=TimelyProtocol,
            register_sys_signals=False,
            debug=False,
        )


def create_app(settings: Settings, store: ConversationStore, model: Path) -> Sanic:
    """Return the HTTP server with its channels; Rasa's own HTTP API is not in it.

    Raises:
        PortError: The metrics' port cannot be listened on.
        ConfigError: A setting cannot be used.
        ModelError: The model cannot be loaded.
    """
    metrics = Metrics()
    app = _empty_app(settings, metrics)
    locks = open_locks(settings)
    relay = Relay(store, CaseRules.from_settings(settings)) if settings.cases else None

    def load_model(of: Path) -> Served:
        return load(settings, of, store, locks, read_actions(), relay)

    def take(served: Served) -> None:
        app.ctx.agent, app.ctx.site = served.agent, served.site
        web.take(served.intake, served.contact)

    first = load_model(model)
    web = WebChannel(settings, store, locks, first.intake, first.contact, metrics)
    take(first)
    watch(app, load_model, take)
    add_site(app)
    add_widget(app, store)
    channels = [web, *_named_channels(settings)]
    rasa.core.channels.channel.register(channels, app, route="/webhooks/")
    _clear_regularly(app, web, store)
    if settings.cases:
        _expire_regularly(app, web.cases)
    if settings.metrics:
        tell(metrics.registry, *settings.metrics)
    return app


def _empty_app(settings: Settings, metrics: Metrics) -> Sanic:
    """Return a server without routes, which stops as it should."""
    app = Sanic(
        "helseassistenten",
        configure_logging=False,
        error_handler=JsonErrors(metrics),
        request_class=PlainRequest,
    )
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.REQUEST_TIMEOUT = _SECONDS_FOR_A_HEAD
    app.config.RESPONSE_TIMEOUT = _SECONDS_FOR_A_REQUEST
    app.config.KEEP_ALIVE_TIMEOUT = _SECONDS_BETWEEN_REQUESTS
    app.config.PROXIES_COUNT = settings.proxies or None
    app.ctx.draining = False
    app.ctx.is_damaged = False
    add_watching(app, metrics)
    add_headers(app, settings.origins)
    return app


def _named_channels(settings: Settings) -> list[InputChannel]:
    """Return the channels of credentials.yml, REST only if it is switched on."""
    named = read_config_file(CREDENTIALS_FILE)
    channels = (
        _channel_class(name).from_credentials(credentials)
        for name, credentials in named.items()
    )
    return [
        channel
        for channel in channels
        if settings.rest or not isinstance(channel, CheckedRestInput)
    ]


def _channel_class(name: str) -> type[InputChannel]:
    """Return the channel of a name of Rasa's, or of the path of a class.

    Raises:
        ConfigError: There is none.
    """
    kind: type[InputChannel] | None = BUILTIN_CHANNELS.get(name)
    try:
        return kind or class_from_module_path(name)
    except (AttributeError, ImportError) as error:
        raise ConfigError(
            f"{name} in credentials.yml", f"there is no such channel ({error})"
        ) from error


def _clear_regularly(app: Sanic, web: WebChannel, store: ConversationStore) -> None:
    """Have what is too old deleted and the store looked through, every hour."""
    clearing: list[asyncio.Task[None]] = []

    async def clear() -> None:
        while True:
            try:
                await web.clear()
                app.ctx.is_damaged = not await asyncio.to_thread(store.is_sound)
            except Exception:
                # Whatever it is, old conversations must go, so it is tried again.
                logger.exception("Old conversations stay; tried again in an hour")
            if app.ctx.is_damaged:
                logger.error("The store is damaged: put back a copy of it")
            await asyncio.sleep(_SECONDS_BETWEEN_CLEARINGS)

    def begin(_: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        clearing.append(loop.create_task(clear()))

    def end(*_: object) -> None:
        clearing.pop().cancel()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


def _expire_regularly(app: Sanic, cases: Cases) -> None:
    """Have cases changed whose time is over, every few seconds."""
    expiring: list[asyncio.Task[None]] = []

    async def expire() -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_EXPIRIES)
            try:
                await asyncio.to_thread(cases.expire)
            except SQLAlchemyError as error:
                logger.warning("Cases wait for the store: %s", type(error).__name__)

    def begin(_: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        expiring.append(loop.create_task(expire()))

    def end(*_: object) -> None:
        expiring.pop().cancel()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


# Sanic's listeners have no type to name.
def _say_ready(settings: Settings):  # type: ignore[no-untyped-def]
    base = load_knowledge()
    question = base.wording["nb"].topics[base.content.starters[0]].ask

    async def say_ready(*_: object) -> None:
        print(
            f"Ready: open {url_of(settings)} (Ctrl-C stops it). "
            f'Ask from another terminal: make ask Q="{question}" '
            f"PORT={settings.port}",
            flush=True,
        )

    return say_ready
