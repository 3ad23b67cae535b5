"""Proposals from the command line, where two people are needed too."""

from pathlib import Path

import pytest
from proposing import EXAMPLE, FILE, TEST, TOPIC, copy_of_content

from bot.cli import main


@pytest.fixture(autouse=True)
def _of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a content and a store of the test's own."""
    monkeypatch.setenv("HELSE_CONTENT", str(copy_of_content(tmp_path)))
    monkeypatch.setenv("HELSE_STORE", str(tmp_path / "conversations.db"))
    monkeypatch.setenv("HELSE_STAFF", "Eva Li:editor Erik:editor Hanne:handler")


def make(*more: str) -> int:
    sentences = ["--example", EXAMPLE, "--test", TEST]
    return main(["propose", "new", "--topic", TOPIC, *sentences, *more])


def test_what_is_made_is_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert make("--person", "Eva Li") == 0
    assert capsys.readouterr().out.strip() == "1"
    assert main(["propose", "list"]) == 0
    listed = capsys.readouterr().out
    assert "local:Eva Li" in listed
    assert EXAMPLE in listed
    assert main(["propose", "show", "1"]) == 0
    shown = capsys.readouterr().out
    assert FILE in shown
    assert f"+       - {EXAMPLE}" in shown


def test_what_is_not_tried_is_not_approved(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make("--person", "Eva Li")
    assert main(["propose", "approve", "1", "--person", "Erik"]) == 1
    assert "not green" in capsys.readouterr().err


def test_a_refusal_says_why_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    same = ["--example", EXAMPLE, "--test", EXAMPLE, "--person", "Eva Li"]
    assert main(["propose", "new", "--topic", TOPIC, *same]) == 1
    assert "same sentence" in capsys.readouterr().err
    assert main(["propose", "show", "7"]) == 1
    assert "no proposal 7" in capsys.readouterr().err


def test_a_rejection_is_kept_with_its_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make("--person", "Eva Li")
    reject = ["propose", "reject", "1", "--person", "Erik", "--reason", "There"]
    assert main(reject) == 0
    main(["propose", "list"])
    assert "rejected" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["eva li", " EVA  Li ", "local:eva li"])
def test_a_name_in_another_spelling_is_the_same_person(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert make("--person", name) == 0
    capsys.readouterr()
    main(["propose", "list"])
    assert "local:Eva Li " in capsys.readouterr().out


@pytest.mark.parametrize("name", ["Somebody", "Hanne", "", "oidc:7", "local:Eva Li 2"])
def test_only_an_editor_of_the_console_acts(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert make("--person", name) == 1
    assert "Eva Li (local:Eva Li)" in capsys.readouterr().err
