"""Tells which words of a question many people ask with, who ask about the same."""

from __future__ import annotations

import collections
from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import json_to_string, read_json_file, write_text_file

from bot.nlu.scope_decision import QUESTIONS
from bot.progress import report
from bot.reading.form import read_form
from bot.reading.spelling import words_of

_FILE = "familiar_words.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class FamiliarWords(GraphComponent):
    """Adds `familiar` to each of a message's `questions`: a list of folded words.

    They are learnt from examples with a question word, which claim nothing: a word that
    many of them hold adds nothing to a claim of the same intent either.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        least: So many examples of an intent must hold a word.
        """
        return {"least": 2}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        words: Mapping[str, frozenset[str]],
    ) -> None:
        """Take the settings and the words of each intent."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._words = words

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FamiliarWords:
        """Return a component that has learnt no words yet."""
        return cls(config, model_storage, resource, {})

    def train(self, training_data: TrainingData) -> Resource:
        """Count the words of the examples of each intent."""
        report("familiar", 0.0)
        counts: dict[str, collections.Counter[str]] = collections.defaultdict(
            collections.Counter
        )
        for example in training_data.intent_examples:
            text = example.get(TEXT) or ""
            form = read_form(text)
            if form.question_word and not form.yes_no:
                counts[example.get(INTENT)].update(set(words_of(text)))
        self._words = {
            intent: frozenset(w for w, n in of.items() if n >= self._config["least"])
            for intent, of in counts.items()
        }
        with self._storage.write_to(self._resource) as folder:
            kept = {intent: sorted(words) for intent, words in self._words.items()}
            write_text_file(json_to_string(kept), folder / _FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FamiliarWords:
        """Return the component with the words that it has learnt."""
        with model_storage.read_from(resource) as folder:
            kept = read_json_file(folder / _FILE)
        words = {intent: frozenset(listed) for intent, listed in kept.items()}
        return cls(config, model_storage, resource, words)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: no other component learns from this."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the familiar words of the questions of messages."""
        for message in messages:
            questions = message.get(QUESTIONS)
            if questions:
                told = [self._with_familiar(question) for question in questions]
                message.set(QUESTIONS, told, add_to_output=True)
        return messages

    def _with_familiar(self, question: Mapping[str, Any]) -> dict[str, Any]:
        known = self._words.get(question["intent"], frozenset())
        words = dict.fromkeys(w for w in words_of(question["text"]) if w in known)
        return {**question, "familiar": list(words)}
