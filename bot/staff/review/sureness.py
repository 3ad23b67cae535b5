"""Tells from which confidence on a reply is sure enough to need no eyes."""

from pathlib import Path

import yaml

from bot.errors import ConfigError
from bot.settings import PROJECT_DIR

_CONFIG = PROJECT_DIR / "config.yml"
_DECIDING = "FallbackClassifier"


def unsure_below(config: Path = _CONFIG) -> float:
    """Return the confidence (0-1) below which an answer needs eyes.

    It lies halfway between that below which the assistant asks back, and certainty:
    among the least sure tenth of its replies a third is wrong
    (`reports/evaluation.md`).

    Raises:
        ConfigError: The configuration does not say when the assistant asks back.
    """
    for component in yaml.safe_load(config.read_text("utf-8"))["pipeline"]:
        if component["name"] == _DECIDING and "threshold" in component:
            return (1 + float(component["threshold"])) / 2
    raise ConfigError(config.name, f"it sets no threshold of {_DECIDING}; set it")
