"""A linear classifier of short texts: hashed n-grams, and two bytes a weight."""

# Longer than other modules: the features, the model and how it is learnt.

from __future__ import annotations

import dataclasses
import functools
import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.svm import LinearSVC
from sklearn.utils import murmurhash3_32

from bot.progress import Tell

_WORKERS = 2
_SEED = 20181
# Coarser, some weights would move a step where hardly anything was learnt.
_LARGEST_WEIGHT = 32_767
# liblinear goes through the examples in an order drawn by lot, which one example more
# changes for all. Close to the best machine, of which there is one, that makes no odds.
_TOLERANCE = 1e-3
# Of a fit of halves, whose machines are not kept.
_ROUGH_TOLERANCE = 0.5
_MOST_ROUNDS = 20_000
_INSIDE_WORDS = (2, 3)
_ACROSS_WORDS = (5,)
# Labels that are learnt at a time: liblinear copies the features for each of its runs.
_GROUP = 13
_REST = "(rest)"
# N-grams and words whose hashes are remembered: those of some thousands of messages.
_HASHES_KEPT = 65_536
_WORDS_KEPT = 8_192
_LONGEST_KEPT = 40


def ngrams(text: str) -> list[str]:
    """Return the words, pairs of words and character n-grams of a folded text.

    Words and pairs begin with `=`, n-grams of the running text with `~`; n-grams inside
    a word show its ends as blanks.
    """
    words = text.split()
    found = [ngram for word in words for ngram in _of_word(word)]
    return found + _across_words(text, words)


def _of_word(word: str) -> list[str]:
    found = [f"={word}"]
    padded = f" {word} "
    for n in _INSIDE_WORDS:
        if n >= len(padded):
            found.append(padded)
            break
        found += [padded[i : i + n] for i in range(len(padded) - n + 1)]
    return found


def _across_words(text: str, words: Sequence[str]) -> list[str]:
    found = [f"={a} {b}" for a, b in itertools.pairwise(words)]
    for n in _ACROSS_WORDS:
        found += [f"~{text[i : i + n]}" for i in range(len(text) - n + 1)]
    return found


