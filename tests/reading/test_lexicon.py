"""The lists of words that show how a message is built."""

import ast

import yaml

from bot.reading.lexicon import LEXICON_FILE, PRONOUNS
from bot.settings import PROJECT_DIR

# What looks words up, with the place of the list's name among its arguments.
LOOKS_UP = {
    "word_list": 0,
    "word_table": 0,
    "word_pattern": 0,
    "holds_any": 1,
    "without": 1,
    "look_up": 1,
    "meanings_in": 1,
    "ends_with": 1,
}


def test_every_list_is_used() -> None:
    lists = yaml.safe_load(LEXICON_FILE.read_text("utf-8"))
    assert lists
    code = [file.read_text("utf-8") for file in PROJECT_DIR.glob("bot/*/*.py")]
    # The pronouns are looked up one after another.
    used = {*PRONOUNS}.union(*map(looked_up, code))
    assert set(lists) == used


def looked_up(code: str) -> set[str]:
    """Return the names of the lists that some code looks words up in."""
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    named = [
        call.args[LOOKS_UP[call.func.id]]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in LOOKS_UP
    ]
    return {name.value for name in named if isinstance(name, ast.Constant)}
