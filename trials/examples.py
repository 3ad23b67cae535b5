"""The examples that the intents are learnt from, read as data."""

from pathlib import Path
from typing import NamedTuple

from rasa.shared.nlu.constants import INTENT, TEXT

import bot.nlu.example_importer as importer
from bot.settings import content_dir

# The topic of what stands beside the folders of topics.
_TALK = "talk"
_SEED = 2019


class Example(NamedTuple):
    """One example of an intent.

    Attributes:
        text: What somebody writes.
        intent: What they ask.
        language: The language that they write in; empty where the file does not say.
        topic: The topic folder that it stands in.
        file: The file.
    """

    text: str
    intent: str
    language: str
    topic: str
    file: Path


def data_dir() -> Path:
    """Return the folder of the training data of the content in force."""
    return content_dir() / "data"


def read_examples(data: Path) -> list[Example]:
    """Return all examples of a folder of training data, file by file."""
    examples = []
    for file in sorted(data.rglob("*.yml")):
        if not importer.has_key(str(file), "nlu"):
            continue
        topic = file.parent.name if file.parent.parent != data.parent else _TALK
        for message in importer.read_examples(str(file)):
            labels = (message.get("metadata") or {}).get(INTENT) or {}
            language = labels.get("language", "")
            text, intent = message.get(TEXT), message.get(INTENT)
            examples.append(Example(text, intent, language, topic, file))
    return examples


def sample(intents: list[str], examples: int) -> list[int]:
    """Return which examples to take, by lot within each intent; 0 takes all."""
    from sklearn.model_selection import train_test_split

    every = list(range(len(intents)))
    if not 0 < examples < len(every):
        return every
    taken, _ = train_test_split(
        every, train_size=examples, stratify=intents, random_state=_SEED
    )
    return [int(place) for place in taken]
