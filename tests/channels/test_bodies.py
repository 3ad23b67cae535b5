"""An id may be anything but a number or an address of somebody's."""

import random
import secrets
import uuid

import pytest
from rest_client import Server
from web_client import WebClient, code_of

from bot.channels.bodies import is_somebodys

SOMEBODYS = ["01010112345", "010101-12345", "41234567", "4111-1111-1111-1111"]


@pytest.mark.parametrize("name", [*SOMEBODYS, "kari-01010112345", "kari@example.org"])
def test_a_number_or_an_address_is_somebodys(name: str) -> None:
    assert is_somebodys(name)


def test_random_ids_are_nobodys() -> None:
    chance = random.Random(1)
    names = (
        name
        for _ in range(5000)
        for name in (
            str(uuid.UUID(int=chance.getrandbits(128))),
            f"{chance.getrandbits(128):032x}",
            # As the widget makes them.
            "-".join(str(chance.getrandbits(32)) for _ in range(4)),
            f"web-{secrets.token_hex(16)}",
        )
    )
    assert [name for name in names if is_somebodys(name)] == []


@pytest.mark.parametrize("name", SOMEBODYS)
def test_a_message_or_a_sender_with_such_an_id_is_refused(
    server: Server, web: WebClient, name: str
) -> None:
    answer = web.send("Hei", message=name)
    assert (answer.status_code, code_of(answer)) == (400, "invalid_request")
    body = f'{{"sender": "{name}", "message": "Hei"}}'.encode()
    status, told = server.client.post(body)
    assert (status, told["error"]["code"]) == (400, "invalid_request")
