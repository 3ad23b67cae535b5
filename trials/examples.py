"""The examples that the intents are learnt from, read as data."""

from pathlib import Path
from typing import NamedTuple

import yaml

from bot.settings import content_dir

# The topic of what stands beside the folders of topics.
_TALK = "talk"
_SEED = 2019
# There are tens of thousands, which libyaml reads several times faster.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Example(NamedTuple):
    """One example of an intent.

    Attributes:
        text: What somebody writes.
        intent: What they ask.
        topic: The topic folder that it stands in.
    """

    text: str
    intent: str
    topic: str


def data_dir() -> Path:
    """Return the folder of the training data of the content in force."""
    return content_dir() / "data"


def read_examples(data: Path) -> list[Example]:
    """Return all examples of a folder of training data, file by file."""
    examples = []
    for file in sorted(data.rglob("*.yml")):
        topic = file.parent.name if file.parent.parent != data.parent else _TALK
        for block in yaml.load(file.read_text("utf-8"), _Loader).get("nlu") or ():
            examples += [
                Example(line.removeprefix("- "), block["intent"], topic)
                for line in block["examples"].splitlines()
            ]
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
