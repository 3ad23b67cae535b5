"""The announcement's facts: loaded from `knowledge/`, validated, and queried."""

from bot.knowledge.base import KnowledgeBase, Source
from bot.knowledge.loading import KNOWLEDGE_DIR, load_knowledge

__all__ = ["KNOWLEDGE_DIR", "KnowledgeBase", "Source", "load_knowledge"]
