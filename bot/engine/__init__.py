"""How Rasa is run here: with less done for each message than Rasa does by itself."""

from bot.engine.actions import InProcessActions, run_actions_here
from bot.engine.graph import DirectRunner, run_graphs_directly

__all__ = [
    "DirectRunner",
    "InProcessActions",
    "run_actions_here",
    "run_graphs_directly",
]
