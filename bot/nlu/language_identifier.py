"""Tells the written language of a message: Bokmål, Nynorsk or English."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.learning import LearningComponent
from bot.progress import report

LANGUAGE = "language"
LANGUAGE_CONFIDENCE = "language_confidence"
_FILE = "language.npz"
_SEED = 20181
# As many words are remembered as some thousand messages hold.
_WORDS_KEPT = 8192
_LONGEST_KEPT = 40
_LEFT_OUT = re.compile(r"\[[\w-]+\]")


def ngrams(text: str, largest: int) -> Iterator[str]:
    """Yield the character n-grams of a text's words, whose ends show as blanks."""
    for word in text.split():
        padded = f" {word} "
        for n in range(1, largest + 1):
            if n >= len(padded):
                yield padded
                break
            yield from (padded[i : i + n] for i in range(len(padded) - n + 1))


@dataclasses.dataclass(frozen=True, eq=False)
class LanguageModel:
    """Logistic regressions over n-grams, one for each language against the others.

    Attributes:
        languages: The languages.
        largest: Characters in the longest n-gram.
        vocabulary: The place of each n-gram that is known.
        idf: Inverse document frequency of each, shape (n-grams,).
        weights: Shape (n-grams, languages).
        biases: Shape (languages,).
    """

    languages: tuple[str, ...]
    largest: int
    vocabulary: Mapping[str, int]
    idf: Any
    weights: Any
    biases: Any

    def likelihoods(self, text: str) -> Any:
        """Return how likely (0-1) each language is, shape (languages,)."""
        counts: Counter[int] = Counter()
        for word in text.split():
            counts.update((self._of if len(word) <= _LONGEST_KEPT else self._in)(word))
        places = list(counts)
        values = (1 + np.log(list(counts.values()))) * self.idf[places]
        values /= np.sqrt(values @ values) or 1.0
        each = expit(values @ self.weights[places] + self.biases)
        return each / each.sum()

    @functools.lru_cache(maxsize=_WORDS_KEPT)  # noqa: B019  # models live on
    def _of(self, word: str) -> list[int]:
        """Return what `_in` does, and remember it."""
        return self._in(word)

    def _in(self, word: str) -> list[int]:
        """Return the places of the n-grams of a word that are known."""
        known = self.vocabulary
        return [known[n] for n in ngrams(word, self.largest) if n in known]

    def save(self, file: Path) -> None:
        """Write the model to a file."""
        fields = {**vars(self), "vocabulary": np.array(list(self.vocabulary))}
        np.savez(file, **fields)

    @classmethod
    def load(cls, file: Path) -> LanguageModel:
        """Read a model that `save` wrote."""
        with np.load(file) as stored:
            fields = {name: stored[name] for name in stored.files}
        ngrams_kept = fields.pop("vocabulary").tolist()
        return cls(
            languages=tuple(fields.pop("languages").tolist()),
            largest=int(fields.pop("largest")),
            vocabulary={ngram: place for place, ngram in enumerate(ngrams_kept)},
            **fields,
        )


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class LanguageIdentifier(LearningComponent[LanguageModel | None]):
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
        most_words: So many words, the first ones, show the language of a message.
        """
        return {
            "least_confidence": 0.7,
            "short": 4,
            "short_confidence": 0.9,
            "largest_ngram": 4,
            "most_words": 80,
        }

    def learn(self, training_data: TrainingData) -> LanguageModel | None:
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
        largest = self._config["largest_ngram"]
        vectorizer = TfidfVectorizer(
            analyzer=functools.partial(_ngrams_of, largest=largest),
            sublinear_tf=True,
            min_df=2,
        )
        features = vectorizer.fit_transform(texts)
        fitted = LogisticRegression(
            C=30, solver="liblinear", class_weight="balanced", random_state=_SEED
        )
        fitted.fit(features, languages)
        weights, biases = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:
            # Of two classes scikit-learn gives the second alone.
            weights, biases = np.vstack([-weights, weights]), np.r_[-biases, biases]
        return LanguageModel(
            languages=tuple(str(language) for language in fitted.classes_),
            largest=largest,
            vocabulary={
                n: place for place, n in enumerate(vectorizer.get_feature_names_out())
            },
            idf=vectorizer.idf_.astype(np.float32),
            weights=np.ascontiguousarray(weights.T, dtype=np.float32),
            biases=biases.astype(np.float32),
        )

    @staticmethod
    def save(learnt: LanguageModel | None, folder: Path) -> None:
        """Write the model."""
        if learnt is not None:
            learnt.save(folder / _FILE)

    @staticmethod
    def read(folder: Path) -> LanguageModel | None:
        """Return the model."""
        file = folder / _FILE
        return LanguageModel.load(file) if file.exists() else None

    def complete(self, message: Message, learnt: LanguageModel | None) -> None:
        """Set the language of a message where it is plain."""
        assert learnt is not None  # Nothing is completed that was not learnt.
        language, confidence = self._identify(message.get(TEXT), learnt)
        if language:
            message.set(LANGUAGE, language, add_to_output=True)
            message.set(LANGUAGE_CONFIDENCE, round(confidence, 4), add_to_output=True)

    def _identify(self, text: str, model: LanguageModel) -> tuple[str | None, float]:
        # What was left out of a message says nothing of its language.
        text = _LEFT_OUT.sub("", text)
        if not any(letter.isalpha() for letter in text):
            return None, 0.0
        words = text.split()
        shown = " ".join(words[: self._config["most_words"]])
        probabilities = model.likelihoods(shown.lower())
        best = probabilities.argmax()
        short = len(words) < self._config["short"]
        least = self._config["short_confidence" if short else "least_confidence"]
        confidence = float(probabilities[best])
        language = model.languages[best]
        return (language if confidence >= least else None), confidence


def _ngrams_of(text: str, largest: int) -> list[str]:
    return list(ngrams(text.lower(), largest))


def _language_of(example: Message) -> str | None:
    metadata = example.get("metadata") or {}
    of_intent = metadata.get("intent") or {}
    language = of_intent.get(LANGUAGE) if isinstance(of_intent, dict) else None
    return str(language) if language else None
