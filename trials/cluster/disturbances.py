"""What befalls a cluster while people talk to it."""

import collections
import dataclasses
import time
from collections.abc import Callable

import psutil  # type: ignore[import-untyped]  # no stubs

from trials.cluster.cluster import Cluster

# How long a full disk stays full.
_SECONDS_FULL = 6
_PAUSE = 0.05

Disturbance = Callable[[Cluster], None]


def kill_a_server(cluster: Cluster) -> None:
    """Kill one of the serving processes, which is started again."""
    next(iter(cluster.servers.values())).kill()


def kill_a_worker(cluster: Cluster) -> None:
    """Kill one of several processes on one port, whose parent starts another."""
    parent = psutil.Process(next(iter(cluster.servers.values())).process.pid)
    workers = parent.children()
    workers[0].kill()
    while len(set(parent.children()) - set(workers)) == 0:
        time.sleep(_PAUSE)


def kill_redis(cluster: Cluster) -> None:
    """Kill what the servers count in; it comes back empty."""
    assert cluster.redis is not None
    cluster.redis.kept.kill()


def kill_the_database(cluster: Cluster) -> None:
    """Kill PostgreSQL, which recovers when it is started again."""
    assert cluster.database is not None
    cluster.database.kept.kill()


def restart_in_turn(cluster: Cluster) -> None:
    """Restart the servers, as an upgrade does."""
    cluster.restart_in_turn()


def fill_the_disk(cluster: Cluster) -> None:
    """Leave the store no room, and then some again."""
    cluster.disk.fill()
    try:
        time.sleep(_SECONDS_FULL)
    finally:
        cluster.disk.free()
    if cluster.database is not None:
        # It may have ended for want of room.
        cluster.database.kept.wait()


@dataclasses.dataclass(frozen=True)
class Event:
    """How a disturbance went.

    Attributes:
        name: What was done.
        seconds: How long it took until all was up again.
        first: How many messages had been acknowledged when it began.
        last: How many when all was up again.
        refusals: How often requests were refused meanwhile, by the code of the error.
    """

    name: str
    seconds: float
    first: int
    last: int
    refusals: collections.Counter[str]

    def __str__(self) -> str:
        refused = ", ".join(f"{n} {code}" for code, n in sorted(self.refusals.items()))
        return (
            f"{self.name.replace('_', ' ')}: {self.seconds:.1f} s, after message "
            f"{self.first}, {self.last - self.first} acknowledged meanwhile; "
            f"refused: {refused or 'none'}"
        )
