"""How well the classifier's features tell intents apart, by cross-validation."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from bot.settings import content_dir

FOLDS = 3
# The folder of what stands beside the folders of data/nlu.
_TALK = "talk"


@dataclasses.dataclass(frozen=True)
class Intents:
    """The intent of each example, and the one found without having learnt from it."""

    right: Sequence[str]
    found: Sequence[str]

    @property
    def accuracy(self) -> float:
        """The share (0-1) of examples whose intent was found."""
        pairs = zip(self.right, self.found, strict=True)
        return sum(a == b for a, b in pairs) / len(self.right)

    def mistaken(self) -> list[tuple[tuple[str, str], int]]:
        """Return the pairs of intents that were mixed up, the most frequent first."""
        pairs = zip(self.right, self.found, strict=True)
        return Counter((a, b) for a, b in pairs if a != b).most_common()


def topic_folders() -> dict[str, str]:
    """Return the topic folder that the examples of each intent stand in."""
    data = content_dir() / "data"
    folders = {}
    for file in sorted(data.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu") or ():
            inside = file.parent.name if file.parent.parent != data.parent else _TALK
            folders[block["intent"]] = inside
    return folders


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

    data = data or content_dir() / "data"
    examples = [
        (fold(line.removeprefix("- ")), block["intent"])
        for file in sorted(data.rglob("*.yml"))
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu") or ()
        for line in block["examples"].splitlines()
    ]
    texts, intents = zip(*examples, strict=True)
    right = np.array(intents)
    config = QuestionClassifier.get_default_config()
    trainer = LinearTrainer(texts, config["features"], config["C"])
    found = np.empty_like(right)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for learnt, held_out in folds.split(right, right):
        model = trainer.fit(right, lambda _: None, learnt)
        best = trainer.margins(model, held_out).argmax(axis=1)
        found[held_out] = np.array(model.labels)[best]
    return Intents(list(intents), [str(intent) for intent in found])
