"""How cases are asked: the kinds and languages they take, and the button pressed."""

import json
from pathlib import Path
from typing import Any

import pytest

from trials.errors import TrialError
from trials.questions.grader import load_grader
from trials.questions.grading import (
    Pressed,
    Verdict,
    ask_all,
    read_cases,
    unknown_facts,
)

QUOTE = "Blant 43 søkere har fem miljøer fått støtte"
BUTTONS = [
    {"title": "Hvor mange søkte?", "payload": "/likeliest"},
    {"title": "Hvem søkte?", "payload": "/other"},
]
TURN = {"user": "søkte?", "kind": "answer", "facts": ["applicants43"]}


def reply(kind: str, text: str, **parts: Any) -> list[dict[str, Any]]:
    payload = {"kind": kind, "confidence": 0.3, "sources": [{"quote": QUOTE}]}
    return [{"text": text, **parts}, {"custom": payload}]


CLARIFY = reply("clarify", "Mener du dette?", buttons=BUTTONS)
ANSWER = reply("answer", "Det var 43 søkere.")


class Assistant:
    """Gives set replies, and keeps what it was sent."""

    def __init__(self, **replies: list[dict[str, Any]]) -> None:
        self.replies = replies
        self.sent: list[tuple[str, str]] = []

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        self.sent.append((sender, text))
        return self.replies[text.strip("/?")]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sent]


def case_file(folder: Path, *turns: dict[str, Any], lang: str | None = "nb") -> Path:
    file = folder / "made.jsonl"
    case = {"id": "a", "lang": lang, "turns": turns}
    file.write_text(json.dumps(case), "utf-8")
    return file


def ask(
    assistant: Assistant, folder: Path, *turns: dict[str, Any], lang: str | None = "nb"
) -> list[Verdict]:
    return ask_all(assistant.say, [case_file(folder, *turns, lang=lang)])


def test_where_it_asks_back_the_first_button_is_pressed_and_judged(
    tmp_path: Path,
) -> None:
    assistant = Assistant(søkte=CLARIFY, likeliest=ANSWER)
    (found,) = ask(assistant, tmp_path, TURN)
    assert assistant.texts == ["søkte?", "/likeliest"]
    assert len({sender for sender, _ in assistant.sent}) == 1
    assert (found.given, found.right, found.confidence) == ("clarify", False, 0.3)
    assert found.pressed == Pressed("answer", (), "Det var 43 søkere.")


def test_what_a_button_brings_is_held_to_the_facts_of_the_turn(tmp_path: Path) -> None:
    assistant = Assistant(søkte=CLARIFY, likeliest=reply("answer", "Det var fem."))
    (found,) = ask(assistant, tmp_path, TURN)
    assert found.pressed is not None
    assert found.pressed.faults == ("lacks applicants43",)
    assert not found.pressed.right


def test_a_conversation_is_not_disturbed_before_its_last_turn(tmp_path: Path) -> None:
    assistant = Assistant(søkte=CLARIFY, mer=CLARIFY, likeliest=ANSWER)
    first, last = ask(assistant, tmp_path, TURN, {**TURN, "user": "mer?"})
    assert assistant.texts == ["søkte?", "mer?", "/likeliest"]
    assert first.pressed is None
    assert last.pressed is not None


@pytest.mark.parametrize(
    "came",
    [reply("clarify", "Hva mener du?"), reply("answer", "43.", buttons=BUTTONS), []],
    ids=["no button", "an answer with buttons", "nothing"],
)
def test_nothing_else_is_pressed(came: list[dict[str, Any]], tmp_path: Path) -> None:
    assistant = Assistant(søkte=came)
    (found,) = ask(assistant, tmp_path, TURN)
    assert assistant.texts == ["søkte?"]
    assert found.pressed is None


def test_of_several_kinds_the_first_is_expected_and_any_is_right(
    tmp_path: Path,
) -> None:
    turn = {**TURN, "kind": ["not_stated", "answer"]}
    (found,) = ask(Assistant(søkte=ANSWER), tmp_path, turn)
    assert (found.expected, found.accepted) == ("not_stated", ("not_stated", "answer"))
    assert (found.given, found.faults) == ("answer", ())


@pytest.mark.parametrize(
    ("lang", "turn", "written", "faults"),
    [
        ("en", {}, "en", 1),
        ("nb", {"lang": "en"}, "en", 1),
        ("en", {"lang": None}, "en", 0),
        (None, {}, "", 0),
        ("nb", {}, "nb", 0),
    ],
)
def test_a_language_of_null_is_not_held_against_the_reply(
    lang: str | None,
    turn: dict[str, Any],
    written: str,
    faults: int,
    tmp_path: Path,
) -> None:
    assistant = Assistant(søkte=reply("answer", "Det var 43, og ikke bare de."))
    (found,) = ask(assistant, tmp_path, {**TURN, **turn}, lang=lang)
    assert (found.language, len(found.faults)) == (written, faults)


def test_in_a_conversation_only_a_language_of_the_turns_own_is_checked(
    tmp_path: Path,
) -> None:
    assistant = Assistant(søkte=reply("answer", "Det var 43, og ikke bare de."))
    found = ask(assistant, tmp_path, TURN, {**TURN, "lang": "en"}, lang="en")
    assert [len(each.faults) for each in found] == [0, 1]


def test_facts_that_the_grader_lacks_are_found(tmp_path: Path) -> None:
    turns = ({**TURN, "facts": ["made_up", "six"]}, {**TURN, "forbid": ["no_such"]})
    cases = read_cases(case_file(tmp_path, *turns))
    assert unknown_facts(cases, load_grader()) == {("a", "made_up"), ("a", "no_such")}


@pytest.mark.parametrize("lacking", ["user", "kind"])
def test_a_turn_without_message_or_kind_is_refused(
    lacking: str, tmp_path: Path
) -> None:
    file = case_file(tmp_path, {**TURN, lacking: ""})
    with pytest.raises(TrialError, match=r"made\.jsonl:1 has a turn without"):
        read_cases(file)
