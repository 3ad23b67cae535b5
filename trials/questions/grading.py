"""Asks the questions of case files and judges the replies by the project's grader."""

import dataclasses
import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trials.errors import TrialError
from trials.questions.grader import Grader, load_grader, questions_dir
from trials.reply import Reply

# What stands for the kind of a reply that has no payload.
NO_KIND = "none"
ASKED_BACK = "clarify"

Say = Callable[[str, str], list[dict[str, Any]]]
"""Sends a message in a sender's conversation; returns the parts of the reply."""


@dataclasses.dataclass(frozen=True)
class Pressed:
    """The reply to the first button of a reply that asked back.

    Attributes:
        given: The kind that it has.
        faults: What is wrong with it as a reply to the message; none when it is right.
        told: Its text.
    """

    given: str
    faults: tuple[str, ...]
    told: str

    @property
    def right(self) -> bool:
        """Whether it has no fault."""
        return not self.faults


@dataclasses.dataclass(frozen=True)
class Verdict:
    """How one turn of a case went.

    Attributes:
        case: The case's id.
        number: The turn's place in the case, from 1.
        turns: How many turns the case has.
        set: The folder of the case file.
        file: The case file, without its ending.
        language: The turn's language, or else the case's; empty where neither says.
        style: The case's style.
        asked: The message.
        expected: The kind that the reply should have: the best of those accepted.
        accepted: All kinds that are right.
        given: The kind that it has.
        replied_in: The language that the payload names.
        intent: What was understood.
        confidence: How surely (0-1); None where the reply does not say.
        faults: What is wrong with the reply; none when it is right.
        told: The reply's text.
        milliseconds: From the message to the reply.
        pressed: Where the case's last reply asked back with buttons, what the first of
            them brought.
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
    accepted: tuple[str, ...]
    given: str
    replied_in: str
    intent: str
    confidence: float | None
    faults: tuple[str, ...]
    told: str
    milliseconds: float
    pressed: Pressed | None = None

    def __str__(self) -> str:
        faults = "; ".join(self.faults)
        return f"{self.case}.{self.number} {self.asked!r}: {faults} | {self.told!r}"

    @property
    def right(self) -> bool:
        """Whether the reply has no fault."""
        return not self.faults


def case_files() -> list[Path]:
    """Return all files of questions, those in folders too."""
    return sorted(questions_dir().rglob("*.jsonl"))


def read_cases(file: Path) -> list[dict[str, Any]]:
    """Return the cases of a file; `grader.py` describes the format.

    Raises:
        TrialError: The file cannot be read, or a line of it is no case.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrialError(f"cannot read {file} ({error})") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as error:
            raise TrialError(f"{file}:{number} is no JSON: {error}") from error
        if not isinstance(case, dict) or not {"id", "lang", "turns"} <= case.keys():
            raise TrialError(f"{file}:{number} lacks id, lang or turns")
        if not all(turn.get("user") and turn.get("kind") for turn in case["turns"]):
            raise TrialError(f"{file}:{number} has a turn without user or kind")
        cases.append(case)
    return cases


def unknown_facts(
    cases: Iterable[Mapping[str, Any]], grader: Grader
) -> set[tuple[str, str]]:
    """Return the facts that cases name and the grader lacks, each with its case."""
    return {
        (case["id"], fact)
        for case in cases
        for turn in case["turns"]
        for fact in [*turn.get("facts", ()), *turn.get("forbid", ())]
        if not grader.knows(fact)
    }


def ask_all(say: Say, files: Iterable[Path]) -> list[Verdict]:
    """Ask every question of some case files, each case in a conversation of its own.

    Where the last reply of a case asks back, its first button is pressed too. No reply
    before it is, or the turns that follow would be answered in another context.
    """
    grader = load_grader()
    return [
        verdict
        for file in files
        for case in read_cases(file)
        for verdict in _hold(say, file, case, grader)
    ]


def _hold(
    say: Say, file: Path, case: Mapping[str, Any], grader: Grader
) -> Iterator[Verdict]:
    sender = uuid.uuid4().hex
    turns = case["turns"]
    # The language can change inside a conversation, so a turn has its own there.
    language = case["lang"] if len(turns) == 1 else None
    for number, turn in enumerate(turns, 1):
        began = time.perf_counter()
        reply = Reply(say(sender, turn["user"]))
        milliseconds = 1000 * (time.perf_counter() - began)
        faults = grader.judge(turn, language, reply.messages)
        verdict = _verdict(file, case, number, reply, faults, milliseconds)
        asked_back = verdict.given == ASKED_BACK and reply.buttons
        if number == len(turns) and asked_back:
            after = Reply(say(sender, reply.buttons[0]["payload"]))
            pressed = Pressed(
                given=after.payload.get("kind", NO_KIND),
                faults=tuple(grader.judge(turn, language, after.messages)),
                told=after.text,
            )
            verdict = dataclasses.replace(verdict, pressed=pressed)
        yield verdict


def _verdict(
    file: Path,
    case: Mapping[str, Any],
    number: int,
    reply: Reply,
    faults: Iterable[str],
    milliseconds: float,
) -> Verdict:
    turn = case["turns"][number - 1]
    payload = reply.payload
    kind = turn["kind"]
    accepted = (kind,) if isinstance(kind, str) else tuple(kind)
    return Verdict(
        case=case["id"],
        number=number,
        turns=len(case["turns"]),
        set=file.parent.name,
        file=file.stem,
        language=turn.get("lang") or case["lang"] or "",
        style=case.get("style", ""),
        asked=turn["user"],
        expected=accepted[0],
        accepted=accepted,
        given=payload.get("kind", NO_KIND),
        replied_in=payload.get("language", ""),
        intent=payload.get("intent", ""),
        confidence=payload.get("confidence"),
        faults=tuple(faults),
        told=reply.text,
        milliseconds=milliseconds,
    )
