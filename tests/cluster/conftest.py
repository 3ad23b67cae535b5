"""Runs only by `make test-cluster`, which installs what these tests need."""

from collections.abc import Callable, Iterator

import pytest

from bot.training import train
from trials.cluster.cluster import Cluster, lone_server, shared_cluster


@pytest.fixture(scope="session", autouse=True)
def model() -> None:
    """A trained model of the present data; made at once where there is one already."""
    train(print)


@pytest.fixture(scope="module")
def shared() -> Iterator[Cluster]:
    """Two servers that share PostgreSQL and Redis, behind Caddy."""
    with shared_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def lone() -> Iterator[Cluster]:
    """One server with an SQLite file, behind Caddy."""
    with lone_server() as cluster:
        yield cluster


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a line that is seen also where a test passes."""

    def told(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {line}", end="", flush=True)

    return told