@dataclasses.dataclass(frozen=True)
class LinearModel:
    """Linear support vector machines, one for each label against the rest.

    The n-grams are hashed into a fixed number of features (Weinberger et al. 2009,
    "Feature Hashing for Large Scale Multitask Learning"), so there is no vocabulary to
    keep; their counts are weighted by TF-IDF. Each label's weights share one scale and
    are rounded to two bytes.

    Attributes:
        labels: The labels.
        idf: Inverse document frequency of each feature, shape (features,).
        weights: Rounded weights, shape (features, labels).
        scales: What one step of a label's weights is worth, shape (labels,).
        biases: Shape (labels,).
    """

    labels: tuple[str, ...]
    idf: Any
    weights: Any
    scales: Any
    biases: Any

    def margins(self, texts: Sequence[str]) -> Any:
        """Return the margins of folded texts, shape (texts, labels)."""
        return np.array([self._margins(text) for text in texts], dtype=np.float32)

    def _margins(self, text: str) -> Any:
        """Return the margins of one folded text, shape (labels,).

        It gives what scikit-learn's transformers give, which for a single text take
        five times as long with their checks and sparse matrices.
        """
        words = text.split()
        hashed: list[int] = []
        for word in words:
            look_up = _features_of if len(word) <= _LONGEST_KEPT else _features_in
            hashed += look_up(word, len(self.idf))
        across = _across_words(text, words)
        hashed += [_feature_of(ngram, len(self.idf)) for ngram in across]
        if not hashed:
            return self.biases
        features, counts = np.unique(hashed, return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self.idf[features]
        values /= np.sqrt(values @ values)
        weights = self.weights[features].astype(np.float32)
        return values @ weights * self.scales + self.biases

    def beside(self, other: LinearModel) -> LinearModel:
        """Return one model with this one's labels and then the other's.

        Both must have been made by one trainer.
        """
        return LinearModel(
            labels=self.labels + other.labels,
            idf=self.idf,
            weights=np.hstack([self.weights, other.weights]),
            scales=np.concatenate([self.scales, other.scales]),
            biases=np.concatenate([self.biases, other.biases]),
        )

    def save(self, file: Path) -> None:
        """Write the model to a file."""
        fields = dataclasses.asdict(self)
        np.savez(file, **{**fields, "labels": np.array(self.labels)})

    @classmethod
    def load(cls, file: Path) -> LinearModel:
        """Read a model that `save` wrote."""
        with np.load(file) as stored:
            fields = {name: stored[name] for name in stored.files}
        labels = tuple(str(label) for label in fields.pop("labels"))
        return cls(labels=labels, **fields)


class LinearTrainer:
    """Learns linear models from one set of texts, whose n-grams are counted once."""

    def __init__(self, texts: Sequence[str], features: int, strength: float) -> None:
        """Take the texts.

        Args:
            texts: Folded texts.
            features: How many features the n-grams are hashed into.
            strength: Inverse strength of the regularisation.
        """
        self._counts = _counted(texts, features)
        weighting = TfidfTransformer(sublinear_tf=True)
        self._features = weighting.fit_transform(self._counts).tocsr()
        # liblinear wants doubles, and would make them anew for each label.
        self._features = self._features.astype(np.float64)
        self._idf = weighting.idf_.astype(np.float32)
        self._strength = strength

    def fit(self, labels: Any, tell: Tell, rows: Any | None = None) -> LinearModel:
        """Return a model.

        Args:
            labels: The label of each text, shape (texts,).
            tell: Is told of the progress.
            rows: Numbers of the texts to learn from, roughly; all, as well as can be,
                when left out.
        """
        features = self._features if rows is None else self._features[rows]
        tolerance = _TOLERANCE if rows is None else _ROUGH_TOLERANCE
        intents = labels if rows is None else labels[rows]
        names = np.unique(labels)
        groups = [names[i : i + _GROUP] for i in range(0, len(names), _GROUP)]
        # Processes, as threads would share liblinear's random numbers: no two trainings
        # would give the same.
        workers = min(_WORKERS, _cores())
        fits = joblib.Parallel(workers, return_as="generator")(
            joblib.delayed(_fit)(features, intents, group, self._strength, tolerance)
            for group in groups
        )
        fitted = []
        for fit in fits:
            fitted.append(fit)
            tell(len(fitted) / len(groups))
        weights = np.vstack([coefficients for coefficients, _ in fitted])
        biases = np.concatenate([intercepts for _, intercepts in fitted])
        return self._rounded(tuple(str(name) for name in names), weights, biases)

    def _rounded(
        self, labels: tuple[str, ...], weights: Any, biases: Any
    ) -> LinearModel:
        scales = np.abs(weights).max(axis=1) / _LARGEST_WEIGHT
        rounded = np.rint(weights / scales[:, None]).astype(np.int16)
        return LinearModel(
            labels=labels,
            idf=self._idf,
            weights=np.ascontiguousarray(rounded.T),
            scales=scales.astype(np.float32),
            biases=biases.astype(np.float32),
        )

    def margins(self, model: LinearModel, rows: Any) -> Any:
        """Return a model's margins of some of the texts, shape (rows, labels)."""
        weights = model.weights.astype(np.float32) * model.scales
        return self._features[rows].astype(np.float32) @ weights + model.biases


@functools.lru_cache(maxsize=_HASHES_KEPT)
def _feature_of(ngram: str, features: int) -> int:
    """Return the feature of an n-gram, as `HashingVectorizer` hashes it."""
    return abs(int(murmurhash3_32(ngram.encode()))) % features


@functools.lru_cache(maxsize=_WORDS_KEPT)
def _features_of(word: str, features: int) -> tuple[int, ...]:
    """Return what `_features_in` does, and remember it."""
    return _features_in(word, features)


def _features_in(word: str, features: int) -> tuple[int, ...]:
    """Return the features of a word and of the n-grams inside it."""
    return tuple(_feature_of(ngram, features) for ngram in _of_word(word))


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _fit(
    features: Any, intents: Any, group: Any, strength: float, tolerance: float
) -> tuple[Any, Any]:
    """Return the weights and biases of a group of labels, each against the rest."""
    machine = LinearSVC(
        C=strength, tol=tolerance, max_iter=_MOST_ROUNDS, random_state=_SEED
    )
    machine.fit(features, np.where(np.isin(intents, group), intents, _REST))
    wanted = np.searchsorted(machine.classes_, group)
    weights, biases = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        # Of two classes scikit-learn gives the second alone.
        weights, biases = np.vstack([-weights, weights]), np.r_[-biases, biases]
    return weights[wanted], biases[wanted]


def _counted(texts: Sequence[str], features: int) -> Any:
    counter = HashingVectorizer(
        analyzer=ngrams,
        n_features=features,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )
    return counter.transform(texts)
