"""Finds names: those of the knowledge base, and those that it does not hold."""

# Longer than other modules: known, asked and unknown names hang on each other.

from __future__ import annotations

import collections
import functools
import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import json_to_string, read_json_file, write_text_file

from bot.knowledge import load_knowledge
from bot.knowledge.models import FIELD, LAND
from bot.nlu.learning import LearningComponent
from bot.nlu.spacy_pipeline import SpacyPipeline
from bot.progress import report
from bot.reading.lexicon import word_list, word_table
from bot.reading.names import NameMatch, NameMatcher
from bot.reading.spans import Spans
from bot.reading.spelling import WORD, Token, fold, tokens_of, words_of

NAME = "name"
UNKNOWN_NAME = "unknown_name"
_FILE = "known_words.json"
# Only letters, spaces and hyphens are ever said back to the person.
_UNSPEAKABLE = frozenset('0123456789@<>{}[]/\\|&=+*%$#"`~^_:;!?')
_LONGEST_UNKNOWN = 40
# Words of the longest name, and letters of the shortest, that are found by their place.
_LONGEST_ASKED = 5
_SHORTEST_ASKED = 4
_CAPITALISED = re.compile(
    r"(?<=[^.?!:«\"–-] )[A-ZÆØÅ](?:[\w&-]|\.(?=\w))+"
    r"(?: (?:og |i |of )?[A-ZÆØÅ][\w&-]+)*"
)

