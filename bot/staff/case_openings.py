"""Openings that the staff can begin an answer with, in the language of the person."""

import dataclasses
import functools

import yaml

from bot.settings import PROJECT_DIR

_TEXTS_FILE = PROJECT_DIR / "staff" / "texts" / "openings.yml"


@dataclasses.dataclass(frozen=True)
class Opening:
    """What the staff often say: its key, and the words."""

    key: str
    text: str


@functools.cache
def openings(language: str) -> tuple[Opening, ...]:
    """Return what the staff often say, in a language of the assistant's."""
    texts = yaml.safe_load(_TEXTS_FILE.read_text("utf-8"))
    return tuple(Opening(key, text) for key, text in texts[language].items())
