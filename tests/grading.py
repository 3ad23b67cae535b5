"""Asks the questions of a case file and judges the replies as the shared grader does.

What a right reply is stands in one place, `../shared/qa/grade.py`, beside the project.
"""

import dataclasses
import importlib.util
import json
import uuid
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rest_client import ROOT, Client

SHARED = ROOT.parent / "shared"
GRADER = SHARED / "qa" / "grade.py"
QUESTIONS = ROOT / "tests" / "questions"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """How one turn went.

    Attributes:
        file: The case file, without its ending.
        case: The case's id and the turn's number.
        asked: The message.
        told: The reply's text.
        faults: What is wrong with it; none when it is right.
    """

    file: str
    case: str
    asked: str
    told: str
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.case} {self.asked!r}: {'; '.join(self.faults)} | {self.told!r}"


def load_grader() -> ModuleType:
    """Return the shared grader, or fail with what to do where it is missing."""
    if not GRADER.exists():
        pytest.fail(
            f"{GRADER} is missing, which says what a right reply is: put the folder "
            "'shared' beside this project's folder",
            pytrace=False,
        )
    spec = importlib.util.spec_from_file_location("shared_grade", GRADER)
    assert spec is not None
    assert spec.loader is not None
    grader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(grader)
    return grader


def read_cases(file: Path) -> list[dict[str, Any]]:
    """Return the cases of a file; the format is described in the shared grader."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


def ask_all(client: Client, files: Iterable[Path]) -> list[Verdict]:
    """Ask every question of some case files, each case in a conversation of its own."""
    grader = load_grader()
    announcement = grader.squash(
        (ROOT / "knowledge" / "announcement.txt").read_text("utf-8")
    )
    verdicts = []
    for file in files:
        for case in read_cases(file):
            sender = uuid.uuid4().hex
            alone = len(case["turns"]) == 1
            for number, turn in enumerate(case["turns"], 1):
                # The language can change inside a conversation, so a turn has its own.
                language = turn.get("lang", case["lang"] if alone else None)
                reply = client.say(sender, turn["user"])
                faults = grader.judge(turn, language, reply.messages, announcement)
                verdicts.append(
                    Verdict(
                        file=file.stem,
                        case=f"{case['id']}.{number}",
                        asked=turn["user"],
                        told=reply.text,
                        faults=tuple(faults),
                    )
                )
    return verdicts


def share_right(verdicts: Iterable[Verdict]) -> float:
    """Return the share of right turns (0-1)."""
    right = [not verdict.faults for verdict in verdicts]
    return sum(right) / len(right)


def report(verdicts: Iterable[Verdict]) -> str:
    """Return the wrong turns, one a line."""
    return "\n".join(f"- {verdict}" for verdict in verdicts if verdict.faults)
