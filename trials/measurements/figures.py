"""What was measured, and the rows that show it."""

import dataclasses

from trials.measurements.options import CLIENTS, Options
from trials.measurements.serving import Serving
from trials.pipelines import DEFAULT_EPOCHS_OF_DIET

_MEGABYTE = 1_000_000


@dataclasses.dataclass(frozen=True)
class Training:
    """One training on all examples.

    Attributes:
        seconds: From the start of the process to its end.
        diet_seconds: How much of it DIET took; None where there is no DIET.
    """

    seconds: float
    diet_seconds: float | None = None

    def with_all_epochs(self, epochs: int) -> float | None:
        """Return the seconds that DIET's default epochs would make of it.

        Args:
            epochs: How many it trained. Their average length does not depend on that:
                the batches always grow from 64 to 256 examples from first to last.
        """
        if self.diet_seconds is None:
            return None
        factor = DEFAULT_EPOCHS_OF_DIET / epochs
        return self.seconds + self.diet_seconds * (factor - 1)


@dataclasses.dataclass(frozen=True)
class Figures:
    """All that was measured of one pipeline."""

    training: Training
    serving: Serving


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        measure: What was measured, with its unit.
        project: The project's figure.
        default: That of Rasa's default; None where it was not measured.
        digits: Decimals to show.
        goal: The largest ratio that the project allows itself.
    """

    measure: str
    project: float
    default: float | None
    digits: int = 1
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """The project's figure divided by the default's."""
        return self.project / self.default if self.default else None


def rows(project: Figures, default: Figures, options: Options) -> list[Row]:
    """Return the table's lines."""
    mine, theirs = project.serving, default.serving
    return [
        *_training_rows(project.training, default.training, options.diet_epochs),
        Row("Start to first answer, s", mine.start, theirs.start, goal=0.5),
        Row(
            "Memory (RSS of all processes), MB",
            mine.memory / _MEGABYTE,
            theirs.memory / _MEGABYTE,
            digits=0,
            goal=0.6,
        ),
        Row(
            "Latency p50, ms",
            1000 * mine.latency(50),
            1000 * theirs.latency(50),
            goal=1 / 3,
        ),
        Row("Latency p95, ms", 1000 * mine.latency(95), 1000 * theirs.latency(95)),
        Row(
            "Processor time a message, ms",
            1000 * mine.processor,
            1000 * theirs.processor,
        ),
        Row(f"Messages a second, {CLIENTS} clients", mine.rate, theirs.rate),
    ]


def _training_rows(project: Training, default: Training, epochs: int) -> list[Row]:
    complete = default.with_all_epochs(epochs)
    if epochs == DEFAULT_EPOCHS_OF_DIET or complete is None:
        return [Row("Training, s", project.seconds, default.seconds)]
    measured = f"Training, s (DIET cut to {epochs} of {DEFAULT_EPOCHS_OF_DIET} epochs)"
    estimated = f"Training, s (DIET's {DEFAULT_EPOCHS_OF_DIET} epochs, estimated)"
    return [
        Row(measured, project.seconds, default.seconds),
        Row(estimated, project.seconds, complete, digits=0),
    ]
