"""What is measured, how it is shown, and how far the project may be from others."""

import dataclasses
import statistics
from collections.abc import Sequence

from trials.measurements.options import CLIENTS
from trials.measurements.rounds import Values
from trials.measurements.traffic import TURNS

PROJECT, FLOOR, DEFAULT = 0, 1, 2
"""Places of the pipelines, in the order in which they are measured."""
_BESIDE = {FLOOR: "the floor", DEFAULT: "the default"}


@dataclasses.dataclass(frozen=True)
class Goal:
    """How large a figure of the project may be, or how small.

    Attributes:
        limit: The limit, in the measure's unit or as a multiple of another's figure.
        beside: Whose, by its place; None for a limit in the measure's unit.
        least: The figure should be at least the limit, not at most.
    """

    limit: float
    beside: int | None = None
    least: bool = False


@dataclasses.dataclass(frozen=True)
class Measure:
    """Something that is measured.

    Attributes:
        key: Its name in the values of rounds.
        title: What it is called, with its unit.
        factor: Makes the unit that is shown of the one that is measured.
        digits: Decimals to show.
        goals: What the project is held to.
        more_is_better: Whether a larger figure is the better one.
    """

    key: str
    title: str
    factor: float = 1.0
    digits: int = 1
    goals: Sequence[Goal] = ()
    more_is_better: bool = False


MEASURES = (
    Measure("start", "Start to first answer, s", goals=[Goal(0.6, FLOOR)]),
    Measure("memory", "Memory after the messages, MB", 1e-6, 0, [Goal(500)]),
    Measure(
        "p50",
        "Latency p50, ms",
        1000,
        goals=[Goal(2.5, FLOOR), Goal(0.35, DEFAULT)],
    ),
    Measure("p95", "Latency p95, ms", 1000),
    Measure("p99", "Latency p99, ms", 1000),
    Measure("tail", "Latency p95 / p50", digits=2, goals=[Goal(1.5)]),
    *(
        Measure(
            f"rate{clients}",
            f"Messages a second, {clients} client{'s' * (clients > 1)}",
            goals=[Goal(0.5, FLOOR, least=True)] if clients == 8 else [],
            more_is_better=True,
        )
        for clients in CLIENTS
    ),
    *(
        Measure(
            f"cpu{clients}",
            f"CPU a message, {clients} client{'s' * (clients > 1)}, ms",
            1000,
        )
        for clients in CLIENTS
    ),
    *(Measure(f"turn{n}", f"CPU a message at turn {n}, ms", 1000) for n in TURNS),
    Measure("growth", "CPU at turn 200 / turn 5", digits=2, goals=[Goal(1.2)]),
    Measure("stored", "CPU with many / few stored", digits=2, goals=[Goal(1.1)]),
    Measure("training", "Training, s", digits=0, goals=[Goal(90)]),
    Measure("environment", "Environment on disk, MB", 1e-6, 0, [Goal(1100)]),
    Measure("model", "Model, packed, MB", 1e-6, 1, [Goal(30)]),
    Measure("footprint", "Model in memory, MB", 1e-6, 0, [Goal(80)]),
)


@dataclasses.dataclass(frozen=True)
class Row:
    """One measure and its figures.

    Attributes:
        measure: What was measured.
        values: Of each pipeline, the values of its rounds in the unit that is shown.
    """

    measure: Measure
    values: Sequence[Sequence[float]]

    def median(self, place: int) -> float | None:
        """Return the median of a pipeline's rounds, or None where it has none."""
        return statistics.median(self.values[place]) if self.values[place] else None

    def reached(self, goal: Goal) -> float | None:
        """Return what a goal limits: the figure, or its multiple of another's."""
        mine = self.median(PROJECT)
        if goal.beside is None or mine is None:
            return mine
        theirs = self.median(goal.beside)
        return mine / theirs if theirs else None

    def verdicts(self) -> list[str]:
        """Return how far each goal is reached, in words."""
        told = []
        for goal in self.measure.goals:
            reached = self.reached(goal)
            if reached is None:
                continue
            met = reached >= goal.limit if goal.least else reached <= goal.limit
            sign = "≥" if goal.least else "≤"
            digits = 2 if goal.beside or goal.limit < 10 else 0
            whose = f" × {_BESIDE[goal.beside]}" if goal.beside else ""
            told.append(
                f"{reached:.{digits}f}{whose}, goal {sign} {goal.limit:g}: "
                f"{'met' if met else 'missed'}"
            )
        return told


def rows(every: Sequence[Values]) -> list[Row]:
    """Return the figures of all pipelines by measure.

    Args:
        every: What was measured, as ordered by `PROJECT`, `FLOOR` and `DEFAULT`.
    """
    return [
        Row(
            measure,
            [
                [value * measure.factor for value in values.get(measure.key, ())]
                for values in every
            ],
        )
        for measure in MEASURES
    ]
