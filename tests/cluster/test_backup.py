"""A backup holds what was said, and a restoration brings it back."""

import os
import subprocess
from pathlib import Path

from bot.settings import PROJECT_DIR
from trials.cluster.cluster import Cluster
from trials.cluster.talking import Talk

SCRIPT = PROJECT_DIR / "deploy" / "conversations"


def run(cluster: Cluster, *arguments: str | Path) -> str:
    is_file = cluster.database is None
    name = "HELSE_STORE" if is_file else "HELSE_DATABASE"
    settings = {name: cluster.store.removeprefix("sqlite:///")}
    done = subprocess.run(
        [SCRIPT, *arguments],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def is_brought_back(cluster: Cluster, folder: Path) -> None:
    talk = Talk(cluster.proxy.url, cluster.proxy.certificate)
    talk.say("Hei!")
    backup = Path(run(cluster, "backup", folder))
    assert backup.stat().st_mode & 0o077 == 0
    talk.say("Takk!")
    assert [turn["text"] for turn in talk.turns()] == ["Hei!", "Takk!"]
    run(cluster, "restore", backup)
    # The first of two goes on, and the last has been started since.
    list(cluster.servers.values())[-1].kill()
    assert [turn["text"] for turn in talk.turns()] == ["Hei!"]
    talk.say("Hei igjen!")
    assert [turn["text"] for turn in talk.turns()] == ["Hei!", "Hei igjen!"]


def test_a_file_is_backed_up_and_brought_back(lone: Cluster, tmp_path: Path) -> None:
    is_brought_back(lone, tmp_path)


def test_a_database_is_backed_up_and_brought_back(
    shared: Cluster, tmp_path: Path
) -> None:
    is_brought_back(shared, tmp_path)


def test_an_old_backup_is_deleted_and_nothing_else(
    lone: Cluster, tmp_path: Path
) -> None:
    old, mine = tmp_path / "conversations-1.db", tmp_path / "mine.db"
    for file in (old, mine):
        file.touch()
        os.utime(file, (0, 0))
    Talk(lone.proxy.url, lone.proxy.certificate).say("Hei!")
    backup = Path(run(lone, "backup", tmp_path))
    assert {*tmp_path.iterdir()} == {backup, mine}
