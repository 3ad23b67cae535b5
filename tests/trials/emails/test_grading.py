"""What becomes of the questions of an e-mail is judged as it should be."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.staff.assistant import Assistant
from trials.emails.__main__ import summary
from trials.emails.grading import (
    EMAILS_DIR,
    Judged,
    email_files,
    judged,
    judged_files,
    read_emails,
)
from trials.errors import TrialError
from trials.questions.grader import load_grader

MAIL = "Hei!\n\nHvor mange søkte? Hva er klokka? Hvor mange av dem ligger i Agder?"
# Of the questions that are there to learn from. A draft must tell nothing that is wrong
# of what can be answered; one that tells too little of it is known.
LEAST_RIGHT, MOST_WRONG = 0.93, 2


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Settings())


def email(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"id": "one", "language": "nb", "mail": MAIL, "questions": [*questions]}


def ask(asks: str, kind: str | list[str], **fields: list[str]) -> dict[str, Any]:
    return {"asks": asks, "kind": kind, "facts": [], "forbid": [], **fields}


def result(assistant: Assistant, question: dict[str, Any]) -> str:
    (found,) = judged([email(question)], assistant, load_grader())
    return found.verdicts[0].result


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (ask("Hvor mange søkte?", "answer", facts=["applicants43"]), "right"),
        (ask("mange søkte", "answer", facts=["applicants43"]), "right"),
        (ask("Hvor mange søkte?", "answer", facts=["lorange"]), "wrong"),
        (ask("Hvor mange søkte?", "answer", forbid=["applicants43"]), "wrong"),
        (ask("Hvor mange søkte?", "not_stated"), "wrong"),
        (ask("Hvor mange søkte?", "out_of_scope"), "wrong"),
        (ask("Hva er klokka?", "out_of_scope"), "right"),
        (ask("Hva er klokka?", "answer"), "missed"),
        (ask("Hvor mange av dem ligger i Agder?", "not_stated"), "unsure"),
        (ask("Hei!", "answer"), "missed"),
    ],
)
def test_a_question_is_right_wrong_unsure_or_missed(
    assistant: Assistant, question: dict[str, Any], expected: str
) -> None:
    assert result(assistant, question) == expected


def test_what_is_answered_and_not_asked_is_counted(assistant: Assistant) -> None:
    (found,) = judged([email()], assistant, load_grader())
    assert [item.sentence for item in found.unasked] == ["Hvor mange søkte?"]


def test_an_answer_in_another_language_is_wrong(assistant: Assistant) -> None:
    question = ask("Hvor mange søkte?", "answer", facts=["applicants43"])
    english = {**email(question), "language": "en"}
    (found,) = judged([english], assistant, load_grader())
    assert found.verdicts[0].result == "wrong"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "no JSON"),
        ('{"id": "a"}', "must have"),
        (json.dumps({**email(), "language": "sv"}), "sv"),
        (json.dumps(email(ask("Hvem?", "answer"))), "Hvem?"),
        (json.dumps(email(ask("Hvor mange søkte?", "smalltalk"))), "smalltalk"),
        (json.dumps(email(ask("Hei!", "answer", facts=["nothing"]))), "nothing"),
    ],
)
def test_a_line_that_is_no_email_is_refused(
    tmp_path: Path, line: str, named: str
) -> None:
    file = tmp_path / "mails.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(TrialError, match=f"mails.jsonl:1 .*{named.replace('?', '.')}"):
        read_emails(file, load_grader())


@pytest.mark.parametrize("file", email_files(), ids=lambda file: file.stem)
def test_the_files_of_the_project_can_be_read(file: Path) -> None:
    emails = read_emails(file, load_grader())
    assert len({email["id"] for email in emails}) == len(emails) > 0


@pytest.fixture(scope="module")
def learnt_from(assistant: Assistant) -> list[Judged]:
    files = [EMAILS_DIR / "development.jsonl", EMAILS_DIR / "round6.jsonl"]
    return judged_files(files, assistant)


def test_of_what_can_be_answered_most_is_and_nothing_wrongly(
    learnt_from: list[Judged],
) -> None:
    verdicts = [each for mail in learnt_from for each in mail.verdicts]
    answerable = [verdict for verdict in verdicts if verdict.answerable]
    right = sum(verdict.result == "right" for verdict in answerable)
    wrong = [verdict for verdict in answerable if verdict.result == "wrong"]
    assert right / len(answerable) >= LEAST_RIGHT, "\n".join(summary(learnt_from))
    assert len(wrong) <= MOST_WRONG, wrong


def test_the_summary_names_what_is_not_right(learnt_from: list[Judged]) -> None:
    lines = summary(learnt_from)
    wanting = sum(v.result != "right" for mail in learnt_from for v in mail.verdicts)
    told = [line for line in lines if line.startswith(("wrong", "unsure", "missed"))]
    assert len(told) == wanting
