"""The Norwegian spaCy pipeline, run on messages alone and for names alone."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.training_data.training_data import TrainingData

_NAMES = "ner"


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="SpacyPipeline",
)
class SpacyPipeline(SpacyNLP):
    """Rasa's `SpacyNLP` that finds names, and does not pass over the examples.

    Nothing else that spaCy can tell is used, and nothing in the pipeline learns from
    it: names take a third of the time of all, and the pass a third of the training.
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Return the model with the part that finds names, which needs no other."""
        loaded = SpacyNLP.load_model(spacy_model_name)
        for part in set(loaded.model.component_names) - {_NAMES}:
            loaded.model.remove_pipe(part)
        return loaded

    def process_training_data(
        self, training_data: TrainingData, model: SpacyModel
    ) -> TrainingData:
        """Return the examples as they are."""
        return training_data
