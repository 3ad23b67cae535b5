"""How Rasa is run here: with less done for each message than Rasa does by itself."""

from bot.engine.actions import InProcessActions
from bot.engine.processor import process_lightly

__all__ = ["InProcessActions", "process_lightly"]
