"""What is told of requests: ids, log lines, figures at an address of their own."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from rest_client import Server
from web_client import WebClient

from trials.errors import TrialError
from trials.processes import free_port

pytestmark = pytest.mark.usefixtures("model")
SAID = "Balalaika"


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, metrics_port: int
) -> Iterator[Server]:
    """A server that tells figures, and logs each request."""
    folder = tmp_path_factory.mktemp("watched")
    server = Server(
        folder,
        folder / "conversations.db",
        HELSE_METRICS=f"127.0.0.1:{metrics_port}",
        HELSE_LOG="json",
    )
    yield server
    server.stop()


def figures(port: int) -> dict[str, float]:
    told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
    return {
        name: float(value)
        for name, value in re.findall(r"(?m)^(helse_[^ ]+) ([^ ]+)$", told)
    }


def test_messages_and_refusals_are_counted_and_no_word_is_told(
    watched: Server, metrics_port: int
) -> None:
    before = figures(metrics_port)
    web = WebClient(watched.url)
    kind = web.say(f"Hvem er {SAID}?")["reply"]["kind"]
    watched.client.ask("Hei")
    web.token = "none"
    assert web.call("GET", "conversation").status_code == 401
    after = figures(metrics_port)

    def grown(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert grown(f'helse_messages_total{{channel="web",kind="{kind}"}}') == 1
    assert grown('helse_messages_total{channel="rest",kind="smalltalk"}') == 1
    assert grown('helse_refusals_total{code="no_session"}') == 1
    assert grown('helse_message_seconds_count{channel="web"}') == 1
    assert after["helse_requests_in_progress"] == 0
    told = requests.get(f"http://127.0.0.1:{metrics_port}/metrics", timeout=10).text
    assert SAID not in told


def test_the_public_port_tells_no_figures(watched: Server) -> None:
    assert requests.get(f"{watched.url}/metrics", timeout=10).status_code == 404


def test_every_response_has_an_id_that_its_log_line_has_too(watched: Server) -> None:
    answer = requests.get(f"{watched.url}/api/{SAID}?x={SAID}", timeout=10)
    name = answer.headers["X-Request-Id"]
    lines = [json.loads(line) for line in watched.output().splitlines() if name in line]
    assert [(line["status"], line["route"]) for line in lines] == [(404, "-")]
    assert SAID not in watched.output()


@pytest.mark.parametrize("given", [str(uuid.uuid4()), "no uuid: Kari"])
def test_an_id_from_the_web_server_in_front_is_kept_where_it_is_one(
    watched: Server, given: str
) -> None:
    headers = {"X-Request-Id": given}
    answer = requests.get(f"{watched.url}/healthz", headers=headers, timeout=10)
    kept = answer.headers["X-Request-Id"] == given
    assert kept == ("Kari" not in given)
    assert "Kari" not in watched.output()


@pytest.mark.usefixtures("watched")
def test_metrics_on_a_port_that_is_taken_are_told_in_a_line(
    metrics_port: int, tmp_path: Path
) -> None:
    with pytest.raises(TrialError, match="choose another by HELSE_METRICS"):
        Server(tmp_path, tmp_path / "c.db", HELSE_METRICS=f"127.0.0.1:{metrics_port}")
