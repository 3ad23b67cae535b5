"""Serves Rasa and the actions on one port."""

import contextlib
import logging
import socket
import sqlite3
from pathlib import Path

import rasa.core.run
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.actions_endpoint import InProcessActions
from bot.errors import PortError
from bot.settings import PROJECT_DIR, Settings

ENDPOINTS_FILE = PROJECT_DIR / "endpoints.yml"
CREDENTIALS_FILE = PROJECT_DIR / "credentials.yml"


def read_endpoints(settings: Settings) -> AvailableEndpoints:
    """Return the endpoints: endpoints.yml's, and the project's own for the rest."""
    endpoints = AvailableEndpoints.read_endpoints(str(ENDPOINTS_FILE))
    endpoints.action = endpoints.action or InProcessActions()
    if endpoints.tracker_store is None:
        _prepare_store(settings.store)
        endpoints.tracker_store = EndpointConfig(
            type="sql", dialect="sqlite", db=str(settings.store)
        )
    return endpoints


def _prepare_store(store: Path) -> None:
    """Make the SQLite file; its write-ahead log saves a wait for the disk a message."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


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
    """
    require_free_port(settings)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    rasa.core.run.serve_application(
        str(model),
        interface=settings.host,
        port=settings.port,
        credentials=str(CREDENTIALS_FILE),
        endpoints=read_endpoints(settings),
        enable_api=False,
        server_listeners=[(_say_ready(settings), "after_server_start")],
    )


def _say_ready(settings: Settings):  # type: ignore[no-untyped-def]  # sanic's listener
    async def say_ready(*_: object) -> None:
        address = f"http://{settings.host}:{settings.port}"
        print(
            f"Ready at {address}/webhooks/rest/webhook (Ctrl-C stops it). Ask from "
            f'another terminal: make ask Q="Hvem fikk penger?" PORT={settings.port}',
            flush=True,
        )

    return say_ready