# What spaCy takes for a word each, about.
_READ = re.compile(r"\w+|[^\w\s]")
_NEXT_WORD = re.compile(r" (\w+)")
_WORD_BEFORE = re.compile(r"\b(\w+) (?:i|in|of|på|ved) $")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    is_trainable=True,
    model_from="SpacyPipeline",
)
class KnowledgeNameExtractor(LearningComponent[frozenset[str]], EntityExtractorMixin):
    """Extracts `name` (an id of names.yml) and `unknown_name` (as it was written).

    Training only notes which words are common in the examples, so that a real word is
    not taken for a misspelt name.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that must come before this one."""
        return [SpacyPipeline]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings.

        known_word_count: A word that so many examples hold is a real word.
        most_read: Among so many words and marks at the beginning of a message spaCy
            looks for names; behind them a name needs its capital letter.
        most_strange: Or up to so many words that may be names. An e-mail holds half
            as many.
        unknown_labels: spaCy labels of names that count as unknown names.
        """
        return {
            "known_word_count": 4,
            "most_read": 60,
            "most_strange": 40,
            "unknown_labels": [
                "PER",
                "ORG",
                "GPE_LOC",
                "GPE_ORG",
                "LOC",
                "EVT",
                "PROD",
                "MISC",
            ],
        }

    def learn(self, training_data: TrainingData) -> frozenset[str]:
        """Return the common words of the examples."""
        report("names", 0.0)
        texts = (example.get(TEXT) or "" for example in training_data.nlu_examples)
        return common_words(texts, self._config["known_word_count"])

    @staticmethod
    def save(learnt: frozenset[str], folder: Path) -> None:
        """Write the words in the order of the alphabet."""
        write_text_file(json_to_string(sorted(learnt)), folder / _FILE)

    @staticmethod
    def read(folder: Path) -> frozenset[str]:
        """Return the words."""
        return frozenset(read_json_file(folder / _FILE))

    def complete(self, message: Message, learnt: frozenset[str]) -> None:
        """Add the names to a message."""
        entities = self._entities(message.get(TEXT))
        kept = message.get(ENTITIES, [])
        message.set(ENTITIES, kept + entities, add_to_output=True)

    # Rasa gives the methods what their parameters name.
    def train(  # type: ignore[override]
        self, training_data: TrainingData, model: SpacyModel
    ) -> Resource:
        """Learn from the examples, without spaCy, and keep what they teach."""
        del model
        return super().train(training_data)

    def process(  # type: ignore[override]
        self, messages: list[Message], model: SpacyModel
    ) -> list[Message]:
        """Complete the messages with a text, once something was learnt."""
        self._spacy = model.model
        completed = super().process(messages)
        # It will be wanted soon, and this message need not wait for it.
        self._spacy.begin()
        return completed

    @property
    def _known_words(self) -> frozenset[str]:
        return self._learnt or frozenset()

    @functools.cached_property
    def _matcher(self) -> NameMatcher:
        return NameMatcher(load_knowledge().names.values(), self._known_words)

    @functools.cached_property
    def _types(self) -> dict[str, str]:
        return {name.id: name.type for name in load_knowledge().names.values()}

    def _entities(self, text: str) -> list[dict[str, Any]]:
        known = self._matcher.find(text)
        unknown = Spans(self._institutions(text, known))
        for span in self._asked_about(text, known):
            if not unknown.overlap(*span):
                unknown.add(*span)
        known = [m for m in known if not unknown.overlap(m.start, m.start + 1)]
        at = Spans((m.start, m.end) for m in known)
        hidden: set[int] = set()
        for whole_start, end in [
            *self._recognised(text, known),
            *self._capitalised(text),
        ]:
            start = _after_question_words(text, whole_start, end)
            touched = set(at.overlapping(start, end)) - hidden
            inside = [known[number] for number in sorted(touched)]
            if self._is_unknown(text[start:end], inside) and not unknown.overlap(
                start, end
            ):
                unknown.add(start, end)
                # `Universitetet i Paris` is a name of its own, and no place.
                hidden |= touched
        known = [match for number, match in enumerate(known) if number not in hidden]
        return [
            *(self._entity(NAME, m.id, m.start, m.end, m.score) for m in known),
            *(
                self._entity(UNKNOWN_NAME, text[start:end], start, end, 1.0)
                for start, end in unknown
            ),
        ]

    def _institutions(
        self, text: str, known: list[NameMatch]
    ) -> Iterable[tuple[int, int]]:
        """Yield where a place is part of another name.

        It begins it, as in `Paris universitetssykehus`, or ends it, as in
        `universitetet i Paris`.
        """
        places = [match for match in known if self._types[match.id] in LAND]
        for match in places:
            following = _NEXT_WORD.match(text, match.end)
            if following and fold(following[1]) in word_list("institutions"):
                yield match.start, following.end()
            nearby = max(match.start - _LONGEST_UNKNOWN, 0)
            before = _WORD_BEFORE.search(text, nearby, match.start)
            if before and fold(before[1]) in word_list("institutions"):
                yield before.start(), match.end

    def _asked_about(
        self, text: str, known: list[NameMatch]
    ) -> Iterable[tuple[int, int]]:
        """Yield whom `did startuplab get money` asks about, in lower case too.

        It stands between the verb that opens a yes/no question and `get`, `with` or
        such, and is no word that the examples hold.
        """
        words = tokens_of(text)
        if not words or words[0].word not in word_list("verbs_first"):
            return
        inside: list[Token] = []
        for token in words[1 : _LONGEST_ASKED + 2]:
            if token.word in word_list("membership"):
                break
            inside.append(token)
        else:
            return
        strange = [
            (start, end)
            for start, end, word in inside
            if len(word) >= _SHORTEST_ASKED
            and word.isalpha()
            and word not in self._known_words
            and not any(match.start < end and start < match.end for match in known)
        ]
        if strange and strange[0][0] == inside[0].start:
            yield strange[0][0], _end_of_run(strange)

    def _recognised(self, text: str, known: list[NameMatch]) -> list[tuple[int, int]]:
        """Return the names that spaCy finds, where there is a word that may be one.

        It gets the text in lower case, as people who chat write.
        """
        most = self._config["most_read"]
        ends = [m.end() for m in itertools.islice(_READ.finditer(text), most - 1, most)]
        strange = [
            token
            for token in tokens_of(text[: min(ends, default=len(text))])
            if token.word not in self._known_words
            and token.word not in _ordinary()
            and not token.word.isdecimal()
        ]
        # A part of a name that is known makes none that is not.
        at = Spans((m.start, m.end) for m in known)
        if all(at.overlap(token.start, token.end) for token in strange):
            return []
        ends += [token.end for token in strange[self._config["most_strange"] - 1 :]]
        text = text[: min(ends, default=len(text))]
        labels = self._config["unknown_labels"]
        return [
            (span.start_char, span.end_char)
            for span in self._spacy(text.lower()).ents
            if span.label_ in labels
        ]

    @staticmethod
    def _capitalised(text: str) -> list[tuple[int, int]]:
        """Return runs of capitalised words inside a sentence, which spaCy may miss."""
        if text.isupper():
            return []
        return [match.span() for match in _CAPITALISED.finditer(text)]

    def _is_unknown(self, name: str, inside: list[NameMatch]) -> bool:
        if len(name) > _LONGEST_UNKNOWN or _UNSPEAKABLE.intersection(name):
            return False
        words = words_of(name)
        if not words or _ordinary().issuperset(words):
            return False
        # `Helse Vest` is a name of its own, though `helse` is a field.
        kinds = {self._types[match.id] for match in inside}
        if kinds - {*LAND, FIELD}:
            return False
        if any(match.end - match.start == len(name) for match in inside):
            return False
        if FIELD in kinds and not name.split()[-1][:1].isupper():
            return False
        written = [match.group() for match in WORD.finditer(name)]
        capitals = sum(word[:1].isupper() for word in written)
        if inside:
            # `Universitetet i Paris`, but not `Paris get`.
            return written[0][:1].isupper() and capitals > len(inside)
        return capitals > 1 or any(word not in self._known_words for word in words)

    def _entity(
        self, entity: str, value: str, start: int, end: int, score: float
    ) -> dict[str, Any]:
        return {
            "entity": entity,
            "value": value,
            "start": start,
            "end": end,
            "confidence_entity": round(score, 3),
            "extractor": type(self).__name__,
        }


@functools.cache
def _ordinary() -> frozenset[str]:
    """Return the words that begin with a capital in some language and name nobody."""
    lists = word_list("homeland") | word_list("weekdays") | word_list("definite")
    return lists | word_table("languages").keys() | word_table("months").keys()


def _end_of_run(words: list[tuple[int, int]]) -> int:
    """Return where the first of some words ends, and those right behind it."""
    end = words[0][1]
    for start, following in words[1:]:
        if start != end + 1:
            break
        end = following
    return end


def _after_question_words(text: str, start: int, end: int) -> int:
    """Return where a name begins that was found with `How` or `Did` before it."""
    opening = word_list("question_words") | word_list("verbs_first")
    for word in WORD.finditer(text, start, end):
        if fold(word.group()) not in opening:
            return word.start()
    return end


def common_words(texts: Iterable[str], least: int) -> frozenset[str]:
    """Return the folded words that so many texts write, and mostly in lower case.

    A town is written with a capital oftener than not, so it is no such word.
    """
    lower: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    for text in texts:
        written = [match.group() for match in WORD.finditer(text)]
        inside = [w for w in written[1:] if w[:1].isupper()] if written else []
        capital.update({fold(word) for word in inside})
        lower.update({fold(word) for word in written if word.islower()})
    return frozenset(
        word for word, n in lower.items() if n >= least and n > capital[word]
    )
