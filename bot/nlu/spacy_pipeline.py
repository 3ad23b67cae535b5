"""The Norwegian spaCy pipeline, for names alone and where they may be alone."""

from __future__ import annotations

import importlib.util
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from thinc.api import NumpyOps

from bot.errors import ConfigError

_NAMES = "ner"


class Loading:
    """A model of spaCy that is loaded beside what goes on, and waited for when used."""

    def __init__(self, name: str) -> None:
        """Take the name of the model's package.

        Raises:
            ConfigError: There is no such package.
        """
        if not importlib.util.find_spec(name):
            raise ConfigError(
                "model of SpacyPipeline in config.yml",
                f"there is no {name} here; run make install",
            )
        self._name = name
        self._loader = ThreadPoolExecutor(1, "spacy")
        self._loaded: Future[Any] | None = None

    def begin(self) -> Future[Any]:
        """Begin to load the model, if that has not been done."""
        if self._loaded is None:
            self._loaded = self._loader.submit(self._load)
        return self._loaded

    def _load(self) -> Any:
        model = SpacyNLP.load_model(self._name).model
        for part in set(model.component_names) - {_NAMES}:
            model.remove_pipe(part)
        for node in model.get_pipe(_NAMES).model.walk():
            # BLIS, thinc's own choice, multiplies three times slower here than numpy.
            node.ops = NumpyOps(use_blis=False)
        return model

    def __call__(self, text: str) -> Any:
        """Return spaCy's analysis of a text: its names."""
        return self.begin().result()(text)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MODEL_LOADER,
    is_trainable=False,
    model_from="SpacyPipeline",
)
class SpacyPipeline(SpacyNLP):
    """Rasa's `SpacyNLP` that provides the model and runs it on nothing by itself.

    Nothing but names is used of what spaCy can tell, nothing learns from it, and most
    messages hold no word that could be a name: so the component that looks for names
    runs it where there is one (`bot/nlu/name_extractor.py`), and it is loaded while the
    first message is answered, which takes a third off the start.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyPipeline:
        """Return the component, with a model that is not loaded yet.

        Raises:
            ConfigError: There is no such model.
        """
        name = config["model"]
        return cls(SpacyModel(Loading(name), name), config)
