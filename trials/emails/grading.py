"""Judges drafts: what became of each question of an e-mail."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bot.languages import LANGUAGES
from bot.settings import PROJECT_DIR
from bot.staff.assistant import Assistant
from bot.staff.drafts.drafting import draft_of
from bot.staff.drafts.items import Draft, Item
from trials.errors import TrialError
from trials.questions.grader import Grader, load_grader

EMAILS_DIR = PROJECT_DIR / "tests" / "emails"
"""Where the files of e-mails are."""

ANSWERABLE = "answer"
_KINDS = ("answer", "not_stated", "out_of_scope")
_FIELDS = {"id", "language", "mail", "questions"}
_FIELDS_OF_QUESTION = {"asks", "kind", "facts", "forbid"}

Result = Literal["right", "wrong", "unsure", "missed"]
"""What became of a question.

`right`: the draft answers it, or says that it is not stated, as it should. `wrong`: the
draft tells something else of it. `unsure`: it was found, and left to the person at the
desk; the draft says nothing. `missed`: it was not found, or taken for no question that
can be answered; the draft says nothing.
"""


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What became of one question of an e-mail.

    Attributes:
        mail: The e-mail's id.
        asks: The words that ask.
        accepted: The kinds of reply that are right, the best first.
        result: What became of it.
        faults: What is wrong with the draft's answer, or with what is not in it.
        told: The answer, in the draft or left out of it.
        confidence: How sure it was (0-1); None where the question was not found.
        offered: Whether an answer that is right was offered to be chosen.
    """

    mail: str
    asks: str
    accepted: tuple[str, ...]
    result: Result
    faults: tuple[str, ...] = ()
    told: str = ""
    confidence: float | None = None
    offered: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the announcement answers it."""
        return self.accepted[0] == ANSWERABLE


@dataclasses.dataclass(frozen=True)
class Judged:
    """An e-mail and what became of it.

    Attributes:
        mail: Its id.
        words: How many words it has.
        verdicts: One for each of its questions.
        unasked: What the draft answers beside them.
        others: What else is shown as a question, and left out of the draft.
        seconds: How long the draft took.
    """

    mail: str
    words: int
    verdicts: tuple[Verdict, ...]
    unasked: tuple[Item, ...]
    others: tuple[Item, ...]
    seconds: float


def email_files() -> list[Path]:
    """Return all files of e-mails."""
    return sorted(EMAILS_DIR.glob("*.jsonl"))


def read_emails(file: Path, grader: Grader) -> list[dict[str, Any]]:
    """Return the e-mails of a file.

    Raises:
        TrialError: The file cannot be read, or a line is no e-mail with questions.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrialError(f"cannot read {file} ({error})") from error
    emails: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            email = json.loads(line)
        except json.JSONDecodeError as error:
            raise TrialError(f"{file}:{number} is no JSON: {error}") from error
        for fault in _faults(email, grader):
            raise TrialError(f"{file}:{number} {fault}")
        emails.append(email)
    return emails


def _faults(email: Any, grader: Grader) -> Iterator[str]:
    """Yield what makes a line no e-mail with its questions."""
    if not isinstance(email, dict) or set(email) != _FIELDS:
        yield f"must have {', '.join(sorted(_FIELDS))} and no more"
        return
    if email["language"] not in LANGUAGES:
        yield f"has the language {email['language']}, which is none of {LANGUAGES}"
    for question in email["questions"]:
        if not {"asks", "kind"} <= set(question) <= _FIELDS_OF_QUESTION:
            yield f"has a question with other fields than {_FIELDS_OF_QUESTION}"
            continue
        if question["asks"] not in email["mail"]:
            yield f"lacks the words «{question['asks']}» in its mail"
        if not set(_kinds(question)) <= set(_KINDS):
            yield f"has a question of the kind {question['kind']}"
        for fact in (*question.get("facts", ()), *question.get("forbid", ())):
            if not grader.knows(fact):
                yield f"names the fact '{fact}', which facts.yml lacks"


def _kinds(question: Mapping[str, Any]) -> tuple[str, ...]:
    kind = question["kind"]
    return (kind,) if isinstance(kind, str) else tuple(kind)


