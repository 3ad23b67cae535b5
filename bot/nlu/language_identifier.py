"""Tells the written language of a message: Bokmål, Nynorsk or English."""

from __future__ import annotations

import re
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from bot.progress import report

LANGUAGE = "language"
LANGUAGE_CONFIDENCE = "language_confidence"
_FILE = "language.joblib"
_LEFT_OUT = re.compile(r"\[\w+\]")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class LanguageIdentifier(GraphComponent):
    """Sets `language` and `language_confidence` (0-1) on messages.

    It learns from the `language` metadata of the examples.

    Logistic regression over character n-grams, as in Cavnar and Trenkle's n-gram text
    categorization (1994). Examples without the metadata are passed over; where none has
    it, no language is set.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        least_confidence: Below this (0-1) no language is set.
        short: A message of fewer words than this is short.
        short_confidence: The least confidence for a short message, which otherwise
            takes the conversation's language.
        largest_ngram: Characters in the longest n-gram.
        """
        return {
            "least_confidence": 0.7,
            "short": 4,
            "short_confidence": 0.9,
            "largest_ngram": 4,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Pipeline | None = None,
    ) -> None:
        """Take the settings and the trained model, if there is one."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """Return an untrained identifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that say which language they are in."""
        report("language", 0.0)
        labelled = [
            (example.get(TEXT), language)
            for example in training_data.intent_examples
            if (language := _language_of(example))
        ]
        if len({language for _, language in labelled}) > 1:
            texts, languages = zip(*labelled, strict=True)
            self._model = make_pipeline(
                TfidfVectorizer(
                    analyzer="char_wb",
                    ngram_range=(1, self._config["largest_ngram"]),
                    sublinear_tf=True,
                    min_df=2,
                ),
                LogisticRegression(C=30, solver="liblinear", class_weight="balanced"),
            )
            self._model.fit(texts, languages)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """Return the trained identifier."""
        with model_storage.read_from(resource) as folder:
            model = joblib.load(folder / _FILE)
        return cls(config, model_storage, resource, model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `language` on the messages whose language is plain."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._model is not None:
                language, confidence = self._identify(text)
                if language:
                    message.set(LANGUAGE, language, add_to_output=True)
                    message.set(
                        LANGUAGE_CONFIDENCE, round(confidence, 4), add_to_output=True
                    )
        return messages

    def _identify(self, text: str) -> tuple[str | None, float]:
        assert self._model is not None
        # What was left out of a message says nothing of its language.
        text = _LEFT_OUT.sub("", text)
        if not any(letter.isalpha() for letter in text):
            return None, 0.0
        probabilities = self._model.predict_proba([text.lower()])[0]
        best = probabilities.argmax()
        short = len(text.split()) < self._config["short"]
        least = self._config["short_confidence" if short else "least_confidence"]
        confidence = float(probabilities[best])
        language = str(self._model.classes_[best])
        return (language if confidence >= least else None), confidence


def _language_of(example: Message) -> str | None:
    metadata = example.get("metadata") or {}
    of_intent = metadata.get("intent") or {}
    language = of_intent.get(LANGUAGE) if isinstance(of_intent, dict) else None
    return str(language) if language else None
