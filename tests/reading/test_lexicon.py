"""The lists of words that show how a message is built."""

import yaml

from bot.reading.lexicon import LEXICON_FILE
from bot.settings import PROJECT_DIR


def test_every_list_is_used() -> None:
    code = "".join(file.read_text("utf-8") for file in PROJECT_DIR.glob("bot/*/*.py"))
    lists = yaml.safe_load(LEXICON_FILE.read_text("utf-8"))
    assert lists
    assert not [name for name in lists if not {f'"{name}"', f"'{name}'"} & quoted(code)]


def quoted(code: str) -> set[str]:
    """Return what stands in quotation marks, with them."""
    parts = {f"'{part}'" for part in code.split("'")}
    return parts | {f'"{part}"' for part in code.split('"')}
