"""What answering at once and asking back cost, and what is reported of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from verdicts import verdict

from trials.errors import TrialError
from trials.questions.asking_back import outsiders_and_questions, when_to_ask_back
from trials.questions.costs import (
    Choice,
    cheapest,
    choices,
    is_outsider,
    is_question,
    mean_cost,
    share_asked_back,
    share_given,
    threshold_in_force,
)
from trials.questions.grading import Pressed, Verdict
from trials.questions.plot import draw_costs
from trials.questions.shares import Share

RIGHT = Pressed("answer", (), "Det var 43 søkere.")
WRONG = Pressed("answer", ("lacks applicants43",), "Det var fem.")
REFUSAL = Pressed("out_of_scope", ("kind out_of_scope instead of answer",), "Nei.")


def asked_back(pressed: Pressed | None, **changes: Any) -> Verdict:
    faults = ("kind clarify instead of answer",)
    usual = {"given": "clarify", "faults": faults, "confidence": 0.3}
    return verdict(pressed=pressed, **{**usual, **changes})


def outsider(given: str, **changes: Any) -> Verdict:
    right = given == "out_of_scope"
    faults = () if right else (f"kind {given} instead of out_of_scope",)
    usual = {"expected": "out_of_scope", "given": given, "faults": faults}
    return verdict(**{**usual, **changes})


@pytest.mark.parametrize(
    ("turn", "answered", "asking"),
    [
        (verdict(), 0, 1),
        (verdict(faults=("lacks six",)), 10, 0),
        (verdict(given="out_of_scope", faults=("kind",)), 3, 0),
        (verdict(given="not_stated", faults=("kind",)), 3, 0),
        (outsider("out_of_scope"), 0, 1),
        (outsider("answer"), 10, 0),
        (outsider("smalltalk"), 3, 0),
        (asked_back(RIGHT), 0, 1),
        (asked_back(WRONG), 10, 0),
        (asked_back(REFUSAL), 3, 0),
        # Where asking is as right as answering, it is not needless.
        (verdict(accepted=("answer", "clarify")), 0, 0),
        (asked_back(RIGHT, accepted=("answer", "clarify"), faults=()), 0, 0),
    ],
)
def test_each_turn_costs_what_the_person_gets(
    turn: Verdict, answered: int, asking: int
) -> None:
    assert choices([turn]) == [Choice(turn, turn.confidence or 0.0, answered, asking)]


def test_turns_of_which_the_costs_are_unknown_are_left_out() -> None:
    assert choices([asked_back(None), verdict(confidence=None)]) == []


TURNS = choices(
    [
        outsider("answer", confidence=0.2),
        asked_back(WRONG, confidence=0.4),
        verdict(confidence=0.5),
        verdict(confidence=0.9),
    ]
)


@pytest.mark.parametrize(
    ("threshold", "cost"),
    [(0.0, 20 / 4), (0.2, 20 / 4), (0.21, 10 / 4), (0.45, 0), (0.6, 1 / 4), (1, 2 / 4)],
)
def test_below_a_threshold_all_is_asked_back_and_from_it_on_answered(
    threshold: float, cost: float
) -> None:
    assert mean_cost(TURNS, threshold) == pytest.approx(cost)


def test_the_cheapest_threshold_is_the_lowest_of_the_least_cost() -> None:
    assert cheapest(TURNS) == 0.41
    assert mean_cost([], 0.5) == cheapest([]) == 0.0


def test_the_share_asked_back_is_of_those_below_the_threshold() -> None:
    assert share_asked_back(TURNS, 0.5) == Share(2, 4)


@pytest.mark.parametrize(
    ("accepted", "question", "outside"),
    [
        (("answer",), True, False),
        (("not_stated", "answer"), True, False),
        (("not_stated", "out_of_scope"), False, False),
        (("out_of_scope", "not_stated"), False, True),
        (("smalltalk", "answer"), False, False),
    ],
)
def test_who_may_be_turned_away_is_no_question(
    accepted: tuple[str, ...], question: bool, outside: bool
) -> None:
    turn = verdict(expected=accepted[0], accepted=accepted)
    assert (is_question(turn), is_outsider(turn)) == (question, outside)


def test_any_of_some_kinds_counts_as_given() -> None:
    turns = [outsider("out_of_scope"), outsider("clarify"), outsider("answer")]
    assert share_given(turns, "out_of_scope", "clarify") == Share(2, 3)


@pytest.mark.parametrize(
    ("share", "interval"),
    [
        # Newcombe 1998, "Two-sided confidence intervals for the single proportion",
        # table I, method 3.
        (Share(81, 263), (0.2553, 0.3662)),
        (Share(15, 148), (0.0624, 0.1605)),
        (Share(0, 20), (0.0, 0.1611)),
        (Share(1, 29), (0.0061, 0.1718)),
        (Share(0, 0), (0.0, 1.0)),
    ],
)
def test_the_interval_of_a_share_is_wilsons(
    share: Share, interval: tuple[float, float]
) -> None:
    assert share.interval == pytest.approx(interval, abs=0.0001)


def configuration(folder: Path, *components: dict[str, Any]) -> Path:
    file = folder / "config.yml"
    file.write_text(yaml.safe_dump({"pipeline": list(components)}), "utf-8")
    return file


def test_the_threshold_in_force_is_that_of_the_configuration(tmp_path: Path) -> None:
    other = {"name": "Other", "threshold": 0.9}
    fallback = {"name": "FallbackClassifier", "threshold": 0.35}
    assert threshold_in_force(configuration(tmp_path, other, fallback)) == 0.35
    assert 0 < threshold_in_force() < 1


def test_a_configuration_without_threshold_is_refused(tmp_path: Path) -> None:
    file = configuration(tmp_path, {"name": "FallbackClassifier"})
    with pytest.raises(TrialError, match=r"config\.yml sets no threshold"):
        threshold_in_force(file)


def test_the_page_tells_what_thresholds_cost_and_which_is_cheapest() -> None:
    asked = [turn.verdict for turn in TURNS]
    text = when_to_ask_back([*asked, asked_back(None)], 0.1)
    assert "less sure than 0.10" in text
    assert "costs 5.000 a turn. The cheapest threshold, 0.41, costs 0.000." in text
    assert "Left out are 1 of 5 turns" in text
    assert "| 0.5 | 0.000 | 33.3% (1 of 3) | 100.0% (1 of 1) |" in text
    assert "| 0.2 | 5.000 | 0.0% (0 of 3) | 0.0% (0 of 1) |" in text
    assert "(evaluation-cost.png)" in text


def test_the_page_tells_who_is_turned_away_by_written_language() -> None:
    turned_away = {"given": "out_of_scope", "faults": ("kind",)}
    text = outsiders_and_questions(
        [
            outsider("clarify"),
            outsider("answer"),
            verdict(language="nn", **turned_away),
            verdict(language="nn", style="dialect"),
            verdict(language="en"),
            asked_back(RIGHT, language=""),
        ]
    )
    lines = {line.split(" | ")[0][2:]: line for line in text.splitlines()}
    half, none = "50.0% (1 of 2), 9.5% to 90.5%", "0.0% (0 of 2), 0.0% to 65.8%"
    assert lines["Outsiders"] == f"| Outsiders | {half} | {none} | {half} | {half} |"
    assert lines["Questions in `nn`"].split(" | ")[1:4] == [half, half, none]
    assert lines["Questions"].split(" | ")[2].startswith("25.0% (1 of 4)")
    assert {"Questions in `en`", "Questions in `–`"} <= lines.keys()
    assert lines["Questions in dialect"].split(" | ")[2].startswith("0.0% (0 of 1)")


def test_the_picture_of_costs_shows_the_threshold_in_force(tmp_path: Path) -> None:
    for name, threshold in (("a.png", 0.3), ("b.png", 0.7)):
        draw_costs(TURNS, threshold, tmp_path / name)
    drawn = [(tmp_path / name).read_bytes() for name in ("a.png", "b.png")]
    assert all(picture[1:4] == b"PNG" for picture in drawn)
    assert drawn[0] != drawn[1]
