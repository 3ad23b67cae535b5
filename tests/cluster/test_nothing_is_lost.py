"""What is acknowledged is kept: once, in its place, whatever befalls the servers."""

from collections.abc import Callable, Iterator

import pytest

from trials.cluster.cluster import Cluster, shared_cluster
from trials.cluster.crowd import Crowd, Outcome
from trials.cluster.disturbances import (
    Disturbance,
    Event,
    fill_the_disk,
    kill_a_server,
    kill_a_worker,
    kill_redis,
    kill_the_database,
    restart_in_turn,
)

PEOPLE = 16

Say = Callable[[str], None]


def held(
    cluster: Cluster, messages: int, disturbances: list[Disturbance], say: Say
) -> Outcome:
    """Have people talk, and return how it went: nothing may have gone wrong."""
    if not cluster.disk.is_small:
        disturbances.remove(fill_the_disk)
        say("No small disk could be mounted, so none is filled")
    outcome = Crowd(cluster, PEOPLE, messages).talk(disturbances, say)
    say(str(outcome))
    assert outcome.account.is_clean, outcome.account
    assert outcome.account.acknowledged == messages
    # All of it happened while people talked.
    assert all(event.last < messages for event in outcome.events), outcome.events
    return outcome


@pytest.fixture
def with_workers() -> Iterator[Cluster]:
    """One server of two processes on one port."""
    with shared_cluster(count=1, WORKERS="2") as cluster:
        yield cluster


def event_of(outcome: Outcome, disturbance: Disturbance) -> Event:
    wanted = (it for it in outcome.events if it.name == disturbance.__name__)
    found = next(wanted, None)
    return found or pytest.skip("the disk was not filled")


def test_one_server_with_a_file_loses_nothing(lone: Cluster, say: Say) -> None:
    # Later, SQLite's log would have room of its own for some messages.
    disturbances = [fill_the_disk, kill_a_server, restart_in_turn]
    outcome = held(lone, 480, disturbances, say)
    assert event_of(outcome, fill_the_disk).refusals["not_stored"]


def test_two_servers_with_a_database_lose_nothing(shared: Cluster, say: Say) -> None:
    # The longest first, so that people still talk during the last.
    disturbances = [
        restart_in_turn,
        kill_a_server,
        kill_redis,
        kill_the_database,
        fill_the_disk,
    ]
    outcome = held(shared, 2000, disturbances, say)
    # Nobody noticed: the proxy sent them to the other.
    assert not event_of(outcome, restart_in_turn).refusals
    assert event_of(outcome, fill_the_disk).refusals["not_stored"]


def test_two_processes_on_one_port_lose_nothing(
    with_workers: Cluster, say: Say
) -> None:
    held(with_workers, 400, [kill_a_worker, kill_a_server, restart_in_turn], say)
