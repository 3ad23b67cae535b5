"""Intent accuracy by cross-validation."""

import json
from pathlib import Path

from trials.measurements.options import Options
from trials.measurements.pipelines import Pipeline
from trials.measurements.processes import run_to_end


def fold_accuracy(pipeline: Pipeline, fold: int, options: Options, log: Path) -> float:
    """Train a pipeline without one fold, and test it on that fold.

    Returns:
        The share of its examples (0-1) whose intent was found.

    Raises:
        BenchmarkError: It failed, or took too long.
    """
    output = pipeline.folder / f"fold-{fold}.json"
    numbers = {"fold": fold, "folds": options.folds, "examples": options.examples}
    arguments = ["-m", "trials.measurements.fold", "--output", str(output)]
    for name, number in numbers.items():
        arguments += [f"--{name}", str(number)]
    run_to_end(
        arguments, pipeline.folder, pipeline.environment, log, options.step_minutes
    )
    counted = json.loads(output.read_text(encoding="utf-8"))
    return float(counted["right"] / counted["total"])
