"""The programs of a cluster that are the system's own: where they are."""

import functools
import os
import pwd
import shutil
from collections.abc import Mapping
from pathlib import Path

from trials.errors import TrialError
from trials.processes import Command

PACKAGES = {
    "postgres": "postgresql",
    "initdb": "postgresql",
    "pg_dump": "postgresql",
    "redis-server": "redis-server",
    "caddy": "caddy",
}
"""Debian's package of each program."""

# Debian keeps the programs of each version apart, and none of them on the path.
_POSTGRESQL = Path("/usr/lib/postgresql")
_OWNER = "postgres"


@functools.cache
def path_of(program: str) -> str:
    """Return where a program is.

    Raises:
        TrialError: It is not installed.
    """
    newest = sorted(_POSTGRESQL.glob(f"*/bin/{program}"), reverse=True)
    found = next(map(str, newest), None) or shutil.which(program)
    if found is None:
        raise TrialError(
            f"there is no {program} here: install the package {PACKAGES[program]}, or "
            "run make test-cluster, which does"
        )
    return found


def command(program: str, *arguments: str, **environment: str) -> Command:
    """Return how a program is run."""
    return Command(arguments, environment, path_of(program))


def database_command(
    program: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> Command:
    """Return how a program of PostgreSQL's is run, which refuses to be run by root."""
    if os.geteuid() != 0:
        return Command(arguments, environment or {}, path_of(program))
    become = [f"--reuid={_OWNER}", f"--regid={_OWNER}", "--clear-groups"]
    words = [*become, path_of(program), *arguments]
    return Command(words, environment or {}, "setpriv")


def give_to_database(folder: Path) -> None:
    """Let the user that PostgreSQL is run by own a folder."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
