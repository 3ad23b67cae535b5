"""The announcement's facts: loaded from `knowledge/`, validated, and queried."""

from bot.knowledge.base import KnowledgeBase, Source
from bot.knowledge.loading import load_knowledge

__all__ = ["KnowledgeBase", "Source", "load_knowledge"]
