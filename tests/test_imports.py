"""Which package may import which: the contracts in pyproject.toml.

Where the first test fails, the report of import-linter names the contract, the modules
and the line. The others break the contracts in a copy, to see that it is noticed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_DIR

PACKAGES = ("actions", "bot", "language_model", "trials")
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> tuple[int, str]:
    """Return the linter's exit status for the code in a folder, and its report."""
    done = subprocess.run(
        [LINTER, "--no-cache", "--no-logo"],
        cwd=folder,
        env={},  # The terminal's width and colours would change the report.
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Return a folder with the modules and the contracts, to break them in."""
    shutil.copy(PROJECT_DIR / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        for module in (PROJECT_DIR / package).rglob("*.py"):
            copy = tmp_path / module.relative_to(PROJECT_DIR)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, copy)
    return tmp_path


def add_import(module: Path, imported: str) -> None:
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\nimport {imported}\n")


def test_packages_import_only_what_the_contracts_allow() -> None:
    status, report = lint(PROJECT_DIR)
    assert status == 0, report


@pytest.mark.parametrize(
    ("module", "imported", "told"),
    [
        ("bot/cli.py", "trials.server", "bot is not allowed to import trials"),
        ("bot/server.py", "actions.reply", "bot is not allowed to import actions"),
        ("bot/nlu/judged.py", "language_model.embed", "to import language_model"),
        ("actions/reply.py", "trials.client", "to import trials"),
        ("actions/reply.py", "rasa.core.agent", "to import rasa"),
        ("trials/client.py", "tests.verdicts", "trials is not allowed to import tests"),
        ("bot/answering/tell.py", "bot.channels.web", "to import bot.channels"),
        ("bot/answering/tell.py", "bot.server", "to import bot.server"),
        ("bot/answering/tell.py", "bot.nlu.judged", "to import bot.nlu"),
        ("bot/reading/form.py", "bot.knowledge", "to import bot.knowledge"),
        ("bot/settings.py", "bot.training", "to import bot.training"),
        ("bot/answering/tell.py", "rasa", "to import rasa"),
        ("bot/knowledge/base.py", "rasa_sdk", "to import rasa_sdk"),
        ("bot/reading/form.py", "sanic", "bot.reading is not allowed to import sanic"),
        ("trials/scripts/checks.py", "trials.questions", "to import trials.questions"),
        ("trials/scripts/checks.py", "trials.measurements", "trials.measurements"),
        ("trials/questions/report.py", "trials.measurements", "trials.measurements"),
        ("trials/measurements/report.py", "trials.questions", "trials.questions"),
        ("trials/cluster/crowd.py", "trials.measurements", "trials.measurements"),
        ("trials/server.py", "trials.scripts.checks", "to import trials.scripts"),
    ],
)
def test_an_import_against_a_contract_is_told(
    code: Path, module: str, imported: str, told: str
) -> None:
    add_import(code / module, imported)
    status, report = lint(code)
    assert status == 1
    assert told in report


def test_an_import_by_way_of_another_module_is_told_too(code: Path) -> None:
    add_import(code / "bot" / "settings.py", "rasa.core.agent")
    status, report = lint(code)
    assert status == 1
    assert re.search(r"bot\.answering\.\w+ -> bot\.settings", report)


@pytest.mark.parametrize("package", ["bot", "trials"])
def test_a_new_room_has_to_be_given_its_place(code: Path, package: str) -> None:
    (code / package / "unheard_of.py").touch()
    status, report = lint(code)
    assert status == 1
    assert f"{package}.unheard_of" in report
