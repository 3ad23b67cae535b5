"""Decides whether a message is the assistant's business, and what it asks."""

# Longer than other modules: one decision and the interface that Rasa asks of it.

from __future__ import annotations

import dataclasses
import functools
import json
import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.intents import DISTRESS, OUTSIDE
from bot.knowledge import load_knowledge
from bot.nlu.judged import Judged, Weighed, is_long, joined, rounded
from bot.nlu.learning import LearningComponent
from bot.nlu.question_classifier import READINGS, Reading
from bot.progress import report
from bot.reading.word_evidence import WordEvidence, count_words
from bot.reading.word_frequencies import WordFrequencies, read_frequencies
from bot.settings import PROJECT_DIR

QUESTIONS = "questions"
SCOPE = "scope"
_COUNTS_FILE = "word_counts.json"
_FREQUENCIES_FILE = "word_frequencies.npz"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class ScopeDecision(LearningComponent[WordEvidence], IntentClassifier):
    """Tells questions about the announcement from everything else.

    The classifier knows the shape of a question and is blind to words that it has not
    met. So its margin is joined with word evidence: the share of what a text's words
    say that no example explains (`bot.reading.word_evidence`). Both are weighed for the
    sentences that ask and for the whole message.

    It sets Rasa's `intent` and `intent_ranking` anew; `questions`, a list of `{text,
    start, end, intent, confidence, alternatives}`, one for each question asked; and
    `scope`: `{outside, unexplained, words}`, the reasons for the decision.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        outside: Intents of what is none of the assistant's business.
        evidence: What the unexplained share (0-1) of the words weighs beside the
            classifier's margin.
        talk_unexplained: The most that counts of the unexplained share (0-1) where no
            question is asked.
        midpoint: The sum of both at which in and out are equally likely.
        slope: How fast the likelihood changes around it.
        base_confidence: The confidence (0-1) that the reply is right where the
            likeliest intent inside, or outside, is hardly likelier than others.
        urgent: Intents that are answered alone, whatever else is asked, each with the
            least margin of the classifier that is taken for it: the mean of a sentence
            and the whole message. One below 0 errs on the safe side.
        ranking_length: How many intents are ranked.
        question_prefix: What the names of intents that ask something begin with.
        question_confidence: How sure (0-1) a question must be to count beside small
            talk.
        splittable: Beginnings of the names of intents that may come two at a time.
        split_confidence: How sure (0-1) each of two questions must be to be told apart.
        most_questions: So many questions of a message are answered, the first ones.
            Nobody asks more at a time.
        likely_confidence: How sure (0-1) a question of a long message must be to be
            answered there.
        nynorsk: A table of how often words stand in Nynorsk text, in the project.
        """
        return {
            "outside": list(OUTSIDE),
            "evidence": 2.0,
            "talk_unexplained": 0.2,
            "midpoint": 0.55,
            "slope": 4.0,
            "base_confidence": 0.5,
            "urgent": {DISTRESS: -0.2},
            "ranking_length": 10,
            "question_prefix": "ask_",
            "question_confidence": 0.65,
            "splittable": ["ask_", "change_language"],
            "split_confidence": 0.7,
            "most_questions": 6,
            "likely_confidence": 0.5,
            "nynorsk": "language_model/frequencies/nynorsk.tsv",
        }

    def learn(self, training_data: TrainingData) -> WordEvidence:
        """Return the words of the examples, in and out, and how frequent they are."""
        report("scope", 0.0)
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        inside, outside = (
            count_words(
                example.get(TEXT)
                for example in examples
                if (example.get(INTENT) in self._config["outside"]) is wanted
            )
            for wanted in (False, True)
        )
        frequencies = read_frequencies(PROJECT_DIR / self._config["nynorsk"])
        report("scope", 1.0)
        return WordEvidence(inside, outside, frequencies)

    @staticmethod
    def save(learnt: WordEvidence, folder: Path) -> None:
        """Write the counts of words, and how frequent they are at large."""
        counts = json.dumps(
            [learnt.inside, learnt.outside], ensure_ascii=False, sort_keys=True
        )
        (folder / _COUNTS_FILE).write_text(counts, "utf-8")
        frequencies = dataclasses.asdict(learnt.frequencies)
        np.savez(folder / _FREQUENCIES_FILE, **frequencies)

    @staticmethod
    def read(folder: Path) -> WordEvidence:
        """Return what is known of words."""
        inside, outside = json.loads((folder / _COUNTS_FILE).read_text("utf-8"))
        with np.load(folder / _FREQUENCIES_FILE) as stored:
            frequencies = WordFrequencies(stored["hashes"], stored["values"])
        return WordEvidence(inside, outside, frequencies)

    def complete(self, message: Message, learnt: WordEvidence) -> None:
        """Set what a message asks, as far as that is the assistant's business."""
        readings = message.get(READINGS)
        if readings:
            self._decide(message, readings, learnt)

    @functools.cached_property
    def _asks_names(self) -> tuple[str, ...]:
        # A model goes on with what was known when it was loaded.
        return load_knowledge().content.asks_names

    def _decide(
        self, message: Message, readings: Sequence[Reading], words: WordEvidence
    ) -> None:
        entities = message.get(ENTITIES) or []
        weighed = [
            self._weigh(reading, entities, words, self._asks_names)
            for reading in readings
        ]
        judged, *parts = [self._judge(part, weighed[0]) for part in weighed]
        asking = [part for part in parts if part.reading.segment.asks]
        asking = asking[: self._config["most_questions"]]
        of_whole = min(asking, key=lambda part: part.outside, default=None)
        if of_whole:
            judged = dataclasses.replace(judged, outside=of_whole.outside)
        chosen = self._urgent([judged, *parts]) or self._questions(judged, asking)
        ranking = [
            {"name": name, "confidence": rounded(likely)}
            for name, likely in chosen[0].ranking[: self._config["ranking_length"]]
        ]
        shown = of_whole or judged
        scope = {
            "outside": rounded(shown.outside),
            "unexplained": rounded(shown.evidence.unexplained),
            "words": list(shown.evidence.words),
        }
        message.set(INTENT, dict(ranking[0]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(
            QUESTIONS, [each.as_question() for each in chosen], add_to_output=True
        )
        message.set(SCOPE, scope, add_to_output=True)

    def _weigh(
        self,
        reading: Reading,
        entities: Sequence[Mapping[str, Any]],
        words: WordEvidence,
        asks_names: Collection[str],
    ) -> Weighed:
        """Return a part with the score that its words and the classifier give it.

        Whoever asks one of `asks_names` may ask about a name that is not known.
        """
        segment = reading.segment
        likeliest = max(reading.inside, key=reading.inside.__getitem__)
        explained = {"name"}
        if likeliest in asks_names:
            explained.add("unknown_name")
        names = [
            segment.text[e["start"] - segment.start : e["end"] - segment.start]
            for e in entities
            if e["entity"] in explained
            and segment.start <= e["start"]
            and e["end"] <= segment.end
        ]
        evidence = words.of(segment.text, names)
        share = evidence.unexplained
        if not likeliest.startswith(tuple(self._config["splittable"])):
            # Who greets in words of their own is no outsider.
            share = min(share, self._config["talk_unexplained"])
        score = reading.margin + self._config["evidence"] * share
        return Weighed(reading, evidence, score)

    def _judge(self, part: Weighed, whole: Weighed) -> Judged:
        """Return a part with its likelihood, by its score and the whole message's."""
        score = (part.score + whole.score) / 2 - self._config["midpoint"]
        likelihood = 1 / (1 + math.exp(-self._config["slope"] * score))
        base = self._config["base_confidence"]
        return Judged(part.reading, part.evidence, likelihood, base)

    def _urgent(self, judged: Sequence[Judged]) -> list[Judged]:
        """Return the surest part that cannot wait, alone, if there is one."""
        whole = judged[0].reading.margins
        urgent = [
            (margin, number, intent)
            for number, part in enumerate(judged)
            for intent, least in self._config["urgent"].items()
            if intent in whole
            and (margin := (part.reading.margins[intent] + whole[intent]) / 2) > least
        ]
        if not urgent:
            return []
        _, number, intent = max(urgent)
        reading = dataclasses.replace(judged[number].reading, inside={intent: 1.0})
        return [dataclasses.replace(judged[number], reading=reading, outside=0.0)]

    def _questions(
        self,
        whole: Judged,
        asking: Sequence[Judged],
    ) -> list[Judged]:
        """Return the parts that are answered, each on its own."""
        several = [part for part in asking if self._can_stand_alone(part)]
        alone = set(map(id, several))
        others = [part for part in asking if id(part) not in alone]
        apart = len({part.best[0] for part in several}) > 1 or (several and others)
        if len(asking) > 1 and apart and all(map(self._is_outside, others)):
            return several
        likely = [part for part in asking if self._is_likely(part)]
        if len(asking) > 1 and likely and is_long(whole):
            return likely
        if len(asking) == 1:
            whole = joined(whole, asking[0])
        if not self._is_question(whole):
            # A greeting before a question is no small talk: the question counts. Nor is
            # one before a request that is none of the assistant's business.
            sure = [p for p in asking if self._is_sure(p) or self._is_outside(p)]
            whole = sure[-1] if sure else whole
        return [whole]

    def _can_stand_alone(self, part: Judged) -> bool:
        intent, likely = part.best
        return likely >= self._config["split_confidence"] and intent.startswith(
            tuple(self._config["splittable"])
        )

    def _is_likely(self, part: Judged) -> bool:
        """Tell whether a sentence of a long message asks something by itself."""
        return part.best[1] >= self._config["likely_confidence"] and self._is_question(
            part
        )

    def _is_question(self, part: Judged) -> bool:
        return part.best[0].startswith(self._config["question_prefix"])

    def _is_sure(self, part: Judged) -> bool:
        sure = part.best[1] >= self._config["question_confidence"]
        return sure and self._is_question(part)

    def _is_outside(self, part: Judged) -> bool:
        return part.best[0] in self._config["outside"]
