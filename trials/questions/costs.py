"""What it costs to answer at once and to ask back, by how sure the assistant is."""

import dataclasses
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from bot.settings import PROJECT_DIR
from trials.errors import TrialError
from trials.questions.grading import ASKED_BACK, Verdict
from trials.questions.shares import Share

WRONG_ANSWER = 10
"""What a reply of kind `answer` costs that is not right."""
OTHER_WRONG = 3
"""What any other wrong reply costs; most are questions turned away."""
NEEDLESS = 1
"""What asking back costs where the likeliest question would be answered right."""
THRESHOLDS = tuple(step / 100 for step in range(101))
CONFIG_FILE = PROJECT_DIR / "config.yml"
OUTSIDE = "out_of_scope"
_INSIDE = ("answer", "not_stated")
_DECIDING = "FallbackClassifier"


@dataclasses.dataclass(frozen=True)
class Choice:
    """A turn that could be answered at once or asked back.

    Attributes:
        verdict: How the turn went.
        confidence: How sure the assistant was (0-1).
        answered: What the reply to the likeliest question costs.
        asked_back: What asking costs.
    """

    verdict: Verdict
    confidence: float
    answered: int
    asked_back: int


def is_outsider(verdict: Verdict) -> bool:
    """Tell whether a turn is best told that it is out of scope."""
    return verdict.expected == OUTSIDE


def is_question(verdict: Verdict) -> bool:
    """Tell whether a turn is about the announcement, and may not be turned away."""
    return verdict.expected in _INSIDE and OUTSIDE not in verdict.accepted


def choices(verdicts: Iterable[Verdict]) -> list[Choice]:
    """Return the turns of which both costs are known.

    Those are not that have no confidence, or that asked back where no button was
    pressed.
    """
    found = []
    for verdict in verdicts:
        direct = verdict.pressed if verdict.given == ASKED_BACK else verdict
        if direct is None or verdict.confidence is None:
            continue
        if direct.right:
            answered = 0
        else:
            answered = WRONG_ANSWER if direct.given == "answer" else OTHER_WRONG
        needless = direct.right and ASKED_BACK not in verdict.accepted
        found.append(
            Choice(verdict, verdict.confidence, answered, NEEDLESS if needless else 0)
        )
    return found


def mean_cost(turns: Sequence[Choice], threshold: float) -> float:
    """Return the cost of a turn if all below a threshold (0-1) are asked back."""
    if not turns:
        return 0.0
    return statistics.mean(
        turn.asked_back if turn.confidence < threshold else turn.answered
        for turn in turns
    )


def cheapest(turns: Sequence[Choice]) -> float:
    """Return the threshold (0-1) of the least cost, the lowest of several."""
    return min(THRESHOLDS, key=lambda threshold: mean_cost(turns, threshold))


def share_asked_back(turns: Sequence[Choice], threshold: float) -> Share:
    """Return the share of turns that a threshold (0-1) asks back."""
    return Share(sum(turn.confidence < threshold for turn in turns), len(turns))


def share_given(verdicts: Sequence[Verdict], *kinds: str) -> Share:
    """Return the share of turns whose reply has one of some kinds."""
    return Share(sum(verdict.given in kinds for verdict in verdicts), len(verdicts))


def threshold_in_force(file: Path = CONFIG_FILE) -> float:
    """Return the confidence (0-1) below which the assistant asks back.

    Raises:
        TrialError: The configuration does not set it.
    """
    for component in yaml.safe_load(file.read_text("utf-8"))["pipeline"]:
        if component["name"] == _DECIDING and "threshold" in component:
            return float(component["threshold"])
    raise TrialError(
        f"{file.name} sets no threshold of {_DECIDING}, which the report judges; set it"
    )
