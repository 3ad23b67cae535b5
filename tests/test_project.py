"""The project as a newcomer meets it: files, lock, Makefile and documents."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10, the only one Rasa runs on
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
# What serving takes; what tests and trials take; and Rasa with all that it brings.
MAIN, DEV, TENSORFLOW = "requirements", "requirements-dev", "requirements-tensorflow"
LOCKS = {
    name: (ROOT / f"{name}.lock").read_text("utf-8") for name in (MAIN, DEV, TENSORFLOW)
}
# A module longer than this says why.
MOST_LINES = 250
LEAST_MODULES = 100
MADE_FOLDERS = {"models", "reports", "var", "work"}
MAX_WHEEL_BYTES = 15_000_000

# Where a package index leaves its address, whatever the address is. "[ ]" and the
# like keep the patterns from matching themselves.
REGISTRY_TRACES = {
    "an option that names an index": r"--(extra-|default-)?index(-url)?[ =]+\S*:[/]{2}",
    "a setting that names an index": r"(?im)^\W*\w*index[-_]url\W*[=:]\s*\S",
    "an index table": r"(?m)^\[\[?tool\.(uv\.(index|sources)|poetry\.source)\b",
    "a resolved address": r"(?i)[\"']?resolved[\"']?\s*[:=]?\s+[\"']?\w+:[/]{2}",
    "an npm registry": r"(?im)^\W*(\S+:)?registry\s*[=:]\s*\S*:[/]{2}",
    "the path of an index": r"(?i)\w:[/]{2}[^\s\"'<>)]+/simple\b",
}


@lru_cache(maxsize=1)
def project_files() -> tuple[Path, ...]:
    """Return the files that are committed or would be, also outside a git clone."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if shutil.which("git") and (ROOT / ".git").exists():
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        found = [ROOT / name for name in names.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not is_made(path)]
    return tuple(path for path in found if path.is_file())


def is_made(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = parts[0].startswith(".") and parts[0] != ".ci" and len(parts) > 1
    return hidden or "__pycache__" in parts or not MADE_FOLDERS.isdisjoint(parts[:-1])


def requirements(lock: str) -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"]]
    if lock == DEV:
        for extra in project["optional-dependencies"].values():
            lines += extra
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(item.name): item for item in found}


def locked_blocks(lock: str) -> dict[str, str]:
    """Map each locked line, name first, to the hashes and comments under it."""
    blocks = re.split(r"(?m)^(?=\w)", LOCKS[lock])[1:]
    return {block.split(" \\\n")[0]: block for block in blocks}


def locked_versions(lock: str, name: str) -> list[Version]:
    pins = (line.split(";")[0].strip().split("==") for line in locked_blocks(lock))
    return [Version(pin[1]) for pin in pins if canonicalize_name(pin[0]) == name]


def targets_with_help() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):.*## \S", MAKEFILE))


def run_make(*arguments: str) -> str:
    # Without the MAKE* variables of the make that runs these tests.
    outer = {key: value for key, value in os.environ.items() if "MAKE" not in key}
    done = subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=outer,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_no_file_names_a_package_index() -> None:
    traces = []
    for path in project_files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        traces += [
            f"{path.relative_to(ROOT)}: {what}"
            for what, pattern in REGISTRY_TRACES.items()
            if re.search(pattern, text)
        ]
    assert not traces


@pytest.mark.parametrize(
    "line",
    [
        "--index-url " + "https:" + "//pakker.example/x",
        "--extra-index-url=" + "https:" + "//pakker.example/x",
        "UV_INDEX" + "_URL=" + "https:" + "//pakker.example/x",
        "index" + "-url = pakker.example",
        "[[tool." + "uv.index]]",
        '"resolved": ' + '"https:' + '//pakker.example/a.tgz"',
        "registry=" + "https:" + "//pakker.example",
        "see https:" + "//pakker.example/" + "simple/rasa",
    ],
)
def test_a_line_that_names_a_package_index_is_noticed(line: str) -> None:
    assert any(re.search(pattern, line) for pattern in REGISTRY_TRACES.values())


