"""The socket of a server: on any address of the machine, and on no taken port."""

import socket

import pytest

from bot.errors import PortError
from bot.listening import listening_socket, require_free_port, url_of
from bot.settings import Settings
from trials.processes import free_port


@pytest.mark.parametrize(
    ("host", "url"), [("127.0.0.1", "http://127.0.0.1"), ("::1", "http://[::1]")]
)
def test_both_kinds_of_addresses_can_be_listened_on(host: str, url: str) -> None:
    settings = Settings(host=host, port=free_port())
    if host == "::1" and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with listening_socket(settings) as listening:
        assert listening.getsockname()[1] == settings.port
        with pytest.raises(PortError, match="stop what runs there"):
            require_free_port(settings)
    require_free_port(settings)
    assert url_of(settings) == f"{url}:{settings.port}"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(PortError, match=r"cannot listen on"):
        listening_socket(Settings(host=host, port=free_port()))
