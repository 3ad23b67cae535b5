"""Recognises what a message asks, and where it asks two things, both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from bot.reading.segments import Segment, split_segments
from bot.reading.spelling import fold

QUESTIONS = "questions"
_FILE = "questions.joblib"
_TEMPERATURES = np.geomspace(0.5, 20.0, 60)
_SEED = 20181
# Weight of the one sentence that asks, beside that of the whole message.
_OF_SENTENCE = 0.4


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class QuestionClassifier(IntentClassifier, GraphComponent):
    """Classifies intents by a linear support vector machine over n-grams.

    Its features are TF-IDF weights of character n-grams inside words and across them,
    and of words, all folded. Margins become probabilities by a softmax
    whose temperature is fitted on cross-validated margins (Guo et al. 2017, "On
    Calibration of Modern Neural Networks").

    Besides Rasa's `intent` and `intent_ranking` it sets `questions`: a list of
    `{text, start, end, intent, confidence, alternatives}`, one for each question asked.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        C: Inverse strength of the regularisation.
        character_ngrams: Shortest and longest character n-gram inside a word.
        running_ngrams: Shortest and longest character n-gram of the running text.
        word_ngrams: Shortest and longest word n-gram.
        ranking_length: How many intents are ranked.
        outside: Intents of what is none of the assistant's business.
        outside_confidence: How likely (0-1) those must be, all told, against the
            likeliest other intent for a message to be taken for one of them.
        question_prefix: What the names of intents that ask something begin with.
        question_confidence: How sure (0-1) a question must be to count beside small
            talk.
        splittable: Beginnings of the names of intents that may come two at a time.
        split_confidence: How sure (0-1) each of two questions must be to be told apart.
        """
        return {
            "C": 0.7,
            "character_ngrams": [2, 4],
            "running_ngrams": [4, 7],
            "word_ngrams": [1, 2],
            "ranking_length": 10,
            "outside": ["out_of_scope", "insult", "prompt_attack"],
            "outside_confidence": 0.64,
            "question_prefix": "ask_",
            "question_confidence": 0.4,
            "splittable": ["ask_", "change_language"],
            "split_confidence": 0.5,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Pipeline | None = None,
        temperature: float = 1.0,
    ) -> None:
        """Take the settings and the trained model, if there is one."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._temperature = temperature

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """Return an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents of the examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [fold(message.get(TEXT)) for message in examples]
        intents = np.array([message.get(INTENT) for message in examples])
        self._model = untrained_model(self._config)
        margins = cross_val_predict(
            self._model, texts, intents, cv=2, n_jobs=2, method="decision_function"
        )
        self._model.fit(texts, intents)
        self._temperature = _fit_temperature(
            margins, np.searchsorted(self._model.classes_, intents)
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((self._model, self._temperature), folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """Return the trained classifier."""
        with model_storage.read_from(resource) as folder:
            model, temperature = joblib.load(folder / _FILE)
        return cls(config, model_storage, resource, model, temperature)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set what messages ask."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._model is not None:
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: str) -> None:
        segments = split_segments(text)
        whole = Segment(text, 0, len(text))
        asking = [segment for segment in segments if segment.asks]
        parts = [whole, *asking] if len(segments) > 1 else [whole]
        probabilities = self._probabilities([part.text for part in parts])
        questions = [
            _question(part, self._ranked(row))
            for part, row in zip(parts[1:], probabilities[1:], strict=True)
        ]
        if len(asking) == 1 and len(parts) > 1:
            probabilities[0] = np.average(
                probabilities[:2], axis=0, weights=[1 - _OF_SENTENCE, _OF_SENTENCE]
            )
        ranking = self._ranked(probabilities[0])
        if not self._is_question(ranking[0]):
            # A greeting before a question is no small talk: the question counts.
            # Nor is one before a request that is none of the assistant's business.
            sure = [
                row
                for row in probabilities[1:]
                if self._is_sure_question(row) or self._is_outside(row)
            ]
            ranking = self._ranked(sure[-1]) if sure else ranking
        if len(asking) < 2 or not self._asks_several(questions):
            questions = [_question(whole, ranking)]
        message.set(INTENT, dict(ranking[0]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(QUESTIONS, questions, add_to_output=True)

    def _asks_several(self, questions: Sequence[dict[str, Any]]) -> bool:
        return len({question["intent"] for question in questions}) > 1 and all(
            question["confidence"] >= self._config["split_confidence"]
            and question["intent"].startswith(tuple(self._config["splittable"]))
            for question in questions
        )

    def _is_question(self, intent: dict[str, Any]) -> bool:
        return bool(intent["name"].startswith(self._config["question_prefix"]))

    def _is_sure_question(self, probabilities: Any) -> bool:
        best = self._ranked(probabilities)[0]
        sure = best["confidence"] >= self._config["question_confidence"]
        return sure and self._is_question(best)

    def _is_outside(self, probabilities: Any) -> bool:
        return self._ranked(probabilities)[0]["name"] in self._config["outside"]

    def _probabilities(self, texts: list[str]) -> Any:
        assert self._model is not None
        margins = self._model.decision_function([fold(text) for text in texts])
        return softmax(margins * self._temperature, axis=1)

    def _ranked(self, probabilities: Any) -> list[dict[str, Any]]:
        assert self._model is not None
        outside = np.isin(self._model.classes_, self._config["outside"])
        all_outside = probabilities[outside].sum()
        against = all_outside + probabilities[~outside].max()
        if all_outside < self._config["outside_confidence"] * against:
            probabilities = np.where(outside, 0.0, probabilities)
            probabilities = probabilities / probabilities.sum()
        best = np.argsort(-probabilities)[: self._config["ranking_length"]]
        return [
            {
                "name": str(self._model.classes_[place]),
                "confidence": float(probabilities[place]),
            }
            for place in best
        ]


def untrained_model(config: Mapping[str, Any]) -> Pipeline:
    """Return what learns to tell the intents of folded texts apart.

    Args:
        config: The component's settings.
    """

    def block(analyzer: str, ngrams: str, least: int) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer=analyzer,
            lowercase=False,
            token_pattern=r"\S+" if analyzer == "word" else None,
            ngram_range=tuple(config[ngrams]),
            min_df=least,
            sublinear_tf=True,
            dtype=np.float32,
        )

    return make_pipeline(
        make_union(
            block("char_wb", "character_ngrams", 2),
            block("char", "running_ngrams", 4),
            block("word", "word_ngrams", 1),
        ),
        LinearSVC(C=config["C"], random_state=_SEED),
    )


def _question(part: Segment, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": part.text,
        "start": part.start,
        "end": part.end,
        "intent": ranking[0]["name"],
        "confidence": ranking[0]["confidence"],
        "alternatives": [intent["name"] for intent in ranking[1:3]],
    }


def _fit_temperature(margins: Any, right: Any) -> float:
    """Return the factor on the margins at which right answers are likeliest."""

    def loss(temperature: float) -> float:
        probabilities = softmax(margins * temperature, axis=1)
        return float(
            -np.log(probabilities[np.arange(len(right)), right] + 1e-12).mean()
        )

    return float(min(_TEMPERATURES, key=loss))
