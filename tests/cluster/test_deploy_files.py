"""The files of deploy/ fit each other, the settings, and the programs they are for."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.settings import PROJECT_DIR, read_settings

DEPLOY = PROJECT_DIR / "deploy"
CADDYFILE = (DEPLOY / "Caddyfile").read_text("utf-8")
DOCS = (PROJECT_DIR / "docs" / "deployment.md").read_text("utf-8")
PROJECT_PLACE = "/opt/helseassistenten"
READY = "#!/bin/sh\nexit {status}\n"


def variables(file: str) -> dict[str, str]:
    """Return the settings of an example, also those that are commented out."""
    text = (DEPLOY / file).read_text("utf-8")
    return dict(re.findall(r"(?m)^#?([A-Z_]+)=(.*)$", text))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in (DEPLOY / "systemd").glob("helseassistenten*"):
        text = unit.read_text("utf-8").replace(PROJECT_PLACE, str(PROJECT_DIR))
        (tmp_path / unit.name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *tmp_path.iterdir()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_example_of_settings_can_be_read_when_it_is_filled_in() -> None:
    given = variables("settings.example")
    assert given["HELSE_SECRET"] == ""
    settings = read_settings({**given, "HELSE_SECRET": "0123456789abcdef"})
    assert (settings.proxies, settings.rest) == (1, False)
    described = (PROJECT_DIR / "docs" / "settings.md").read_text("utf-8")
    assert not [name for name in given if f"| `{name}` |" not in described]


def test_the_example_of_the_proxy_sets_what_the_caddyfile_reads() -> None:
    # The others are for trials.
    rest = {"HELSE_CADDY_ADMIN", "HELSE_HTTP_PORT"}
    read = set(re.findall(r"\{\$(\w+)", CADDYFILE))
    assert read - rest == set(variables("proxy.example"))


def test_the_units_and_the_document_name_files_that_are_there() -> None:
    units = [*(DEPLOY / "systemd").iterdir()]
    text = DOCS + "".join(unit.read_text("utf-8") for unit in units)
    named = set(re.findall(r"(?<![\w.])(?:deploy|docs)/[\w./@-]*\w", text))
    assert len(named) > 5
    known = {
        str(path.relative_to(PROJECT_DIR)) for path in PROJECT_DIR.glob("de*/**/*")
    }
    assert {
        name
        for name in named
        if not any(each.startswith(name) for each in known)
        and not (PROJECT_DIR / name).exists()
    } == set()


def test_the_servers_of_the_containers_are_those_of_the_proxy() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    upstreams = services["proxy"]["environment"]["HELSE_UPSTREAMS"].split()
    servers = {name for name in services if name.startswith("server")}
    assert {upstream.split(":")[0] for upstream in upstreams} == servers
    given = services["server1"]["environment"]
    names = {name for name in given if name.startswith("HELSE_")}
    assert names <= set(variables("settings.example"))


def rolling_restart(folder: Path, ready: int, *ports: str) -> tuple[int, str, str]:
    """Return how it ends, what it prints, and which processes were restarted."""
    restarted = folder / "restarted"
    restarted.touch()
    (folder / "restart").write_text(f'#!/bin/sh\necho "$1" >> {restarted}\n', "ascii")
    (folder / "curl").write_text(READY.format(status=ready), "ascii")
    for name in ("restart", "curl"):
        (folder / name).chmod(0o755)
    settings = {"HELSE_RESTART": str(folder / "restart"), "HELSE_PATIENCE": "1"}
    path = f"{folder}:{os.environ['PATH']}"
    done = subprocess.run(
        [DEPLOY / "rolling-restart", *ports],
        env={**os.environ, **settings, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, restarted.read_text("ascii")


def test_processes_are_restarted_in_turn(tmp_path: Path) -> None:
    status, _, restarted = rolling_restart(tmp_path, 0, "5011", "5012")
    assert (status, restarted) == (0, "5011\n5012\n")


def test_those_after_one_that_does_not_become_ready_are_left_alone(
    tmp_path: Path,
) -> None:
    status, told, restarted = rolling_restart(tmp_path, 22, "5011", "5012")
    assert (status, restarted) == (1, "5011\n")
    assert "The process of port 5011 is not ready after 1 s" in told


def test_without_ports_nothing_is_restarted(tmp_path: Path) -> None:
    status, told, restarted = rolling_restart(tmp_path, 0)
    assert (status, restarted) == (2, "")
    assert "Name the ports" in told
