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
    return socket_at(settings.host, settings.port, "HELSE_HOST", "make serve PORT=5015")


def socket_at(host: str, port: int, setting: str, elsewhere: str) -> socket.socket:
    """Return a socket that listens at a host and port.

    Args:
        host: The host.
        port: The port.
        setting: The setting that names the host.
        elsewhere: A command that chooses another port.

    Raises:
        PortError: The port is taken, or not allowed, or the host is none of this
            machine's.
    """
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
            f"cannot listen on {host} ({error.strerror}): {setting} is no address of "
            "this machine; correct it, or leave it out"
        ) from error
    except OSError as error:
        raise PortError(
            f"cannot listen on {url_at(host, port)} ({error.strerror}); "
            f"stop what runs there, or choose another: {elsewhere}"
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
    return url_at(settings.host, settings.port)


def url_at(host: str, port: int) -> str:
    """Return the address of what listens at a host and port."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
