"""Asks the questions of case files and judges the replies as the shared grader does.

What a right reply is stands in one place, `../shared/qa/grade.py`, beside the project.
"""

import dataclasses
import importlib.util
import json
import time
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.settings import PROJECT_DIR
from evaluation.errors import EvaluationError

SHARED = PROJECT_DIR.parent / "shared"
GRADER = SHARED / "qa" / "grade.py"
QUESTIONS = PROJECT_DIR / "tests" / "questions"
# What stands for the kind of a reply that has no payload.
NO_KIND = "none"

Say = Callable[[str, str], list[dict[str, Any]]]
"""Sends a message in a sender's conversation; returns the parts of the reply."""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """How one turn of a case went.

    Attributes:
        case: The case's id.
        number: The turn's place in the case, from 1.
        turns: How many turns the case has.
        set: The folder of the case file.
        file: The case file, without its ending.
        language: The turn's language, or else the case's.
        style: The case's style.
        asked: The message.
        expected: The kind that the reply should have.
        given: The kind that it has.
        replied_in: The language that the payload names.
        intent: What was understood.
        confidence: How surely (0-1); None where the reply does not say.
        faults: What is wrong with the reply; none when it is right.
        told: The reply's text.
        milliseconds: From the message to the reply.
    """

    case: str
    number: int
    turns: int
    set: str
    file: str
    language: str
    style: str
    asked: str
    expected: str
    given: str
    replied_in: str
    intent: str
    confidence: float | None
    faults: tuple[str, ...]
    told: str
    milliseconds: float

    def __str__(self) -> str:
        faults = "; ".join(self.faults)
        return f"{self.case}.{self.number} {self.asked!r}: {faults} | {self.told!r}"

    @property
    def right(self) -> bool:
        """Whether the reply has no fault."""
        return not self.faults


def load_grader() -> ModuleType:
    """Return the shared grader.

    Raises:
        EvaluationError: It is missing; the message says what to do.
    """
    spec = importlib.util.spec_from_file_location("shared_grade", GRADER)
    if not GRADER.exists() or spec is None or spec.loader is None:
        raise EvaluationError(
            f"{GRADER} is missing, which says what a right reply is: put the folder "
            "'shared' beside this project's folder"
        )
    grader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(grader)
    return grader


def case_files() -> list[Path]:
    """Return all files of held-out questions, those in folders too."""
    return sorted(QUESTIONS.rglob("*.jsonl"))


def read_cases(file: Path) -> list[dict[str, Any]]:
    """Return the cases of a file; the format is described in the shared grader.

    Raises:
        EvaluationError: The file cannot be read, or a line of it is no case.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise EvaluationError(f"cannot read {file} ({error.strerror})") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as error:
            raise EvaluationError(f"{file}:{number} is no JSON: {error}") from error
        if not isinstance(case, dict) or not {"id", "lang", "turns"} <= case.keys():
            raise EvaluationError(f"{file}:{number} lacks id, lang or turns")
        cases.append(case)
    return cases


def ask_all(say: Say, files: Iterable[Path]) -> list[Verdict]:
    """Ask every question of some case files, each case in a conversation of its own."""
    grader = load_grader()
    announcement = grader.squash(
        (PROJECT_DIR / "knowledge" / "announcement.txt").read_text("utf-8")
    )
    verdicts = []
    for file in files:
        for case in read_cases(file):
            sender = uuid.uuid4().hex
            for number, turn in enumerate(case["turns"], 1):
                began = time.perf_counter()
                reply = say(sender, turn["user"])
                milliseconds = 1000 * (time.perf_counter() - began)
                faults = grader.judge(
                    turn, _language_to_expect(case, turn), reply, announcement
                )
                verdicts.append(
                    _verdict(file, case, number, reply, faults, milliseconds)
                )
    return verdicts


def _language_to_expect(case: dict[str, Any], turn: dict[str, Any]) -> str | None:
    # The language can change inside a conversation, so a turn has its own.
    alone = len(case["turns"]) == 1
    language: str | None = turn.get("lang", case["lang"] if alone else None)
    return language


def _verdict(
    file: Path,
    case: dict[str, Any],
    number: int,
    reply: list[dict[str, Any]],
    faults: Iterable[str],
    milliseconds: float,
) -> Verdict:
    turn = case["turns"][number - 1]
    payloads = [part["custom"] for part in reply if part.get("custom")]
    payload = payloads[0] if payloads else {}
    return Verdict(
        case=case["id"],
        number=number,
        turns=len(case["turns"]),
        set=file.parent.name,
        file=file.stem,
        language=turn.get("lang", case["lang"]),
        style=case.get("style", ""),
        asked=turn["user"],
        expected=turn["kind"],
        given=payload.get("kind", NO_KIND),
        replied_in=payload.get("language", ""),
        intent=payload.get("intent", ""),
        confidence=payload.get("confidence"),
        faults=tuple(faults),
        told="\n".join(part["text"] for part in reply if part.get("text")),
        milliseconds=milliseconds,
    )


def share_right(verdicts: Iterable[Verdict]) -> float:
    """Return the share of right turns (0-1); 0 of none."""
    right = [verdict.right for verdict in verdicts]
    return sum(right) / len(right) if right else 0.0


def report(verdicts: Iterable[Verdict]) -> str:
    """Return the wrong turns, one a line."""
    return "\n".join(f"- {verdict}" for verdict in verdicts if not verdict.right)
