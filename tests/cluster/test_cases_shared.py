"""A case is one case, whichever of two servers it is seen from; in PostgreSQL."""

import dataclasses
import http.client
import json
import ssl
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import urllib3

from bot.cases import CaseRefusedError, CaseRules, Cases
from bot.hours import hours_of
from bot.store import ConversationStore
from bot.store.case_tables import CASE_LINES, CASE_NOTES, CASES
from trials.cluster.cluster import Cluster, shared_cluster
from trials.cluster.talking import Talk

ALWAYS = "man-søn,helligdag 00:00-24:00"
SECONDS = 20


@dataclasses.dataclass(frozen=True)
class Employee:
    id: str
    name: str


STAFF = [Employee(f"local:{name}", name) for name in ("Kari", "Ola")]
KARI, OLA = STAFF


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with shared_cluster(
        HELSE_CASES="on", HELSE_HOURS=ALWAYS, HELSE_RATE_CASES="100000/hour"
    ) as started:
        yield started


def cases_in(cluster: Cluster) -> Cases:
    """Return the cases by connections of their own, as another process has them."""
    engine = ConversationStore.in_database(cluster.store).engine
    return Cases(engine, CaseRules(True, hours_of(ALWAYS)))


@pytest.fixture(scope="module")
def cases(cluster: Cluster) -> Cases:
    return cases_in(cluster)


@pytest.fixture
def talk(cluster: Cluster, cases: Cases) -> Talk:
    """A conversation in a case that Kari has."""
    cases.ping(KARI)
    talk = Talk(cluster.proxy.url, cluster.proxy.certificate)
    cases.open(sender_of(talk), "call-open", "asked", "nb")
    case = cases.open_case(sender_of(talk))
    assert case
    cases.take(case.id, KARI)
    return talk


def sender_of(talk: Talk) -> str:
    return talk.token.partition(".")[0]


def number_of(cases: Cases, talk: Talk) -> int:
    case = cases.open_case(sender_of(talk))
    assert case
    return case.id


def listen(
    url: str, token: str, lines: list[dict[str, Any]], certificate: Path | None = None
) -> None:
    """Listen to the stream of a server, and keep the lines that come."""
    address = urlsplit(url)
    host, port = address.hostname or "", address.port
    line = http.client.HTTPConnection(host, port, SECONDS)
    if certificate:
        trusts = ssl.create_default_context(cafile=str(certificate))
        line = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=trusts)
    bearer = {"Authorization": f"Bearer {token}"}
    line.request("GET", "/api/conversation/case/events", headers=bearer)
    answer = line.getresponse()
    assert answer.status == 200

    def read() -> None:
        for written in answer:
            if written.startswith(b"data: "):
                lines.extend(json.loads(written[6:])["lines"])

    threading.Thread(target=read, daemon=True).start()


def wait_for(lines: list[dict[str, Any]], text: str) -> None:
    until = time.monotonic() + SECONDS
    while text not in [it["text"] for it in lines]:
        assert time.monotonic() < until, lines
        time.sleep(0.01)


def test_what_is_said_to_one_server_is_heard_from_the_other_within_a_second(
    cluster: Cluster, cases: Cases, talk: Talk
) -> None:
    number = number_of(cases, talk)
    heard: list[list[dict[str, Any]]] = [[] for _ in cluster.urls]
    for url, lines in zip(cluster.urls, heard, strict=True):
        listen(url, talk.token, lines)
    waits = []
    for turn in range(10):
        url = cluster.urls[turn % len(cluster.urls)]
        said = Talk(url, token=talk.token).say(f"Fra meg {turn}")
        assert said.turn["reply"]["kind"] == "relayed"
        cases.say(number, KARI, f"Fra Kari {turn}", uuid.uuid4().hex)
        began = time.monotonic()
        for lines in heard:
            wait_for(lines, f"Fra Kari {turn}")
        waits.append(time.monotonic() - began)
    assert sorted(waits)[-1] < 1
    told = [line.text for line in cases.lines(number) if line.text]
    assert [[it["text"] for it in lines if it["text"]] for lines in heard] == [told] * 2


def test_a_stream_comes_through_the_proxy_as_it_is_told(
    cluster: Cluster, cases: Cases, talk: Talk
) -> None:
    number = number_of(cases, talk)
    lines: list[dict[str, Any]] = []
    listen(cluster.proxy.url, talk.token, lines, cluster.proxy.certificate)
    for turn in range(5):
        began = time.monotonic()
        cases.say(number, KARI, f"Hei {turn}", uuid.uuid4().hex)
        wait_for(lines, f"Hei {turn}")
        assert time.monotonic() - began < 1


