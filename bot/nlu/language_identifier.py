"""Tells the written language of a message: Bokmål, Nynorsk or English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from bot.nlu.learning import LearningComponent
from bot.progress import report

LANGUAGE = "language"
LANGUAGE_CONFIDENCE = "language_confidence"
_FILE = "language.joblib"
_LEFT_OUT = re.compile(r"\[\w+\]")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class LanguageIdentifier(LearningComponent[Pipeline | None]):
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

    def learn(self, training_data: TrainingData) -> Pipeline | None:
        """Return a model of the examples that say which language they are in."""
        report("language", 0.0)
        labelled = [
            (example.get(TEXT), language)
            for example in training_data.intent_examples
            if (language := _language_of(example))
        ]
        if len({language for _, language in labelled}) < 2:
            return None
        texts, languages = zip(*labelled, strict=True)
        model = make_pipeline(
            TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(1, self._config["largest_ngram"]),
                sublinear_tf=True,
                min_df=2,
            ),
            LogisticRegression(C=30, solver="liblinear", class_weight="balanced"),
        )
        return model.fit(texts, languages)

    @staticmethod
    def save(learnt: Pipeline | None, folder: Path) -> None:
        """Write the model."""
        joblib.dump(learnt, folder / _FILE)

    @staticmethod
    def read(folder: Path) -> Pipeline | None:
        """Return the model."""
        return joblib.load(folder / _FILE)

    def complete(self, message: Message, learnt: Pipeline) -> None:
        """Set the language of a message where it is plain."""
        language, confidence = self._identify(message.get(TEXT), learnt)
        if language:
            message.set(LANGUAGE, language, add_to_output=True)
            message.set(LANGUAGE_CONFIDENCE, round(confidence, 4), add_to_output=True)

    def _identify(self, text: str, model: Pipeline) -> tuple[str | None, float]:
        # What was left out of a message says nothing of its language.
        text = _LEFT_OUT.sub("", text)
        if not any(letter.isalpha() for letter in text):
            return None, 0.0
        probabilities = model.predict_proba([text.lower()])[0]
        best = probabilities.argmax()
        short = len(text.split()) < self._config["short"]
        least = self._config["short_confidence" if short else "least_confidence"]
        confidence = float(probabilities[best])
        language = str(model.classes_[best])
        return (language if confidence >= least else None), confidence


def _language_of(example: Message) -> str | None:
    metadata = example.get("metadata") or {}
    of_intent = metadata.get("intent") or {}
    language = of_intent.get(LANGUAGE) if isinstance(of_intent, dict) else None
    return str(language) if language else None
