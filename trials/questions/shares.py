"""What the verdicts come to: shares, lengths, times and calibration."""

import dataclasses
import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable, Sequence

from trials.questions.grading import Verdict

UNANSWERABLE = ("not_stated", "out_of_scope")
BINS = 10
LEAST_WORDS_FOR_LANGUAGE = 5
# Standard deviations on either side that hold 95 % of a normal distribution.
_Z = 1.96
_HELD_OUT = "held_out"
_FAULT_CLASSES = (
    ("no payload", "No payload"),
    ("kind ", "Another kind than expected"),
    ("lacks ", "Right kind, but a fact is missing"),
    ("must not hold ", "Says what it must not"),
    ("quote not in", "Quotes what the announcement does not hold"),
    ("no source", "No source"),
    ("no text", "No text"),
    ("replied in ", "Another language than the question's"),
)
_TOO_LONG = "Too many words"

Group = Callable[[Verdict], str]
GROUPS: dict[str, Group] = {
    "set": lambda verdict: verdict.set,
    "file": lambda verdict: f"{verdict.set}/{verdict.file}",
    "language": lambda verdict: verdict.language,
    "expected kind": lambda verdict: verdict.expected,
    "style": lambda verdict: verdict.style,
}


@dataclasses.dataclass(frozen=True)
class Share:
    """Some of a number of turns or conversations."""

    some: int
    all: int

    @property
    def value(self) -> float:
        """The share (0-1); 0 of none."""
        return self.some / self.all if self.all else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share (0-1 each); everything for none.

        By Wilson 1927, "Probable Inference, the Law of Succession, and Statistical
        Inference", which holds for small numbers and shares near 0 and 1 too.
        """
        if not self.all:
            return 0.0, 1.0
        width = _Z**2 / self.all
        centre = self.value + width / 2
        reach = math.sqrt(width * (self.value * (1 - self.value) + width / 4))
        return (
            max(0.0, (centre - reach) / (1 + width)),
            min(1.0, (centre + reach) / (1 + width)),
        )

    def __str__(self) -> str:
        return f"{self.value:.1%} ({self.some} of {self.all})" if self.all else "–"


def right_turns(verdicts: Sequence[Verdict]) -> Share:
    """Return the share of right turns."""
    return Share(sum(verdict.right for verdict in verdicts), len(verdicts))


def right_conversations(verdicts: Sequence[Verdict]) -> Share:
    """Return the share of cases of several turns in which every turn is right."""
    cases: dict[str, bool] = {}
    for verdict in verdicts:
        if verdict.turns > 1:
            cases[verdict.case] = cases.get(verdict.case, True) and verdict.right
    return Share(sum(cases.values()), len(cases))


def wrongly_answered(verdicts: Sequence[Verdict]) -> Share:
    """Return the share of questions without an answer that were given one."""
    asked = [
        verdict
        for verdict in verdicts
        if verdict.expected in UNANSWERABLE and "answer" not in verdict.accepted
    ]
    return Share(sum(verdict.given == "answer" for verdict in asked), len(asked))


def grouped(verdicts: Sequence[Verdict], group: Group) -> dict[str, list[Verdict]]:
    """Return the turns of each group, in the order of the groups' names."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault(group(verdict), []).append(verdict)
    return dict(sorted(groups.items()))


def words_of_answers(verdicts: Sequence[Verdict]) -> list[int]:
    """Return how many words each answer has."""
    return [len(v.told.split()) for v in verdicts if v.given == "answer"]


def latency(verdicts: Sequence[Verdict], percentile: int) -> float:
    """Return a percentile of the milliseconds to a reply."""
    times = [verdict.milliseconds for verdict in verdicts]
    if len(times) < 2:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[percentile - 1]


@dataclasses.dataclass(frozen=True)
class Bin:
    """Turns of about the same confidence.

    Attributes:
        least: The least confidence of them (0-1).
        most: The greatest (0-1).
        turns: How many turns there are.
        confidence: Their mean confidence (0-1).
        right: The share of them that is right (0-1).
    """

    least: float
    most: float
    turns: int
    confidence: float
    right: float


def calibration(verdicts: Sequence[Verdict]) -> list[Bin]:
    """Return bins of equally many turns, from the least to the greatest confidence.

    Sizes differ by one turn at most. Turns without a confidence are in none.
    """
    sure = sorted(
        (
            (verdict.confidence, verdict.right)
            for verdict in verdicts
            if verdict.confidence is not None
        ),
        key=lambda turn: turn[0],
    )
    bounds = [len(sure) * place // BINS for place in range(BINS + 1)]
    return [
        Bin(
            least=inside[0][0],
            most=inside[-1][0],
            turns=len(inside),
            confidence=statistics.mean(confidence for confidence, _ in inside),
            right=sum(right for _, right in inside) / len(inside),
        )
        for begin, end in itertools.pairwise(bounds)
        if (inside := sure[begin:end])
    ]


def calibration_error(verdicts: Sequence[Verdict]) -> float | None:
    """Return the expected calibration error (0-1), or None without confidences.

    The mean distance between confidence and accuracy over the bins, as in Guo et al.
    2017, "On Calibration of Modern Neural Networks"; the bins are of equal size, as in
    Nixon et al. 2019, "Measuring Calibration in Deep Learning".
    """
    bins = calibration(verdicts)
    turns = sum(each.turns for each in bins)
    if not turns:
        return None
    return sum(b.turns * abs(b.confidence - b.right) for b in bins) / turns


def kinds(verdicts: Sequence[Verdict]) -> Counter[tuple[str, str]]:
    """Return how often each kind was given where each was expected."""
    return Counter((verdict.expected, verdict.given) for verdict in verdicts)


def languages(verdicts: Sequence[Verdict]) -> Counter[tuple[str, str]]:
    """Return how often first messages of each language were answered in each.

    Messages of fewer than five words do not count. Where there is a set `held_out`,
    those of other sets do not either.
    """
    has_set = any(verdict.set == _HELD_OUT for verdict in verdicts)
    return Counter(
        (verdict.language, verdict.replied_in)
        for verdict in verdicts
        if verdict.number == 1
        and verdict.language
        and (verdict.set == _HELD_OUT or not has_set)
        and len(verdict.asked.split()) >= LEAST_WORDS_FOR_LANGUAGE
    )


def fault_class(verdict: Verdict) -> str:
    """Return what sort of fault the first fault of a wrong turn is."""
    for beginning, name in _FAULT_CLASSES:
        if verdict.faults[0].startswith(beginning):
            return name
    return _TOO_LONG


def worst(verdicts: Sequence[Verdict], most: int) -> dict[str, list[Verdict]]:
    """Return the wrong turns by fault class, the largest class first.

    Args:
        verdicts: Of one system.
        most: How many to return in all: those of the highest confidence.
    """
    wrong = [verdict for verdict in verdicts if not verdict.right]
    wrong.sort(key=lambda verdict: -(verdict.confidence or 0.0))
    classes = grouped(wrong[:most], fault_class)
    return dict(sorted(classes.items(), key=lambda item: -len(item[1])))