def test_no_lock_file_that_holds_index_addresses_is_kept() -> None:
    kept = {path.name for path in project_files()}
    assert kept.isdisjoint({"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"})


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address_at_all(lock: str) -> None:
    assert "://" not in LOCKS[lock]
    blocks = locked_blocks(lock)
    assert len(blocks) > 100
    bare = [line for line, block in blocks.items() if "--hash=sha256:" not in block]
    assert not bare


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_made_by_the_command_of_make_lock(lock: str) -> None:
    header = LOCKS[lock].splitlines()[1].lstrip("# ").split()
    made = run_make("--dry-run", "lock").replace("\\\n", " ").splitlines()
    commands = [line.replace("--quiet ", "").split()[1:] for line in made]
    assert header in [["uv", *command] for command in commands], "run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_every_dependency_of_pyproject(lock: str) -> None:
    unmet = [
        str(wanted)
        for name, wanted in requirements(lock).items()
        if not any(map(wanted.specifier.contains, locked_versions(lock, name)))
    ]
    assert not unmet, "run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_was_made_from_the_dependencies_pyproject_has_now(lock: str) -> None:
    direct = {
        canonicalize_name(re.split(r"[=\[]", line)[0])
        for line, block in locked_blocks(lock).items()
        if "helseassistenten (pyproject.toml)" in block
    }
    assert direct == set(requirements(lock)), "run make lock"


def test_the_locks_agree_and_only_one_holds_tensorflow() -> None:
    main, dev, tensorflow = (
        {line.split(";")[0].strip() for line in locked_blocks(lock)} for lock in LOCKS
    )
    assert main < dev
    assert main < tensorflow
    names = (ROOT / "tensorflow-packages.txt").read_text("utf-8").splitlines()
    for name in (line for line in names if not line.startswith("#")):
        assert not locked_versions(MAIN, name)
        assert not locked_versions(DEV, name)
        assert locked_versions(TENSORFLOW, name)


def test_the_python_version_is_one_that_rasa_runs_on() -> None:
    pinned = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert pinned == "3.10"
    assert project["requires-python"] == ">=3.10,<3.11"
    assert f"--python-version {pinned}" in LOCKS[MAIN]


def test_one_wheel_of_the_norwegian_pipeline_is_carried_and_it_is_small() -> None:
    dist = ROOT / "language_model" / "dist"
    wheels = [path for path in project_files() if path.parent == dist]
    assert [path.name.split("-")[0] for path in wheels] == ["nb_core_news_sm"]
    assert wheels[0].stat().st_size <= MAX_WHEEL_BYTES


def test_every_make_target_is_listed_with_what_it_does() -> None:
    declared = re.search(r"\.PHONY:((?:.*\\\n)*.*)", MAKEFILE)
    assert declared is not None
    commands = set(declared[1].replace("\\", " ").split()) - {"FORCE"}
    assert targets_with_help() == commands


def test_make_alone_lists_every_command() -> None:
    listed = set(re.findall(r"(?m)^ +make ([a-z-]+) +\S", run_make()))
    assert listed == targets_with_help()
    assert run_make("help") == run_make()


def test_every_make_command_in_the_documents_exists() -> None:
    pages = [path for path in project_files() if path.suffix == ".md"]
    code = r"`[^`\n]+`|(?m:^(?: {4}|\$ |make ).*$)"
    named = {
        (page.name, target)
        for page in pages
        for snippet in re.findall(code, page.read_text(encoding="utf-8"))
        for target in re.findall(r"\bmake ([a-z][a-z-]*)", snippet)
    }
    assert named
    assert {item for item in named if item[1] not in targets_with_help()} == set()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a clone")
@pytest.mark.parametrize(
    ("status", "runs"), [(7, ["test"]), (0, ["test", "test-cluster"])]
)
def test_continuous_integration_runs_the_tests_in_a_clone_with_nothing_beside_it(
    tmp_path: Path, status: int, runs: list[str]
) -> None:
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\necho "$@" $PWD $(ls -A ..); exit {status}\n', "utf-8")
    make.chmod(0o755)
    done = subprocess.run(
        [ROOT / ".ci" / "run"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    folder = Path(lines[0][1])
    assert done.returncode == status
    assert lines == [[run, str(folder), folder.name] for run in runs]
    assert not folder.parent.exists()


def test_a_long_module_says_why_it_is_long() -> None:
    modules = [
        path
        for path in project_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"
    ]
    assert len(modules) > LEAST_MODULES
    long = [
        path
        for path in modules
        if len(path.read_text("utf-8").splitlines()) > MOST_LINES
        and "\n# Longer than other modules: " not in path.read_text("utf-8")
    ]
    assert not long
