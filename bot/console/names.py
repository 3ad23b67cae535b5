"""Names topics and intents in the language of the page."""

from bot.console.pages import language, texts
from bot.knowledge import load_knowledge
from bot.staff.titles import intent_title, topic_title


def topic_name(topic: str) -> str:
    """Return what a topic or gap is called."""
    return topic_title(load_knowledge(), language(), topic)


def intent_name(intent: str) -> str:
    """Return what an intent is called."""
    return intent_title(load_knowledge(), language(), texts()["intents"], intent)
