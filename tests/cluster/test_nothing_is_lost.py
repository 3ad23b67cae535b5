"""What is acknowledged is kept: once, in its place, whatever befalls the servers."""

from trials.cluster.cluster import Cluster
from trials.cluster.crowd import Crowd, Outcome
from trials.cluster.disturbances import (
    Disturbance,
    fill_the_disk,
    kill_a_server,
    kill_redis,
    kill_the_database,
    restart_in_turn,
)

PEOPLE = 16


def outcome(cluster: Cluster, messages: int, *disturbances: Disturbance) -> Outcome:
    if not cluster.disk.is_small:
        disturbances = tuple(it for it in disturbances if it is not fill_the_disk)
    went = Crowd(cluster, PEOPLE, messages).talk(disturbances)
    print(f"\n{went}")
    return went


def test_one_server_with_a_file_loses_nothing(lone: Cluster) -> None:
    went = outcome(lone, 480, kill_a_server, fill_the_disk, restart_in_turn)
    assert went.account.is_clean, went
    assert went.account.acknowledged == 480
    assert all(event.last < 480 for event in went.events), went


def test_two_servers_with_a_database_lose_nothing(shared: Cluster) -> None:
    went = outcome(
        shared,
        2000,
        kill_a_server,
        kill_redis,
        kill_the_database,
        restart_in_turn,
        fill_the_disk,
    )
    assert went.account.is_clean, went
    assert went.account.acknowledged == 2000
    assert all(event.last < 2000 for event in went.events), went
