"""The verdict of a trial: green only when nothing that was right got wrong."""

from typing import Any

import pytest

from trials.trying.asking import Asked, Turn
from trials.trying.comparing import judged


def turn(reply: str, right: bool, where: str = "held_out/round.jsonl") -> Turn:
    return Turn(
        where=where,
        message="Hva?",
        reply=reply,
        right=right,
        faults=[] if right else ["kind clarify instead of answer"],
    )


def asked(questions: dict[str, Turn], **conversations: Turn) -> Asked:
    return Asked(questions=questions, conversations=conversations)


def verdict(before: Turn, after: Turn) -> dict[str, Any]:
    return judged(asked({"q": before}), asked({"q": after}), [])


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (True, True, "green"),
        (False, True, "green"),
        (False, False, "green"),
        (True, False, "red"),
    ],
)
def test_only_what_was_right_and_got_wrong_makes_it_red(
    was: bool, now: bool, expected: str
) -> None:
    found = verdict(turn("a", was), turn("b", now))
    assert found["verdict"] == expected
    assert found["reasons"] == (["worse"] if expected == "red" else [])
    (change,) = found["changes"]
    assert (change["was_right"], change["is_right"]) == (was, now)
    assert (change["before"], change["after"]) == ("a", "b")


def test_what_stays_as_it_was_is_no_change() -> None:
    found = verdict(turn("a", True), turn("a", True))
    assert (found["changes"], found["changed"]) == ([], 0)
    assert found["counts"]["questions"] == {
        "asked": 1,
        "right_before": 1,
        "right_after": 1,
    }


def test_a_turn_of_a_conversation_counts_like_a_question() -> None:
    was, now = turn("a", True, "f.yml: En"), turn("b", False, "f.yml: En")
    found = judged(asked({}, one=was), asked({}, one=now), [])
    assert found["verdict"] == "red"


def test_a_conversation_that_ends_early_got_worse() -> None:
    was = turn("a", True, "f.yml: En")
    found = judged(asked({}, one=was, two=was), asked({}, one=was), [])
    assert (found["verdict"], found["worse"]) == ("red", 1)


@pytest.mark.parametrize(("right", "expected"), [(True, "green"), (False, "red")])
def test_a_new_conversation_has_to_pass(right: bool, expected: str) -> None:
    new = turn("a", right, "reviewed.yml: Den nye")
    found = judged(asked({}), asked({}, new=new), ["Den nye"])
    assert found["verdict"] == expected
    assert found["reasons"] == ([] if right else ["new_fails"])
    assert [each["message"] for each in found["new"]] == ["Hva?"]


def test_what_got_worse_stands_first() -> None:
    before = {name: turn("a", name == "worse") for name in ("same", "better", "worse")}
    after = {name: turn("b", name == "better") for name in before}
    found = judged(asked(before), asked(after), [])
    verdicts = [(it["was_right"], it["is_right"]) for it in found["changes"]]
    assert verdicts == [(True, False), (False, True), (False, False)]
