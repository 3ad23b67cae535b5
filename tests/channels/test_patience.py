"""Requests that are slow, unclear or foreign take nothing from those of others."""

import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
import requests
from rest_client import Server
from web_client import WebClient, code_of

LONGEST = 40
HEAD = "POST /api/conversations HTTP/1.1\r\nHost: a\r\n"


def connected(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), LONGEST)


def answers_to(server: Server, request: str) -> bytes:
    with connected(server) as line:
        line.sendall(request.encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        received = b""
        while more := line.recv(65536):
            received += more
    return received


@pytest.mark.parametrize("begun", ["in its head", "in its body"])
def test_a_request_that_comes_a_byte_at_a_time_is_ended(
    server: Server, begun: str
) -> None:
    began = time.monotonic()
    with connected(server) as line:
        line.sendall(HEAD.encode())
        if begun == "in its body":
            line.sendall(b"Content-Length: 1000\r\n\r\n")
        ended = threading.Event()

        def read() -> None:
            while line.recv(65536):
                pass
            ended.set()

        threading.Thread(target=read, daemon=True).start()
        while not ended.wait(1) and time.monotonic() - began < LONGEST:
            line.send(b"x")
    assert ended.is_set()
    assert time.monotonic() - began < LONGEST


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 5\r\nContent-Length: 0\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length : 5\r\n",
        "Content\tLength: 5\r\n",
    ],
)
def test_a_body_whose_end_is_told_twice_or_oddly_is_refused(
    server: Server, headers: str
) -> None:
    received = answers_to(server, f"{HEAD}{headers}\r\n0\r\n\r\n")
    assert received.startswith(b"HTTP/1.1 400 ")
    assert b" 201 " not in received


def test_what_a_foreign_page_sends_is_refused_before_it_counts(server: Server) -> None:
    web = WebClient(server.url)
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for headers in (foreign, {"Sec-Fetch-Site": "cross-site"}):
        answer = web.call("GET", "about", headers=headers)
        assert (answer.status_code, code_of(answer)) == (403, "foreign_site")
    own = {"Sec-Fetch-Site": "same-origin"}
    assert web.call("GET", "about", headers=own).status_code == 200


def test_a_site_on_the_list_is_not_foreign(server: Server, other_site: str) -> None:
    headers = {"Origin": other_site, "Sec-Fetch-Site": "cross-site"}
    answer = requests.get(f"{server.url}/api/about", headers=headers, timeout=10)
    assert answer.status_code == 200


def test_a_long_conversation_is_read_in_parts(web: WebClient) -> None:
    turns = [web.say(f"Hei {number}") for number in range(203)]
    ids = [turn["id"] for turn in turns]
    latest = web.call("GET", "conversation").json()
    assert [turn["id"] for turn in latest["turns"]] == ids[3:]
    assert latest["earlier"]
    first = web.call("GET", f"conversation?before={ids[3]}").json()
    assert [turn["id"] for turn in first["turns"]] == ids[:3]
    assert not first["earlier"]
    unknown = web.call("GET", "conversation?before=no-such-message").json()
    assert unknown == {"turns": [], "earlier": False}
