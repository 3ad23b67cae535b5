"""Servers behind a proxy, with what they share: started, and stopped again."""

import collections
import contextlib
import dataclasses
import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa

from bot.settings import PROJECT_DIR
from bot.store.tables import MESSAGES
from trials.client import Client
from trials.cluster.disk import Disk, small_disk
from trials.cluster.keeper import Kept
from trials.cluster.services import Database, Proxy, Redis
from trials.errors import TrialError
from trials.processes import LOOPBACK, Command, free_port

ROLLING_RESTART = PROJECT_DIR / "deploy" / "rolling-restart"
_MEGABYTES = 256
# More often than people do.
_RATE = "1000000/minute"
SECONDS_OF_DRAIN = 2
# Ends a server in good order, as systemd does; it is then started again.
_RESTART = """#!/bin/sh
id=$(cat "$(dirname "$0")/server-$1.pid")
kill -TERM "$id"
while kill -0 "$id" 2>/dev/null; do sleep 0.1; done
"""


@dataclasses.dataclass(frozen=True)
class Cluster:
    """What is up.

    Attributes:
        folder: Where the logs are.
        store: The address of the database that the servers keep conversations in.
        disk: What the store is on.
        servers: The serving processes, by their ports.
        proxy: What is in front of them.
        database: What they keep conversations in, where that is no file.
        redis: What they count in, where they share that.
    """

    folder: Path
    store: str
    disk: Disk
    servers: Mapping[int, Kept]
    proxy: Proxy
    database: Database | None = None
    redis: Redis | None = None

    @property
    def urls(self) -> list[str]:
        """The addresses of the servers themselves."""
        return [f"http://{LOOPBACK}:{port}" for port in self.servers]

    def restart_in_turn(self) -> None:
        """Restart the servers one after the other.

        Raises:
            TrialError: One did not come up again.
        """
        restart = self.folder / "restart"
        restart.write_text(_RESTART, "ascii")
        restart.chmod(0o700)
        done = subprocess.run(
            [ROLLING_RESTART, *map(str, self.servers)],
            env={**os.environ, "HELSE_RESTART": str(restart)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise TrialError(f"{ROLLING_RESTART.name} failed: {done.stderr}")

    def times_stored(self) -> Mapping[str, int]:
        """Return how often the store holds each message, by id."""
        engine = sa.create_engine(self.store)
        with engine.connect() as connection:
            ids = connection.execute(sa.select(MESSAGES.c.message_id)).scalars().all()
        engine.dispose()
        return collections.Counter(map(str, ids))


@contextlib.contextmanager
def shared_cluster(count: int = 2, **settings: str) -> Iterator[Cluster]:
    """Give servers that share a PostgreSQL and a Redis.

    Args:
        count: How many, each on a port of its own.
        settings: Settings that differ from the default, by name.

    Raises:
        TrialError: Something of it does not start.
    """
    with _ground() as (stack, folder, disk):
        database = Database(folder, disk.folder)
        stack.callback(database.kept.let_go)
        redis = Redis(folder)
        stack.callback(redis.kept.let_go)
        shared = {"HELSE_DATABASE": database.url, "HELSE_REDIS": redis.url}
        servers = _servers(stack, folder, count, {**shared, **settings})
        proxy = _proxy(stack, folder, servers)
        yield Cluster(folder, database.url, disk, servers, proxy, database, redis)


@contextlib.contextmanager
def lone_server() -> Iterator[Cluster]:
    """Give one server that keeps conversations in an SQLite file.

    Raises:
        TrialError: Something of it does not start.
    """
    with _ground() as (stack, folder, disk):
        file = disk.folder / "conversations.db"
        servers = _servers(stack, folder, 1, {"HELSE_STORE": str(file)})
        proxy = _proxy(stack, folder, servers)
        yield Cluster(folder, f"sqlite:///{file}", disk, servers, proxy)


@contextlib.contextmanager
def _ground() -> Iterator[tuple[contextlib.ExitStack, Path, Disk]]:
    """Give what all else stands on: a folder for logs, and a small disk."""
    with contextlib.ExitStack() as stack:
        made = tempfile.TemporaryDirectory(
            prefix="cluster-", ignore_cleanup_errors=True
        )
        folder = Path(stack.enter_context(made))
        # PostgreSQL is run by somebody else, who has to find its way through.
        folder.chmod(0o711)
        disk = stack.enter_context(small_disk(folder / "disk", _MEGABYTES))
        yield stack, folder, disk


def _servers(
    stack: contextlib.ExitStack, folder: Path, count: int, settings: Mapping[str, str]
) -> dict[int, Kept]:
    common = {
        "HELSE_HOST": LOOPBACK,
        "WORKERS": "1",
        "HELSE_SECRET": secrets.token_hex(16),
        "HELSE_PROXIES": "1",
        "HELSE_DRAIN": str(SECONDS_OF_DRAIN),
        "HELSE_RATE_ADDRESS": _RATE,
        "HELSE_RATE_CONVERSATION": _RATE,
        "HELSE_RATE_OPENING": _RATE,
        **settings,
    }
    servers = {}
    for _ in range(count):
        port = free_port()
        command = Command(["-m", "bot.cli", "serve"], {**common, "PORT": str(port)})
        server = Kept(
            f"server-{port}",
            command,
            folder,
            Client(f"http://{LOOPBACK}:{port}").is_ready,
            root=PROJECT_DIR,
        )
        stack.callback(server.let_go)
        servers[port] = server
    for server in servers.values():
        server.wait()
    return servers


def _proxy(
    stack: contextlib.ExitStack, folder: Path, servers: Mapping[int, Kept]
) -> Proxy:
    proxy = Proxy(folder, [f"{LOOPBACK}:{port}" for port in servers])
    stack.callback(proxy.kept.let_go)
    proxy.kept.wait()
    return proxy
