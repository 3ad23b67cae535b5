"""Tells which words of a question many people ask with, who ask about the same."""

from __future__ import annotations

import collections
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import json_to_string, read_json_file, write_text_file

from bot.nlu.learning import LearningComponent
from bot.nlu.scope_decision import QUESTIONS
from bot.progress import report
from bot.reading.form import read_form
from bot.reading.spelling import words_of

Words = Mapping[str, frozenset[str]]
_FILE = "familiar_words.json"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True
)
class FamiliarWords(LearningComponent[Words]):
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

    def learn(self, training_data: TrainingData) -> Words:
        """Return the words that many examples of each intent hold."""
        report("familiar", 0.0)
        counts: dict[str, collections.Counter[str]] = collections.defaultdict(
            collections.Counter
        )
        for example in training_data.intent_examples:
            text = example.get(TEXT) or ""
            form = read_form(text)
            if form.question_word and not form.yes_no:
                counts[example.get(INTENT)].update(set(words_of(text)))
        return {
            intent: frozenset(w for w, n in of.items() if n >= self._config["least"])
            for intent, of in counts.items()
        }

    @staticmethod
    def save(learnt: Words, folder: Path) -> None:
        """Write the words in the order of the alphabet."""
        kept = {intent: sorted(words) for intent, words in learnt.items()}
        write_text_file(json_to_string(kept), folder / _FILE)

    @staticmethod
    def read(folder: Path) -> Words:
        """Return the words of each intent."""
        kept = read_json_file(folder / _FILE)
        return {intent: frozenset(listed) for intent, listed in kept.items()}

    def complete(self, message: Message, learnt: Words) -> None:
        """Add the familiar words of the questions of a message."""
        questions = message.get(QUESTIONS)
        if questions:
            told = [_with_familiar(question, learnt) for question in questions]
            message.set(QUESTIONS, told, add_to_output=True)


def _with_familiar(question: Mapping[str, Any], words: Words) -> dict[str, Any]:
    known = words.get(question["intent"], frozenset())
    familiar = dict.fromkeys(w for w in words_of(question["text"]) if w in known)
    return {**question, "familiar": list(familiar)}