def judged(
    emails: Sequence[Mapping[str, Any]], assistant: Assistant, grader: Grader
) -> list[Judged]:
    """Return what became of some e-mails, each drafted once."""
    return [_judged(email, assistant, grader) for email in emails]


def judged_files(files: Sequence[Path], assistant: Assistant) -> list[Judged]:
    """Return what became of the e-mails of some files."""
    grader = load_grader()
    emails = [email for file in files for email in read_emails(file, grader)]
    return judged(emails, assistant, grader)


def _judged(
    email: Mapping[str, Any], assistant: Assistant, grader: Grader
) -> Judged:
    began = time.perf_counter()
    draft = draft_of(email["mail"], assistant)
    seconds = time.perf_counter() - began
    spans = [_span(question["asks"], draft.mail) for question in email["questions"]]
    verdicts = []
    used: set[str] = set()
    for question, span in zip(email["questions"], spans, strict=True):
        item = _item_for(span, question["asks"], draft)
        if item:
            used.add(item.key)
        verdicts.append(_verdict(email, question, item, draft, assistant, grader))
    beside = [item for item in draft.items if item.key not in used]
    return Judged(
        mail=email["id"],
        words=len(email["mail"].split()),
        verdicts=tuple(verdicts),
        unasked=tuple(item for item in beside if item.is_in_draft),
        others=tuple(item for item in beside if not item.is_in_draft),
        seconds=seconds,
    )


def _span(asks: str, mail: str) -> tuple[int, int]:
    """Return where words stand in a mail; nowhere, (0, 0), where they were masked."""
    pattern = r"\s+".join(map(re.escape, asks.split()))
    found = re.search(pattern, mail)
    return found.span() if found else (0, 0)


def _item_for(span: tuple[int, int], asks: str, draft: Draft) -> Item | None:
    """Return the item whose sentence, or claim, shares most with words, or None."""
    words = " ".join(asks.split())

    def shared(item: Item) -> int:
        claim = " ".join(item.claim.split())
        if claim and (claim in words or words in claim):
            return len(words) + len(claim)
        return min(item.end, span[1]) - max(item.start, span[0])

    item = max(draft.items, key=shared, default=None)
    return item if item and shared(item) > 0 else None


def _verdict(
    email: Mapping[str, Any],
    question: Mapping[str, Any],
    item: Item | None,
    draft: Draft,
    assistant: Assistant,
    grader: Grader,
) -> Verdict:
    accepted = _kinds(question)
    asked = Verdict(email["id"], question["asks"], accepted, "missed")
    if item is None:
        right = accepted[0] == "out_of_scope"
        if right:
            return dataclasses.replace(asked, result="right")
        return dataclasses.replace(asked, faults=("no such question was found",))
    faults = tuple(_faults_of(question, email["language"], item, grader))
    told = dataclasses.replace(
        asked, faults=faults, told=item.text, confidence=item.confidence
    )
    if item.is_in_draft or (item.same_as is not None and item.sure):
        return dataclasses.replace(told, result="wrong" if faults else "right")
    if "out_of_scope" in accepted:
        return dataclasses.replace(told, result="right", faults=())
    offered = not faults or any(
        not _faults_of(question, email["language"], other, grader)
        for other in _offered(item, draft, assistant)
    )
    result: Result = "missed" if item.kind == "out_of_scope" else "unsure"
    return dataclasses.replace(told, result=result, offered=offered)


def _faults_of(
    question: Mapping[str, Any], language: str, item: Item, grader: Grader
) -> list[str]:
    payload = {
        "kind": item.kind,
        "sources": [dataclasses.asdict(source) for source in item.sources],
    }
    turn = {**question, "kind": list(_kinds(question))}
    return grader.judge(turn, language, [{"text": item.text, "custom": payload}])


def _offered(item: Item, draft: Draft, assistant: Assistant) -> Iterator[Item]:
    """Yield an item as it is when each of its alternatives is chosen."""
    for alternative in item.alternatives:
        yield item.chosen(alternative.topic, draft.language, assistant)
