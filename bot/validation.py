"""Checks the knowledge base, and that it, the domain and the training data agree."""

import warnings
from collections.abc import Callable

import yaml
from rasa.cli.utils import validate_files
from rasa.shared.importers.importer import TrainingDataImporter

from bot.errors import KnowledgeError
from bot.intents import ASK_TOPIC, EMPTY, SOMETHING_ELSE, TOO_LONG
from bot.knowledge import load_knowledge
from bot.settings import content_dir

# Buttons lead to the first two; the others are made of what cannot be read.
_WITHOUT_EXAMPLES = (ASK_TOPIC, SOMETHING_ELSE, EMPTY, TOO_LONG)


def validate(say: Callable[[str], None]) -> int:
    """Check everything that can be checked without training.

    Args:
        say: Is told what was checked.

    Returns:
        The exit status: 0 when all is well, 1 when Rasa finds a fault.

    Raises:
        KnowledgeError: The knowledge base is broken, or names an unknown intent.
    """
    base = load_knowledge()
    folder = content_dir()
    domain = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    intents = set(domain["intents"])
    for intent in base.intents:
        if intent not in intents:
            raise KnowledgeError("topics.yml", intent, "is no intent of domain.yml")
    say(
        f"Knowledge: {len(base.facts)} facts, {len(base.derived)} derived figures, "
        f"{len(base.names)} names, {len(base.topics)} topics and {len(base.gaps)} gaps "
        "in three languages; every quote stands in the announcement."
    )
    _show_rasas_warnings()
    importer = TrainingDataImporter.load_from_config(
        "config.yml", str(folder / "domain.yml"), [str(folder / "data")]
    )
    try:
        validate_files(fail_on_warnings=True, max_history=None, importer=importer)
    except SystemExit:
        say("Rasa's data and domain do not agree; the lines above say where.")
        return 1
    say("Rasa's data and domain agree.")
    return 0


def _show_rasas_warnings() -> None:
    """Let Rasa's warnings through, but for intents that no sentence leads to."""
    warnings.filterwarnings("default", category=UserWarning, module=r"rasa\.")
    for intent in _WITHOUT_EXAMPLES:
        warnings.filterwarnings("ignore", message=f"The intent '{intent}' is listed")
