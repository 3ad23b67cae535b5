"""The store is locked, full, damaged or taken: nothing is lost, and all is told."""

import contextlib
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from rest_client import ROOT, Server
from web_client import WebClient, code_of

from bot.errors import StoreError
from bot.store import ConversationStore, served_alone
from trials.errors import TrialError

pytestmark = pytest.mark.usefixtures("model")
SECONDS_LOCKED = 3


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server whose store a test may do anything to."""
    server = Server(
        tmp_path,
        tmp_path / "conversations.db",
        HELSE_RATE_ADDRESS="100000/minute",
        HELSE_RATE_CONVERSATION="100000/minute",
    )
    yield server
    server.stop()


@contextlib.contextmanager
def locked(store: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


def test_while_the_store_is_locked_the_server_lives_and_messages_wait(
    own: Server,
) -> None:
    web = WebClient(own.url)
    web.say("Hei")
    answers: list[requests.Response] = []
    sending = threading.Thread(
        target=lambda: answers.append(web.send("Hvem fikk penger?"))
    )
    seconds = []
    with locked(own.store):
        sending.start()
        until = time.monotonic() + SECONDS_LOCKED
        while time.monotonic() < until:
            began = time.monotonic()
            assert requests.get(f"{own.url}/healthz", timeout=10).status_code == 200
            seconds.append(time.monotonic() - began)
            time.sleep(0.02)
        assert not answers
    sending.join()
    assert answers[0].status_code == 200
    assert len(web.turns()) == 2
    assert statistics.quantiles(seconds, n=20)[-1] < 0.1


def fill(server: Server) -> None:
    """Let the server write no file further than it has."""
    process = server._process.pid
    size = max(
        file.stat().st_size for file in server.store.parent.glob("conversations.db*")
    )
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost(
    own: Server,
) -> None:
    web, sender = WebClient(own.url), uuid.uuid4().hex
    web.say("Hvem fikk penger?")
    own.client.say(sender, "Hvem fikk penger?")
    fill(own)
    kept, refused = 1, []
    for _ in range(200):
        answer = web.send("Hvor mye?", message := str(uuid.uuid4()))
        if answer.status_code == 200:
            kept += 1
        else:
            refused.append(answer)
            break
    assert refused, "the disk was never full"
    assert (refused[0].status_code, code_of(refused[0])) == (503, "not_stored")
    assert refused[0].headers["Retry-After"]
    status, told = own.client.post(
        json.dumps({"sender": sender, "message": "Hei"}).encode()
    )
    assert (status, told["error"]["code"]) == (503, "not_stored")
    assert requests.get(f"{own.url}/healthz", timeout=10).status_code == 200
    resource.prlimit(
        own._process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2
    )
    assert web.send("Hvor mye?", message).status_code == 200
    assert len(web.turns()) == kept + 1


def test_a_second_server_on_one_file_is_refused(own: Server, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="HELSE_STORE: another server has"):
        Server(tmp_path, own.store)


def test_the_command_line_reads_and_writes_beside_a_server_that_is_busy(
    own: Server,
) -> None:
    gone, going_on = WebClient(own.url), WebClient(own.url)
    turn = gone.say("Hvem fikk penger?")
    gone.rate(turn["id"], rating="down", comment="=1+1")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "HELSE_STORE": str(own.store)},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    said, stop = [], threading.Event()

    def talk() -> None:
        while not stop.is_set():
            said.append(going_on.send("Hvor mye?").status_code)
            time.sleep(0.2)

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        name = gone.token.partition(".")[0]
        assert "'=1+1" in run("feedback")
        assert (
            json.loads(run("export", "--conversation", name))["turns"][0]["id"]
            == turn["id"]
        )
        assert "Nothing of" in run("forget", "--conversation", name)
    finally:
        stop.set()
        talking.join()
    assert gone.turns() == []
    assert set(said) == {200}
    assert len(going_on.turns()) == said.count(200)


@pytest.mark.parametrize("made", ["folder", "bytes", "damaged", "system", "no folder"])
def test_what_is_no_store_is_told_in_a_line(tmp_path: Path, made: str) -> None:
    path = tmp_path / "conversations.db"
    if made == "folder":
        path.mkdir()
    elif made == "bytes":
        path.write_bytes(bytes(range(256)) * 64)
    elif made == "damaged":
        damage(path)
    elif made == "system":
        path = Path("/proc/conversations.db")
    else:
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "conversations.db"
    with pytest.raises(StoreError, match=r"HELSE_STORE: .* cannot be used as a store"):
        ConversationStore.in_file(path)


def damage(path: Path) -> None:
    """Make a store and write over the middle of it."""
    store = ConversationStore.in_file(path)
    with store.engine.begin() as connection:
        for number in range(2000):
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, data) VALUES (?, 'bot', ?)",
                (f"kari-{number}", "{}" * 100),
            )
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.engine.dispose()
    written = bytearray(path.read_bytes())
    page = 4096
    for number in range(20, 60):
        written[number * page : (number + 1) * page] = b"\xff" * page
    path.write_bytes(written)


def test_a_store_that_is_damaged_while_it_is_served_is_no_longer_sound(
    tmp_path: Path,
) -> None:
    path = tmp_path / "conversations.db"
    store = ConversationStore.in_file(path)
    assert store.is_sound()
    assert store._quick
    store._quick._connection.close()
    store.engine.dispose()
    damage(tmp_path / "other.db")
    path.write_bytes((tmp_path / "other.db").read_bytes())
    assert not store.is_sound()


def test_a_file_that_others_could_read_is_taken_from_them(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    path.touch()
    path.chmod(0o644)
    ConversationStore.in_file(path)
    assert path.stat().st_mode & 0o077 == 0


def test_what_older_versions_left_in_the_file_is_gone_once_it_is_served(
    tmp_path: Path,
) -> None:
    path = tmp_path / "conversations.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE said (text TEXT)")
        connection.executemany("INSERT INTO said VALUES (?)", [("Zeppelin",)] * 100)
        connection.commit()
        connection.execute("DELETE FROM said")
        connection.commit()
    assert b"Zeppelin" in path.read_bytes()
    ConversationStore.in_file(path)
    with served_alone(path):
        assert b"Zeppelin" not in path.read_bytes()


def test_thousands_of_old_conversations_hold_up_nothing(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    store = ConversationStore.in_file(path)
    long_ago = time.time() - 90 * 24 * 60 * 60
    with store.engine.begin() as connection:
        for number in range(2000):
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, timestamp, data) "
                "VALUES (?, 'bot', ?, '{}')",
                (f"kari-{number}", long_ago),
            )
    began = time.monotonic()
    server = Server(tmp_path, path)
    try:
        assert time.monotonic() - began < 30
        assert WebClient(server.url).say("Hei")
        until = time.monotonic() + 30
        while store.holds("kari-1999") and time.monotonic() < until:
            time.sleep(0.1)
        assert not store.holds("kari-0")
        assert not store.holds("kari-1999")
    finally:
        server.stop()