def test_lines_of_two_processes_are_told_in_one_order_and_none_is_missed(
    cluster: Cluster, cases: Cases, talk: Talk
) -> None:
    number = number_of(cases, talk)
    talk.url = cluster.urls[0]
    done = threading.Event()
    read: list[str] = []

    def follow() -> None:
        reader, since = cases_in(cluster), 0
        while True:
            was_done = done.is_set()
            new = reader.view(sender_of(talk), since)
            since = new["latest"]
            read.extend(it["text"] for it in new["lines"] if it["text"])
            if was_done and not new["lines"]:
                return

    def answer(name: str) -> None:
        own = cases_in(cluster)
        for turn in range(40):
            own.say(number, KARI, f"{name} {turn}", uuid.uuid4().hex)

    following = threading.Thread(target=follow)
    following.start()
    with ThreadPoolExecutor(3) as pool:
        writing = [pool.submit(answer, name) for name in ("a", "b")]
        for turn in range(20):
            talk.say(f"person {turn}")
        for each in writing:
            each.result()
    done.set()
    following.join()
    assert read == [line.text for line in cases.lines(number) if line.text]
    assert len(read) == len(set(read)) == 100


def test_a_message_that_both_servers_get_at_once_is_one_line(
    cluster: Cluster, cases: Cases, talk: Talk
) -> None:
    ids = [uuid.uuid4().hex for _ in range(10)]
    with ThreadPoolExecutor(4) as pool:
        for message in ids:
            sent = [pool.submit(_send, talk, url, message) for url in cluster.urls * 2]
            turns = [each.result() for each in sent]
            assert turns == turns[:1] * len(turns)
    lines = cases.lines(number_of(cases, talk))
    assert [it.message for it in lines if it.author == "citizen"] == ids


def _send(talk: Talk, url: str, message: str) -> object:
    other = Talk(url, token=talk.token)
    while True:
        status, told = other.try_to_say("Hei!", message)
        if status == 200:
            return told
        assert status == 503, told


def test_of_two_who_take_at_once_one_gets_it(cluster: Cluster, cases: Cases) -> None:
    cases.ping(KARI)
    each = [cases_in(cluster) for _ in STAFF]
    for turn in range(10):
        cases.open(f"web-race-{turn}", "call", "asked", "nb")
        case = cases.open_case(f"web-race-{turn}")
        assert case
        begun = threading.Barrier(len(STAFF))

        def take(
            own: Cases, who: Employee, case: Any = case, begun: Any = begun
        ) -> str:
            begun.wait()
            try:
                return str(own.take(case.id, who).taken_name)
            except CaseRefusedError as error:
                return f"taken by {error.by}"

        with ThreadPoolExecutor(2) as both:
            came = list(both.map(take, each, STAFF))
        winner = next(it for it in came if " " not in it)
        assert sorted(came) == sorted([winner, f"taken by {winner}"])
        assert [it.code for it in cases.lines(case.id)] == ["opened", "taken"]


def test_windows_that_ask_both_servers_at_once_open_one_case(
    cluster: Cluster, cases: Cases
) -> None:
    cases.ping(KARI)
    talk = Talk(cluster.proxy.url, cluster.proxy.certificate)
    pool = urllib3.PoolManager(retries=False)

    def ask(url: str) -> int:
        body = {"id": uuid.uuid4().hex, "reason": "asked", "share": True}
        answer = pool.request(
            "POST",
            f"{url}/api/conversation/case",
            body=json.dumps({**body, "language": "nb"}).encode(),
            headers={"Authorization": f"Bearer {talk.token}"},
        )
        assert answer.status == 200, answer.data
        return int(json.loads(answer.data)["case"]["id"])

    with ThreadPoolExecutor(4) as windows:
        opened = list(windows.map(ask, cluster.urls * 2))
    assert len(set(opened)) == 1
    assert [it.code for it in cases.lines(opened[0])] == ["opened"]


def test_a_forgotten_conversation_leaves_nothing_of_its_case_in_the_database(
    cluster: Cluster, cases: Cases, talk: Talk
) -> None:
    number = number_of(cases, talk)
    talk.say("Balalaika")
    cases.note(number, KARI, "Zeppelin")
    store = ConversationStore.in_database(cluster.store)
    assert store.forget_old(30) == 0
    store.forget(sender_of(talk))
    with store.engine.connect() as connection:
        for table in (CASES, CASE_LINES, CASE_NOTES):
            theirs = sa.select(table).where(table.c.sender_id == sender_of(talk))
            assert connection.execute(theirs).all() == []
