"""How well the classifier's features tell intents apart, by cross-validation."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from trials.examples import data_dir, read_examples

FOLDS = 3


@dataclasses.dataclass(frozen=True)
class Intents:
    """What came of the examples without having learnt from them.

    Attributes:
        right: The intent of each.
        found: The intent that was found.
        topics: The topic folder of each intent.
    """

    right: Sequence[str]
    found: Sequence[str]
    topics: Mapping[str, str]

    @property
    def accuracy(self) -> float:
        """The share (0-1) of examples whose intent was found."""
        pairs = zip(self.right, self.found, strict=True)
        return sum(a == b for a, b in pairs) / len(self.right)

    def mistaken(self) -> list[tuple[tuple[str, str], int]]:
        """Return the pairs of intents that were mixed up, the most frequent first."""
        pairs = zip(self.right, self.found, strict=True)
        return Counter((a, b) for a, b in pairs if a != b).most_common()


def cross_validate(data: Path | None = None) -> Intents:
    """Divide the examples, learn without one fold, and find the intents of it.

    Args:
        data: The folder of the examples; that of the content in force when left out.
    """
    import numpy as np
    from sklearn.model_selection import StratifiedKFold

    from bot.nlu.linear_model import LinearTrainer
    from bot.nlu.question_classifier import QuestionClassifier
    from bot.reading.spelling import fold

    examples = read_examples(data or data_dir())
    intents = [example.intent for example in examples]
    right = np.array(intents)
    config = QuestionClassifier.get_default_config()
    trainer = LinearTrainer(
        [fold(example.text) for example in examples], config["features"], config["C"]
    )
    found = np.empty_like(right)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for learnt, held_out in folds.split(right, right):
        model = trainer.fit(right, lambda _: None, learnt)
        best = trainer.margins(model, held_out).argmax(axis=1)
        found[held_out] = np.array(model.labels)[best]
    topics = {example.intent: example.topic for example in examples}
    return Intents(intents, [str(intent) for intent in found], topics)
