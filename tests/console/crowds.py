"""So many conversations as a store may hold in the worst of times, quickly made."""

import random
from pathlib import Path

from bot.store import ConversationStore
from bot.training import model_file
from trials.demo.recordings import read_recordings
from trials.demo.talking import Talker
from trials.demo.writing import write

COUNT = 50_000
# They are held with the assistant; all others say the same at other times.
_HELD = 150


def crowded(folder: Path, count: int = COUNT) -> ConversationStore:
    """Return a store with so many made-up conversations of the last 30 days.

    Args:
        folder: Where its file is made.
        count: How many; 50,000 take half a minute and 800 megabytes.
    """
    rng = random.Random(1)
    aside = ConversationStore.in_file(folder / "aside.db")
    Talker(model_file(), aside, rng).hold(min(count, _HELD))
    store = ConversationStore.in_file(folder / "conversations.db")
    write(store, read_recordings(aside), count, rng)
    aside.engine.dispose()
    return store
