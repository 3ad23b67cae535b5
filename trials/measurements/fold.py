"""Intent accuracy by cross-validation: one fold is left out, and tested on.

Each fold runs in a process of its own, so that it can be stopped and its memory goes
with it: `python -m trials.measurements.fold --fold 0 --folds 5 …`, in a working copy.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bot.quiet import silence_third_parties
from trials.examples import sample
from trials.measurements.options import Options
from trials.pipelines import Pipeline
from trials.processes import run_to_end

_SEED = 2019


def fold_accuracy(pipeline: Pipeline, fold: int, options: Options, log: Path) -> float:
    """Train a pipeline without one fold, and test it on that fold.

    Returns:
        The share of its examples (0-1) whose intent was found.

    Raises:
        TrialError: It failed, or took too long.
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


def main() -> None:
    """Write `{"right": …, "total": …}` to the file given."""
    parser = argparse.ArgumentParser(prog="python -m trials.measurements.fold")
    parser.add_argument("--fold", type=int, required=True)
    parser.add_argument("--folds", type=int, required=True)
    parser.add_argument("--examples", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args()
    silence_third_parties()
    right, total = _evaluate(args.fold, args.folds, args.examples)
    args.output.write_text(json.dumps({"right": right, "total": total}))


def divide(
    intents: list[str], fold: int, folds: int, examples: int
) -> tuple[list[int], list[int]]:
    """Return which examples to train on and which to test on.

    The same numbers give the same division for every pipeline. Each intent has the same
    share of every fold.

    Args:
        intents: The intent of each example.
        fold: The fold to test on, from 0.
        folds: How many there are.
        examples: How many examples to take, by lot within each intent; 0 takes all. An
            intent with fewer examples than there are folds is left out.
    """
    from sklearn.model_selection import StratifiedKFold

    taken = sample(intents, examples)
    count = Counter(intents[i] for i in taken)
    taken = [i for i in taken if count[intents[i]] >= folds]
    divider = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    parts = list(divider.split(taken, [intents[i] for i in taken]))[fold]
    train, test = ([taken[place] for place in part] for part in parts)
    return train, test


def _evaluate(fold: int, folds: int, examples: int) -> tuple[int, int]:
    import rasa.model_training
    from rasa.core.agent import Agent
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
    from rasa.shared.nlu.training_data.training_data import TrainingData

    importer = TrainingDataImporter.load_nlu_importer_from_config(
        "config.yml", training_data_paths=["data"]
    )
    every = importer.get_nlu_data().intent_examples
    intents = [example.get("intent") for example in every]
    train, test = divide(intents, fold, folds, examples)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch, "nlu.yml")
        RasaYAMLWriter().dump(data, TrainingData([every[i] for i in train]))
        model = rasa.model_training.train_nlu("config.yml", str(data), scratch)
        processor = Agent.load(model).processor
    assert processor is not None
    found = asyncio.run(_intents(processor, [every[i].get("text") for i in test]))
    right = sum(intents[i] == intent for i, intent in zip(test, found, strict=True))
    return right, len(test)


async def _intents(processor: Any, texts: list[str]) -> list[str]:
    """Return the likeliest intents, as `rasa test` counts them: before the fallback."""
    from rasa.core.channels.channel import UserMessage
    from rasa.nlu.classifiers.fallback_classifier import (
        is_fallback_classifier_prediction,
        undo_fallback_prediction,
    )

    found = []
    for text in texts:
        parse = await processor.parse_message(UserMessage(text=text))
        if is_fallback_classifier_prediction(parse):
            parse = undo_fallback_prediction(parse)
        found.append(str(parse["intent"]["name"]))
    return found


if __name__ == "__main__":
    main()
