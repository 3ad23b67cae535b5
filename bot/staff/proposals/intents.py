"""The intents that examples may be of."""

from pathlib import Path

import yaml

from bot.intents import ASK_TOPIC, EMPTY, SOMETHING_ELSE, TOO_LONG

# They come from buttons, or from what cannot be read.
_WITHOUT_EXAMPLES = (ASK_TOPIC, SOMETHING_ELSE, EMPTY, TOO_LONG)


def learnable(folder: Path) -> list[str]:
    """Return the intents of the content in a folder that learn from examples."""
    domain = yaml.safe_load((folder / "domain.yml").read_text("utf-8"))
    return sorted(set(domain["intents"]) - {*_WITHOUT_EXAMPLES})
