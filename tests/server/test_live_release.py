"""A release reaches a server that runs, and no message gets lost on the way."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rest_client import ROOT, Server
from web_client import WebClient

from bot.releases import FileEdit, Releases
from bot.training import MODELS_DIR, model_name, release_name
from trials.client import Client

SECOND = ROOT / "tests" / "second_content"
QUESTION = "Hvor mye strøm blir det?"
SENTENCE = "De {recipients.count:words} anleggene skal"
WORDING = "knowledge/wording/nb.yml"
TALKERS = 4
SECONDS_TO_GO_OVER = 30.0


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the second content, which a release may change."""
    folder = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(SECOND, folder)
    return folder


@pytest.fixture(scope="module")
def server(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of that content."""
    folder = tmp_path_factory.mktemp("server")
    running = Server(
        folder,
        store=folder / "conversations.db",
        HELSE_CONTENT=str(content),
        HELSE_RATE_ADDRESS="1000000/minute",
        HELSE_RATE_CONVERSATION="1000000/minute",
        HELSE_RATE_OPENING="1000000/minute",
    )
    yield running
    running.stop()


@pytest.fixture
def releases(content: Path) -> Iterator[Releases]:
    """The releases of that content; what tells of them is deleted afterwards."""
    yield Releases(content)
    for file in MODELS_DIR.glob(f"{Path(release_name(content)).stem}*"):
        file.unlink()


class Talkers:
    """People who talk to a server all the time, each in a conversation."""

    def __init__(self, url: str) -> None:
        self.faults, self._counts = list[str](), list[int]()
        self.told: list[str] = []
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._talk, args=(WebClient(url),))
            for _ in range(TALKERS)
        ]
        for thread in self._threads:
            thread.start()

    def _talk(self, client: WebClient) -> None:
        said = 0
        while not self._stopping.is_set():
            answer = client.send(QUESTION)
            said += 1
            if answer.status_code == 200:
                self.told.append(answer.json()["reply"]["text"])
            else:
                self.faults.append(answer.text)
        self._counts.append(said)
        kept = len(client.turns())
        if kept != said:
            self.faults.append(f"{said} messages were sent and {kept} are kept")

    @property
    def sent(self) -> int:
        """How many messages were sent, once all have stopped."""
        return sum(self._counts)

    def until(self, holds: Callable[[str], bool]) -> None:
        """Wait until what is told last holds."""
        deadline = time.monotonic() + SECONDS_TO_GO_OVER
        while not (self.told and holds(self.told[-1])):
            assert time.monotonic() < deadline, self.told[-1:]
            time.sleep(0.05)

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()


def edit_of(content: Path, before: str, after: str) -> FileEdit:
    text = (content / WORDING).read_text("utf-8")
    assert before in text
    return FileEdit(WORDING, text, text.replace(before, after))


def test_a_release_and_its_undoing_reach_people_and_lose_no_message(
    server: Server, content: Path, releases: Releases
) -> None:
    model = MODELS_DIR / model_name(content=content)
    old = server.client.ask(QUESTION).text
    edit = edit_of(content, SENTENCE, f"Nytt: {SENTENCE}")
    talkers = Talkers(server.url)
    try:
        talkers.until(lambda told: told == old)
        released = releases.put_in_force([edit], model)
        talkers.until(lambda told: told.startswith("Nytt: "))
        assert "Nytt: " in WebClient(server.url).say(QUESTION)["reply"]["text"]
        releases.take_back([edit], released.previous)
        talkers.until(lambda told: told == old)
    finally:
        talkers.stop()
    assert not talkers.faults
    assert set(talkers.told) == {old, f"Nytt: {old}"}
    assert len(talkers.told) == talkers.sent > 4 * TALKERS


def test_what_cannot_be_loaded_leaves_the_old_in_place(
    server: Server, content: Path, releases: Releases
) -> None:
    model = MODELS_DIR / model_name(content=content)
    old = server.client.ask(QUESTION).text
    edit = edit_of(content, "topics:\n", "no_topics:\n")
    released = releases.put_in_force([edit], model)
    deadline = time.monotonic() + SECONDS_TO_GO_OVER
    while "cannot be loaded" not in server.output():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert server.client.ask(QUESTION).text == old
    releases.take_back([edit], released.previous)


def test_a_conversation_goes_on_whose_topic_is_gone(
    server: Server,
) -> None:
    slots = {"last_topic": "gap.of_yesterday", "topics_told": ["topic.of_yesterday"]}
    slots |= {"offered": ["gap.of_yesterday"], "facts": ["fact.of_yesterday"]}
    told = Client(server.url).trace("long-lived", "og hva mer?", slots)
    assert told["messages"][-1]["custom"]["kind"]
