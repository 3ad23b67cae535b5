"""Where conversations are kept, and what they look like to those who read them."""

from bot.store.engines import keep_to_the_owner, served_alone
from bot.store.secret import secret_of
from bot.store.store import ConversationStore
from bot.store.turns import Feedback, Turn

__all__ = [
    "ConversationStore",
    "Feedback",
    "Turn",
    "keep_to_the_owner",
    "secret_of",
    "served_alone",
]
