"""Cleans what people write, before anything is understood or kept of it."""

import re
import unicodedata

from bot.answering.question import PERSONAL_NUMBER

EMPTY = "/empty"
TOO_LONG = "/too_long"
_BUTTON = re.compile(r'/ask_topic\{"topic": ?"[a-z_.]{1,60}"\}|/something_else')
# Eleven digits, the last five perhaps apart: a Norwegian national identity number.
_NUMBER = re.compile(r"(?<!\d)\d{6}[\s.–-]{0,3}\d{5}(?!\d)")


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
    """Return a text without control characters and national identity numbers.

    What may be such a number is left out here already, so that it is neither stored
    nor said back.
    """
    text = "".join(
        letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " "
        for letter in text
    )
    return _NUMBER.sub(PERSONAL_NUMBER, text).strip()
