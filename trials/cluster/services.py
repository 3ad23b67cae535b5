"""What servers share: the database, Redis and the proxy in front of them."""

import secrets
import signal
import socket
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
import urllib3

from bot.settings import PROJECT_DIR
from trials.cluster.keeper import Kept
from trials.cluster.programs import command, database_command, give_to_database
from trials.processes import LOOPBACK, free_port, run_to_end

CADDYFILE = PROJECT_DIR / "deploy" / "Caddyfile"
_SECONDS_TO_ANSWER = 2
_MINUTES_TO_MAKE = 2
_ROLE = "helseassistenten"
_ADVICE = "try again when the machine has less to do"


class Database:
    """A PostgreSQL of one's own, with the role and database that deploy/ describes."""

    def __init__(self, folder: Path, disk: Path) -> None:
        """Make it and start it.

        Args:
            folder: Where its log is.
            disk: Where its data are.
        """
        self._port = free_port()
        password = secrets.token_hex(16)
        self._admin = f"postgresql://postgres:{password}@{LOOPBACK}:{self._port}"
        data = disk / "data"
        data.mkdir(mode=0o700)
        give_to_database(data)
        self._make(folder, data, password)
        # Small, lest its log fill the disk before anything else does.
        options = ("max_wal_size=64MB", "min_wal_size=32MB", "max_connections=60")
        settings = [word for option in options for word in ("-c", option)]
        where = ["-D", str(data), "-h", LOOPBACK, "-p", str(self._port), "-k", ""]
        serving = database_command("postgres", *where, *settings)
        # SIGINT ends it without waiting for those who are connected.
        self.kept = Kept(
            "postgresql", serving, folder, self._is_up, root=data, how=signal.SIGINT
        )
        self.kept.wait()
        self.url = self._make_role()

    def _make(self, folder: Path, data: Path, password: str) -> None:
        with (data.parent / "password").open("w", encoding="ascii") as file:
            file.write(password)
        options = ["-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8"]
        options += ["--locale=C.UTF-8", f"--pwfile={file.name}"]
        making = database_command("initdb", "-D", str(data), *options)
        log = folder / "initdb.log"
        run_to_end(making, data, log, _MINUTES_TO_MAKE, _ADVICE)

    def _make_role(self) -> str:
        """Make the role and its database, and return the database's address."""
        password = secrets.token_hex(16)
        engine = sa.create_engine(
            f"{self._admin}/postgres", isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            for statement in (
                f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{password}'",
                f"CREATE DATABASE {_ROLE} OWNER {_ROLE}",
            ):
                connection.execute(sa.text(statement))
        engine.dispose()
        return f"postgresql://{_ROLE}:{password}@{LOOPBACK}:{self._port}/{_ROLE}"

    def _is_up(self) -> bool:
        engine = sa.create_engine(
            f"{self._admin}/postgres",
            connect_args={"connect_timeout": _SECONDS_TO_ANSWER},
        )
        try:
            with engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        finally:
            engine.dispose()
        return True


class Redis:
    """A Redis of one's own, which keeps nothing."""

    def __init__(self, folder: Path) -> None:
        """Start it; its log is in the folder."""
        self._port = free_port()
        self.url = f"redis://{LOOPBACK}:{self._port}/0"
        where = ["--bind", LOOPBACK, "--port", str(self._port)]
        keeping = ["--save", "", "--appendonly", "no"]
        self.kept = Kept(
            "redis", command("redis-server", *where, *keeping), folder, self._is_up
        )
        self.kept.wait()

    def _is_up(self) -> bool:
        try:
            where = (LOOPBACK, self._port)
            with socket.create_connection(where, _SECONDS_TO_ANSWER) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


class Proxy:
    """Caddy, as deploy/ sets it up, with certificates of its own authority.

    Attributes:
        url: Its address.
        certificate: The file with the certificate of its authority.
    """

    def __init__(self, folder: Path, upstreams: Sequence[str]) -> None:
        """Start it; it is up when one of the servers is, too."""
        data = folder / "caddy"
        self.url = f"https://localhost:{free_port()}"
        self.certificate = data / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        settings = {
            "HELSE_SITE": self.url,
            "HELSE_TLS": "internal",
            "HELSE_UPSTREAMS": " ".join(upstreams),
            "HELSE_HTTP_PORT": str(free_port()),
            "HELSE_CADDY_ADMIN": f"{LOOPBACK}:{free_port()}",
            "XDG_DATA_HOME": str(data),
            "XDG_CONFIG_HOME": str(data),
        }
        arguments = ["run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
        self.kept = Kept(
            "caddy", command("caddy", *arguments, **settings), folder, self.is_ready
        )

    def is_ready(self) -> bool:
        """Tell whether a server behind it is ready for messages."""
        if not self.certificate.exists():
            return False
        pool = urllib3.PoolManager(retries=False, ca_certs=str(self.certificate))
        with pool:
            try:
                answer = pool.request(
                    "GET", f"{self.url}/readyz", timeout=_SECONDS_TO_ANSWER
                )
            except urllib3.exceptions.HTTPError:
                return False
        return bool(answer.status == 200)
