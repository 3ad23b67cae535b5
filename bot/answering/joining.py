"""Puts what is said to several questions together into one reply."""

from __future__ import annotations

import re

from bot.answering.tell import Part

# The longest that a reply may be, and where its sentences end.
_MOST_WORDS = 120
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ«“0-9])")


def once(parts: list[Part]) -> list[Part]:
    """Return parts that tell nothing nearby which another part tells too."""
    told = {part.topic for part in parts if part.kind == "answer"}
    once = []
    for part in parts:
        once.append(part.beside(told))
        told.add(part.topic)
    return once


def joined(texts: list[str]) -> str:
    """Return several answers as one, each without its last sentences if too long."""
    while sum(len(text.split()) for text in texts) > _MOST_WORDS:
        longest = max(texts, key=lambda text: len(_SENTENCE.split(text)))
        sentences = _SENTENCE.split(longest)
        if len(texts) == 1 or len(sentences) == 1:
            break
        texts = [" ".join(sentences[:-1]) if t is longest else t for t in texts]
    return "\n\n".join(texts)
