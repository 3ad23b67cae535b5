"""Where messages come from is kept, so that tests are not counted as questions."""

import contextlib
import sqlite3
import uuid

import pytest
import requests
from rest_client import Server
from web_client import WebClient

from bot.cli import main
from trials.client import Client

ROUTES = ("webhook", "trace")


def origin_of(server: Server, sender: str) -> tuple[str, float]:
    query = "SELECT origin, took FROM messages WHERE sender_id = ?"
    with contextlib.closing(sqlite3.connect(server.store)) as connection:
        [(origin, took)] = connection.execute(query, (sender,)).fetchall()
    return origin, took


def post(server: Server, route: str, sender: str, **headers: str) -> requests.Response:
    return requests.post(
        f"{server.url}/webhooks/rest/{route}",
        json={"sender": sender, "message": "Hvem fikk penger?"},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        timeout=60,
    )


@pytest.mark.parametrize("route", ROUTES)
def test_what_comes_over_the_rest_channel_says_whether_it_is_a_test(
    server: Server, route: str
) -> None:
    plain, marked = uuid.uuid4().hex, uuid.uuid4().hex
    assert post(server, route, plain).status_code == 200
    answer = post(server, route, marked, X_Helse_Origin="test")
    assert answer.status_code == 200
    assert origin_of(server, plain)[0] == "rest"
    assert origin_of(server, marked)[0] == "test"
    assert 0 < origin_of(server, marked)[1] < 60


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("origin", ["web", "demo", "staff", "TEST", "test, web", ""])
def test_nothing_else_can_be_said_of_where_it_comes_from(
    server: Server, route: str, origin: str
) -> None:
    answer = post(server, route, uuid.uuid4().hex, X_Helse_Origin=origin)
    assert answer.status_code == 400
    assert "X-Helse-Origin" in answer.json()["error"]["message"]


def test_the_clients_of_the_trials_say_that_they_test(server: Server) -> None:
    said, traced = uuid.uuid4().hex, uuid.uuid4().hex
    Client(server.url).say(said, "Hei")
    Client(server.url).trace(traced, "Hei")
    assert origin_of(server, said)[0] == origin_of(server, traced)[0] == "test"


def test_what_the_widget_sends_is_no_test(server: Server) -> None:
    web = WebClient(server.url)
    web.say("Hei")
    [conversation, *_] = web.token.split(".")
    assert origin_of(server, conversation)[0] == "web"


def test_make_ask_says_that_it_tests(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT count(*) FROM messages WHERE origin = 'test'"
    with contextlib.closing(sqlite3.connect(server.store)) as connection:
        [before] = connection.execute(query).fetchone()
        assert main(["ask", "Hvem fikk penger?", "--url", server.url]) == 0
        [after] = connection.execute(query).fetchone()
    assert after == before + 1
    assert capsys.readouterr().out
