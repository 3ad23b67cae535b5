"""Recognises what a message asks, as a whole and in each of its sentences."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.optimize import minimize_scalar
from scipy.special import softmax

from bot.intents import OUTSIDE
from bot.nlu.learning import LearningComponent
from bot.nlu.linear_model import LinearModel, LinearTrainer
from bot.privacy import without_placeholders
from bot.progress import part_of, report
from bot.reading.courtesies import without_courtesies
from bot.reading.segments import Segment, split_segments
from bot.reading.spelling import fold

READINGS = "readings"
_FILE = "questions.npz"
_TEMPERATURE_FILE = "temperature.npy"
_TEMPERATURES = (0.5, 20.0)
_THOUSAND = 1000
# Two labels of the model beside the intents.
_SCOPES = ("(inside)", "(outside)")


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one part of a message may ask.

    Attributes:
        segment: The part.
        inside: How likely (0-1) each intent is, among those that are the assistant's
            business.
        outside: The same among those that are not.
        margin: How much rather (in margins of the classifier) it is one of those
            outside; negative for one inside.
        margins: The classifier's margin of each intent against all others.
    """

    segment: Segment
    inside: Mapping[str, float]
    outside: Mapping[str, float]
    margin: float
    margins: Mapping[str, float]


class Calibrated(NamedTuple):
    """A model, and the factor on its margins at which they tell likelihoods best."""

    model: LinearModel
    temperature: float

    @property
    def intents(self) -> tuple[str, ...]:
        """The model's labels of intents, in the order of its margins."""
        return self.model.labels[: -len(_SCOPES)]

    def likelihoods(self, margins: Any) -> Any:
        """Return how likely (0-1) margins make their labels, shape (..., labels)."""
        return softmax(margins * self.temperature, axis=-1)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class QuestionClassifier(LearningComponent[Calibrated], IntentClassifier):
    """Classifies intents by linear support vector machines over hashed n-grams.

    Margins become probabilities by a softmax whose temperature is fitted on
    held-out margins (Guo et al. 2017, "On Calibration of Modern Neural
    Networks").

    Besides Rasa's `intent` and `intent_ranking` it sets `readings`: one for the message
    without introductions and signatures, and, where it has several sentences, one for
    each of them.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        C: Inverse strength of the regularisation.
        features: How many features the n-grams are hashed into.
        ranking_length: How many intents are ranked.
        outside: Intents of what is none of the assistant's business.
        most_sentences: So many sentences of a message are read by themselves, for each
            thousand characters begun; the rest counts for the whole message alone.
        """
        return {
            "C": 4.0,
            "features": 2**17,
            "ranking_length": 10,
            "outside": list(OUTSIDE),
            "most_sentences": 24,
        }

    def learn(self, training_data: TrainingData) -> Calibrated:
        """Return a model of the intents of the examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        intents = np.array([message.get(INTENT) for message in examples])
        report("classifier", 0.0)
        texts = [fold(message.get(TEXT)) for message in examples]
        trainer = LinearTrainer(texts, self._config["features"], self._config["C"])
        temperature = self._fit_temperature(trainer, texts, intents)
        scopes = np.take(_SCOPES, np.isin(intents, self._config["outside"]).astype(int))
        by_intent = trainer.fit(intents, part_of("classifier", 0.33, 0.95))
        by_scope = trainer.fit(scopes, part_of("classifier", 0.95, 1.0))
        return Calibrated(by_intent.beside(by_scope), temperature)

    @staticmethod
    def save(learnt: Calibrated, folder: Path) -> None:
        """Write the model and its temperature."""
        learnt.model.save(folder / _FILE)
        np.save(folder / _TEMPERATURE_FILE, learnt.temperature)

    @staticmethod
    def read(folder: Path) -> Calibrated:
        """Return the model and its temperature."""
        temperature = float(np.load(folder / _TEMPERATURE_FILE))
        return Calibrated(LinearModel.load(folder / _FILE), temperature)

    def complete(self, message: Message, learnt: Calibrated) -> None:
        """Set what a message may ask."""
        text = message.get(TEXT)
        # What was left out of a message says nothing of what it asks.
        rest = without_placeholders(text)
        text = rest if rest.strip() else text
        core = without_courtesies(text)
        segments = split_segments(text, core.start, core.end)
        most = self._config["most_sentences"] * math.ceil(len(text) / _THOUSAND)
        parts = [core, *(segments[:most] if len(segments) > 1 else ())]
        margins = learnt.model.margins([fold(part.text) for part in parts])
        message.set(READINGS, self._readings(parts, margins, learnt))
        ranking = _ranking(
            learnt.intents,
            learnt.likelihoods(margins[0][: -len(_SCOPES)]),
            self._config["ranking_length"],
        )
        message.set(INTENT, dict(ranking[0]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    @functools.cached_property
    def _outside(self) -> Any:
        """Tell of each intent of the model whether it is none of the business."""
        return np.isin(
            self._learnt.intents if self._learnt else (), self._config["outside"]
        )

    def _readings(
        self, parts: Sequence[Segment], margins: Any, learnt: Calibrated
    ) -> list[Reading]:
        """Return what parts of a message may ask, of margins of each."""
        intents, outside = learnt.intents, self._outside
        of_intents = margins[:, : -len(_SCOPES)]
        rather = of_intents[:, outside].max(axis=1) - of_intents[:, ~outside].max(
            axis=1
        )
        return [
            Reading(*each)
            for each in zip(
                parts,
                _likely(learnt, of_intents, ~outside),
                _likely(learnt, of_intents, outside),
                ((rather + margins[:, -1]) / 2).tolist(),
                (dict(zip(intents, row, strict=True)) for row in of_intents.tolist()),
                strict=True,
            )
        ]

    def _fit_temperature(
        self, trainer: LinearTrainer, texts: Sequence[str], intents: Any
    ) -> float:
        """Return the factor on the margins at which right answers are likeliest.

        The margins are of the half of the examples that a model of the other half has
        not learnt from.
        """
        names, labels = np.unique(intents, return_inverse=True)
        learnt, held_out = _halves(texts, intents)
        model = trainer.fit(intents, part_of("classifier", 0.0, 0.33), learnt)
        assert model.labels == tuple(names)
        margins, right = trainer.margins(model, held_out), labels[held_out]

        def loss(logarithm: float) -> float:
            probabilities = softmax(margins * math.exp(logarithm), axis=1)
            return float(
                -np.log(probabilities[np.arange(len(right)), right] + 1e-12).mean()
            )

        bounds = tuple(map(math.log, _TEMPERATURES))
        return math.exp(minimize_scalar(loss, bounds=bounds, method="bounded").x)


def _halves(texts: Sequence[str], intents: Any) -> tuple[Any, Any]:
    """Return the places of one half of the examples, and of the other.

    A sentence's own digest says where it belongs, so that one sentence more moves none
    of the others. Of an intent with very few, none might stand in the first half: then
    all do.
    """
    first = np.array([zlib.crc32(text.encode()) % 2 == 0 for text in texts])
    first |= ~np.isin(intents, np.unique(intents[first]))
    second = ~first if not first.all() else first
    return np.flatnonzero(first), np.flatnonzero(second)


def _likely(
    learnt: Calibrated, margins: Any, chosen: Any
) -> Iterator[dict[str, float]]:
    """Yield how likely each of some intents is, for each row of margins."""
    names = tuple(itertools.compress(learnt.intents, chosen))
    for row in learnt.likelihoods(margins[:, chosen]).tolist():
        yield dict(zip(names, row, strict=True))


def _ranking(
    intents: tuple[str, ...], probabilities: Any, length: int
) -> list[dict[str, Any]]:
    best = np.argsort(-probabilities)[:length]
    return [
        {"name": intents[place], "confidence": float(probabilities[place])}
        for place in best
    ]
