"""How Rasa is run here: with less done for each message than Rasa does by itself."""

from bot.engine.agent import LightAgent
from bot.engine.intake import LONGEST_PAYLOAD, Intake, TakenIn, cleaned
from bot.engine.locks import LocalLocks, SharedLocks

__all__ = [
    "LONGEST_PAYLOAD",
    "Intake",
    "LightAgent",
    "LocalLocks",
    "SharedLocks",
    "TakenIn",
    "cleaned",
]
