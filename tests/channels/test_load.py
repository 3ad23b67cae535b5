"""Many people at once, and nothing lost."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from rest_client import Server
from web_client import WebClient

from trials.fuzzing.kinds import KINDS
from trials.fuzzing.messages import odd_messages

CONVERSATIONS = 40
MESSAGES = 25
AT_ONCE = 8
TEXTS = ("Hvem fikk penger?", "og i Tromsø?", "Hva er en næringshage?", "Hei", "Takk")


def test_of_a_thousand_messages_none_is_lost(server: Server) -> None:
    said = [f"{TEXTS[n % len(TEXTS)]} {n}" for n in range(MESSAGES)]

    def talk(_: int) -> WebClient:
        client = WebClient(server.url)
        for text in said:
            assert client.say(text)["reply"]["text"]
        return client

    with ThreadPoolExecutor(AT_ONCE) as threads:
        clients = list(threads.map(talk, range(CONVERSATIONS)))
    assert CONVERSATIONS * MESSAGES == 1000
    for client in clients:
        turns = client.turns()
        assert [turn["text"] for turn in turns] == said
        assert len({turn["id"] for turn in turns}) == MESSAGES
        assert all(turn["reply"]["text"] for turn in turns)


def test_the_same_message_sent_many_times_at_once_is_said_once(server: Server) -> None:
    client = WebClient(server.url)

    def send(_: int) -> int:
        again = WebClient(server.url, token=client.token)
        return again.send("Hvem fikk penger?", "the-same-id").status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        statuses = list(threads.map(send, range(AT_ONCE)))
    assert statuses == [200] * AT_ONCE
    assert len(client.turns()) == 1


def test_while_the_dearest_messages_are_answered_the_server_lives(
    server: Server,
) -> None:
    web = WebClient(server.url)
    done = threading.Event()

    def say_all() -> None:
        for message in odd_messages(2 * len(KINDS), 1000):
            assert web.send(message.text).status_code == 200
        done.set()

    talking = threading.Thread(target=say_all)
    talking.start()
    seconds = []
    with requests.Session() as health:
        while talking.is_alive():
            began = time.monotonic()
            assert health.get(f"{server.url}/healthz", timeout=10).status_code == 200
            seconds.append(time.monotonic() - began)
            time.sleep(0.01)
    talking.join()
    assert done.is_set()
    assert statistics.quantiles(seconds, n=20)[-1] < 0.1
