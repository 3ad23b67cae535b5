"""Cleans what people write, before anything is understood or kept of it."""

import re
import unicodedata

from bot.privacy import masked

EMPTY = "/empty"
TOO_LONG = "/too_long"
_BUTTON = re.compile(r'/ask_topic\{"topic": ?"[a-z_.]{1,60}"\}|/something_else')


def readable(text: str, longest: int) -> str:
    """Return a message as it is to be understood.

    Only a button's payload may begin with a slash, which Rasa takes for a command. Text
    without a letter or digit becomes `EMPTY`, and text of more than `longest`
    characters `TOO_LONG`.
    """
    if _BUTTON.fullmatch(text):
        return text
    if len(text) > longest:
        return TOO_LONG
    text = cleaned(text).lstrip("/").strip()
    return text if any(letter.isalnum() for letter in text) else EMPTY


def cleaned(text: str) -> str:
    """Return a text without control characters and personal numbers and addresses.

    What may be such a number is left out here already, so that it is neither stored
    nor said back. That comes first: a control character may hide in one.
    """
    text = "".join(
        letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " "
        for letter in masked(text)
    )
    return text.strip()
