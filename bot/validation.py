"""Checks the knowledge base, and that it, the domain and the training data agree."""

import subprocess
import sys
from collections.abc import Callable

import yaml

from bot.errors import KnowledgeError
from bot.knowledge import load_knowledge
from bot.settings import PROJECT_DIR


def validate(say: Callable[[str], None]) -> int:
    """Check everything that can be checked without training.

    Args:
        say: Is told what was checked.

    Returns:
        The exit status: 0 when all is well, else that of `rasa data validate`.

    Raises:
        KnowledgeError: The knowledge base is broken, or an intent has no route.
    """
    base = load_knowledge()
    domain = yaml.safe_load((PROJECT_DIR / "domain.yml").read_text(encoding="utf-8"))
    intents = set(domain["intents"])
    for intent in base.routes:
        if intent not in intents:
            raise KnowledgeError("routes.yml", intent, "is no intent of domain.yml")
    say(
        f"Knowledge: {len(base.facts)} facts, {len(base.derived)} derived figures, "
        f"{len(base.names)} names, {len(base.topics)} topics and {len(base.gaps)} gaps "
        "in three languages; every quote stands in the announcement."
    )
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    status = subprocess.run(command, cwd=PROJECT_DIR, check=False).returncode
    if status == 0:
        say("Rasa's data and domain agree.")
    return status
