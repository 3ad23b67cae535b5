"""Serves the page, the widget's channel, Rasa's REST channel and the actions."""

import asyncio
import functools
import gc
import logging
import socket
from pathlib import Path

import rasa.core.agent
import rasa.core.channels.channel
import rasa.core.utils
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.channel import InputChannel
from rasa.core.utils import AvailableEndpoints
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.faults import JsonErrors
from bot.channels.headers import add_headers
from bot.channels.page import Page
from bot.channels.requests import PlainRequest
from bot.channels.rest import CheckedRestInput
from bot.channels.site import add_site
from bot.channels.web import WebChannel
from bot.engine import InProcessActions, process_lightly
from bot.errors import ConfigError, PortError
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR, Settings
from bot.store import ConversationStore

ENDPOINTS_FILE = PROJECT_DIR / "endpoints.yml"
CREDENTIALS_FILE = PROJECT_DIR / "credentials.yml"
# More than any request needs: a message of a thousand characters in any script.
_LARGEST_BODY = 256 * 1024
_SECONDS_BETWEEN_CLEARINGS = 60 * 60
_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


def read_endpoints(settings: Settings) -> AvailableEndpoints:
    """Return the endpoints: endpoints.yml's, and the project's own for the rest.

    Raises:
        ConfigError: endpoints.yml names a store that is no SQL database.
    """
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS_FILE))
    endpoints.action = endpoints.action or InProcessActions()
    endpoints.tracker_store = open_store(settings)
    return endpoints


def open_store(settings: Settings) -> ConversationStore:
    """Return the store that endpoints.yml names, or else the file of the settings.

    Raises:
        ConfigError: endpoints.yml names a store that is no SQL database.
    """
    named = AvailableEndpoints.read_endpoints(str(ENDPOINTS_FILE)).tracker_store
    if named is None:
        return ConversationStore.in_file(settings.store)
    if named.type.lower() != "sql":
        raise ConfigError(
            "tracker_store in endpoints.yml",
            f"of type '{named.type}' it cannot delete conversations; use type sql",
        )
    return ConversationStore(host=named.url, **named.kwargs)


def require_free_port(settings: Settings) -> None:
    """Make sure that the port can be listened on.

    Raises:
        PortError: It is taken, or not allowed.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortError(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); "
                "stop what runs there, or choose another: make serve PORT=5006"
            ) from error


def serve(model: Path, settings: Settings) -> None:
    """Serve a model until the process is told to stop.

    Raises:
        PortError: The port cannot be listened on.
        ConfigError: endpoints.yml names a store that cannot be used.
    """
    require_free_port(settings)
    # Rasa's own logger throws away what nobody else takes.
    logging.basicConfig(level=logging.WARNING, format=_LOG_FORMAT)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    process_lightly()
    endpoints = read_endpoints(settings)
    app = create_app(settings, endpoints.tracker_store)
    app.register_listener(
        functools.partial(_load_agent, model, endpoints), "before_server_start"
    )
    app.run(
        host=settings.host,
        port=settings.port,
        workers=rasa.core.utils.number_of_sanic_workers(endpoints.lock_store),
    )


def create_app(settings: Settings, store: ConversationStore) -> Sanic:
    """Return the HTTP server with its channels; Rasa's own HTTP API is not in it."""
    app = Sanic(
        "helseassistenten",
        configure_logging=False,
        error_handler=JsonErrors(),
        request_class=PlainRequest,
    )
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.PROXIES_COUNT = settings.proxies or None
    add_headers(app, settings.origins)
    base = load_knowledge()
    contact = settings.contact or base.content.contact
    add_site(app, base, Page(base, contact, settings.kept_days))
    web = WebChannel(settings, store, contact)
    channels = [web, *_named_channels(settings)]
    rasa.core.channels.channel.register(channels, app, route="/webhooks/")
    app.add_task(_clear_regularly(web))
    question = base.wording["nb"].topics[base.content.starters[0]].ask
    app.register_listener(_say_ready(settings, question), "after_server_start")
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


async def _load_agent(
    model: Path,
    endpoints: AvailableEndpoints,
    app: Sanic,
    loop: asyncio.AbstractEventLoop,
) -> None:
    app.ctx.agent = await rasa.core.agent.load_agent(
        model_path=str(model), endpoints=endpoints, loop=loop
    )
    # What is there now stays: it need not be looked through for garbage ever again.
    gc.freeze()
    gc.enable()


async def _clear_regularly(web: WebChannel) -> None:
    while True:
        try:
            await web.clear()
        except SQLAlchemyError:
            logger.exception("Old conversations were not deleted; tried again soon")
        await asyncio.sleep(_SECONDS_BETWEEN_CLEARINGS)


# Sanic's listeners have no type to name.
def _say_ready(settings: Settings, question: str | None):  # type: ignore[no-untyped-def]
    async def say_ready(*_: object) -> None:
        print(
            f"Ready: open http://{settings.host}:{settings.port} (Ctrl-C stops it). "
            f'Ask from another terminal: make ask Q="{question}" '
            f"PORT={settings.port}",
            flush=True,
        )

    return say_ready
