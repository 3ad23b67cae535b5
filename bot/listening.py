"""The socket that a server listens on."""

import socket

from bot.errors import PortError
from bot.settings import Settings

# Connections that may wait for the server to take them.
_BACKLOG = 1024


def listening_socket(settings: Settings) -> socket.socket:
    """Return a socket that listens at the host and port of the settings.

    Raises:
        PortError: The port is taken, or not allowed, or the host is none of this
            machine's.
    """
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        # Of a name such as localhost, which may be both, what most clients ask first.
        family, kind, protocol, _, address = min(
            found, key=lambda it: it[0] != socket.AF_INET
        )
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)
        except BaseException:
            listening.close()
            raise
    except socket.gaierror as error:
        raise PortError(
            f"cannot listen on {host} ({error.strerror}): HELSE_HOST is no address of "
            "this machine; correct it, or leave it out"
        ) from error
    except OSError as error:
        raise PortError(
            f"cannot listen on {url_of(settings)} ({error.strerror}); "
            "stop what runs there, or choose another: make serve PORT=5006"
        ) from error
    return listening


def require_free_port(settings: Settings) -> None:
    """Make sure that the port can be listened on.

    Raises:
        PortError: It cannot.
    """
    listening_socket(settings).close()


def url_of(settings: Settings) -> str:
    """Return the address that a server has by its settings."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"
