"""The written languages that the assistant answers in."""

from typing import Literal, get_args

Language = Literal["nb", "nn", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Bokmål, Nynorsk and English, as BCP 47 codes."""

DEFAULT_LANGUAGE: Language = "nb"
