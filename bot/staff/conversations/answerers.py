"""The answerer of the content in force, as pages show its steps."""

import functools

from bot.answering import Answerer
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.settings import Settings


def answerer_for(settings: Settings) -> Answerer:
    """Return the answerer of the content in force; it needs no trained model."""
    return _answerer(load_knowledge(), settings)


@functools.lru_cache(maxsize=2)
def _answerer(base: KnowledgeBase, settings: Settings) -> Answerer:
    return Answerer.of(base, settings)
