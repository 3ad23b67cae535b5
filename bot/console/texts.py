"""What the console says: `staff/texts/`, a file for each language of its pages."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

import yaml

from bot.settings import PROJECT_DIR

STAFF_DIR = PROJECT_DIR / "staff"
InterfaceLanguage = Literal["nb", "nn"]
INTERFACE_LANGUAGES: tuple[InterfaceLanguage, ...] = get_args(InterfaceLanguage)


def read_texts() -> Mapping[str, Mapping[str, Any]]:
    """Return the texts by language, nested as their files nest them."""
    return {
        language: yaml.safe_load(
            (STAFF_DIR / "texts" / f"{language}.yml").read_text("utf-8")
        )
        for language in INTERFACE_LANGUAGES
    }
