"""What topics, gaps and intents are called where people read of them: never by an id.

Most have a question that stands on a button. The others are called by the beginning of
what is told of them.
"""

import re
import textwrap
from collections.abc import Mapping

from bot.knowledge import KnowledgeBase
from bot.languages import Language

_LONGEST = 70
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_MORE = " …"


def topic_title(base: KnowledgeBase, language: Language, topic: str) -> str:
    """Return what a topic or gap is called; what the content has no more, by its id."""
    words = base.wording[language]
    if topic in words.topics:
        told = words.topics[topic]
        return told.ask or _beginning(told.answer)
    if topic in words.gap_questions:
        return words.gap_questions[topic]
    if topic in base.gaps and topic in words.gaps:
        return _beginning(words.gaps["alone"].format(gap=words.gaps[topic]))
    return topic


def intent_title(
    base: KnowledgeBase, language: Language, names: Mapping[str, str], intent: str
) -> str:
    """Return what an intent is called.

    Args:
        base: The knowledge base.
        language: The language to say it in.
        names: What those are called that ask for no topic.
        intent: The intent; one that has no name and asks for none is called by its id.
    """
    topic = base.answers.get(base.intents.get(intent, ""), "")
    if intent in names:
        return names[intent]
    return topic_title(base, language, topic) if topic else intent


def _beginning(template: str) -> str:
    """Return the first words of what is told, with marks for what is filled in."""
    told = _PLACEHOLDER.sub("…", template)
    return textwrap.shorten(told, _LONGEST, placeholder=_MORE)
