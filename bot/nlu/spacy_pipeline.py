"""The Norwegian spaCy pipeline, for names alone and where they may be alone."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

_NAMES = "ner"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MODEL_LOADER,
    is_trainable=False,
    model_from="SpacyPipeline",
)
class SpacyPipeline(SpacyNLP):
    """Rasa's `SpacyNLP` that provides the model and runs it on nothing by itself.

    Nothing but names is used of what spaCy can tell, nothing learns from it, and most
    messages hold no word that could be a name: so the component that looks for names
    runs it where there is one (`bot/nlu/name_extractor.py`).
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Return the model with the part that finds names, which needs no other."""
        loaded = SpacyNLP.load_model(spacy_model_name)
        for part in set(loaded.model.component_names) - {_NAMES}:
            loaded.model.remove_pipe(part)
        return loaded
