"""The Norwegian spaCy pipeline, run on messages alone."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="SpacyPipeline",
)
class SpacyPipeline(SpacyNLP):
    """Rasa's `SpacyNLP` without its pass over the training examples.

    Nothing in the pipeline learns from spaCy's analysis; leaving it out takes a third
    off the training time.
    """

    def process_training_data(
        self, training_data: TrainingData, model: SpacyModel
    ) -> TrainingData:
        """Return the examples as they are."""
        return training_data
