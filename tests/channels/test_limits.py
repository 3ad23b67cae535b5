"""Limits and switches that differ from those of the shared server."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from rest_client import Server
from web_client import WebClient, code_of

from bot.channels.faults import Fault
from bot.channels.rates import Rates
from bot.settings import Settings

pytestmark = pytest.mark.usefixtures("model")
MESSAGES = 3
REQUESTS = 12
SECONDS = 5


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind one other web server, with low limits and no REST channel."""
    folder = tmp_path_factory.mktemp("strict")
    server = Server(
        folder,
        folder / "conversations.db",
        HELSE_RATE_CONVERSATION=f"{MESSAGES}/{SECONDS} seconds",
        HELSE_RATE_ADDRESS=f"{REQUESTS}/minute",
        HELSE_LONGEST_MESSAGE="40",
        HELSE_KEPT_DAYS="7",
        HELSE_CONTACT="post@example.org",
        HELSE_PROXIES="1",
        HELSE_REST="off",
    )
    yield server
    server.stop()


def client_at(server: Server, address: str) -> WebClient:
    """Return a client that the web server in front says is at an address."""
    client = WebClient(server.url, token="none yet")
    client._http.headers["X-Forwarded-For"] = address
    client.token = client.call("POST", "conversations").json()["token"]
    return client


def test_a_conversation_that_says_too_much_has_to_wait(strict: Server) -> None:
    client = client_at(strict, "203.0.113.1")
    for _ in range(MESSAGES):
        client.say("Hei")
    refused = client.send("Hvem fikk penger?", "sent-again-later")
    assert (refused.status_code, code_of(refused)) == (429, "rate_limited")
    wait = refused.json()["error"]["retry_after"]
    assert 1 <= wait <= SECONDS
    assert refused.headers["retry-after"] == str(wait)
    assert client_at(strict, "203.0.113.2").send("Hei").status_code == 200
    time.sleep(wait)
    assert client.send("Hvem fikk penger?", "sent-again-later").status_code == 200
    assert len(client.turns()) == MESSAGES + 1


def test_an_address_that_asks_too_much_has_to_wait_and_no_other(
    strict: Server,
) -> None:
    client = client_at(strict, "203.0.113.3")
    answers = [client.call("GET", "conversation") for _ in range(REQUESTS)]
    assert [answer.status_code for answer in answers] == [200] * (REQUESTS - 1) + [429]
    assert code_of(answers[-1]) == "rate_limited"
    assert client_at(strict, "203.0.113.4").call("GET", "about").status_code == 200


def test_the_addresses_of_one_customer_with_ipv6_count_as_one(strict: Server) -> None:
    clients = [client_at(strict, f"2001:db8:1:2::{n}") for n in range(REQUESTS)]
    assert clients[0].call("GET", "about").status_code == 429
    assert client_at(strict, "2001:db8:1:3::1").turns() == []


@pytest.mark.parametrize(
    ("address", "alike", "other"),
    [
        ("198.51.100.1", "198.51.100.1:4711", "198.51.100.2"),
        ("198.51.100.3", "::ffff:198.51.100.3", "::ffff:198.51.100.4"),
        ("2001:db8:2:2::1", "[2001:db8:2:2::9]:80", "2001:db8:2:3::1"),
    ],
)
def test_ways_to_write_an_address_count_as_one(
    address: str, alike: str, other: str
) -> None:
    rates = Rates(Settings(rate_address="1/minute"))
    asyncio.run(rates.count_address(address))
    with pytest.raises(Fault):
        asyncio.run(rates.count_address(alike))
    asyncio.run(rates.count_address(other))


def test_only_those_whose_time_is_over_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates = Rates(Settings(rate_address="1/day", rate_conversation="1/minute"))
    asyncio.run(rates.count_address("198.51.100.5"))
    asyncio.run(rates.count_message("web-1"))
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert rates.forget() == 1
    with pytest.raises(Fault):
        asyncio.run(rates.count_address("198.51.100.5"))
    asyncio.run(rates.count_message("web-1"))


def test_a_client_is_told_the_limits_and_the_contact(strict: Server) -> None:
    assert client_at(strict, "203.0.113.5").call("GET", "about").json() == {
        "longest_message": 40,
        "longest_comment": 1000,
        "kept_days": 7,
        "contact": "post@example.org",
        "statements": {"privacy": "/personvern", "accessibility": "/tilgjengelighet"},
        "cases": False,
    }


def test_the_length_limit_is_that_of_the_setting(strict: Server) -> None:
    client = client_at(strict, "203.0.113.6")
    assert client.send("a" * 40).status_code == 200
    assert code_of(client.send("a" * 41)) == "too_long"


def test_the_rest_channel_can_be_switched_off(strict: Server) -> None:
    for path in ("webhook", "trace"):
        url = f"{strict.url}/webhooks/rest/{path}"
        answer = requests.post(url, json={"sender": "a", "message": "Hei"}, timeout=30)
        assert answer.status_code == 404


def test_opening_conversations_has_a_limit_of_its_own(tmp_path: Path) -> None:
    server = Server(tmp_path, tmp_path / "c.db", HELSE_RATE_OPENING="3/minute")
    try:
        clients = [WebClient(server.url) for _ in range(3)]
        refused = clients[0].call("POST", "conversations")
        assert (refused.status_code, code_of(refused)) == (429, "rate_limited")
        assert clients[0].send("Hei").status_code == 200
    finally:
        server.stop()


def test_rates_are_counted_here_while_redis_is_away() -> None:
    rates = Rates(Settings(rate_address="1/minute", redis="redis://127.0.0.1:1/0"))
    asyncio.run(rates.count_address("198.51.100.1"))
    with pytest.raises(Fault):
        asyncio.run(rates.count_address("198.51.100.1"))
