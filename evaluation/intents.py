"""How well the classifier's features tell intents apart, by cross-validation."""

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PROJECT_DIR

FOLDS = 3
_DATA = PROJECT_DIR / "data"
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


def topic_folders(data: Path = _DATA) -> dict[str, str]:
    """Return the topic folder that the examples of each intent stand in."""
    folders = {}
    for file in sorted(data.rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu") or ():
            inside = file.parent.name if file.parent.parent != data.parent else _TALK
            folders[block["intent"]] = inside
    return folders


def cross_validate(model: Path) -> Intents:
    """Divide the training data, learn without one fold, and find the intents of it.

    The messages are parsed by the trained model's own components, so that its
    classifier gets the features that it was trained on.

    Args:
        model: The trained model's archive.
    """
    from sklearn.base import clone
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    with tempfile.TemporaryDirectory(prefix="evaluation-") as scratch:
        classifier, messages = _parsed(model, Path(scratch))
    intents = [str(message.get("intent")) for message in messages]
    # The very features and machine of the assistant, to be learnt anew.
    features = [classifier._features(message) for message in messages]
    machine = clone(classifier._model)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    found = cross_val_predict(machine, features, intents, cv=folds)
    return Intents(intents, [str(intent) for intent in found])


def _parsed(model: Path, scratch: Path) -> tuple[Any, list[Any]]:
    """Return the trained classifier and the parsed examples."""
    from rasa.engine.graph import ExecutionContext
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
    from rasa.nlu.utils.spacy_utils import SpacyNLP
    from rasa.shared.importers.importer import TrainingDataImporter

    from bot.nlu.name_extractor import KnowledgeNameExtractor
    from bot.nlu.question_classifier import QuestionClassifier

    storage, metadata = LocalModelStorage.from_model_archive(scratch, model)
    schema = metadata.predict_schema
    nodes = {node.uses: (name, node) for name, node in schema.nodes.items()}

    def component(kind: Any, make: str) -> Any:
        name, node = nodes[kind]
        config = {**kind.get_default_config(), **node.config}
        resource = node.resource or Resource(name)
        return getattr(kind, make)(config, storage, resource, ExecutionContext(schema))

    importer = TrainingDataImporter.load_nlu_importer_from_config(
        str(PROJECT_DIR / "config.yml"), training_data_paths=[str(_DATA)]
    )
    data = importer.get_nlu_data()
    spacy = component(SpacyNLP, "create")
    data = spacy.process_training_data(data, spacy.provide())
    data = component(SpacyTokenizer, "create").process_training_data(data)
    data = component(KnowledgeNameExtractor, "load").process_training_data(data)
    examples = [message for message in data.intent_examples if message.get("text")]
    return component(QuestionClassifier, "load"), examples
