"""Finds where one question ends and another begins in text without punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.reading.lexicon import word_list
from bot.reading.spelling import Token, tokens_of
from bot.staff.phrases import words_of

LONGEST_SENTENCE = 18
"""Words that hardly anybody writes without a comma, unless they write none at all."""

_RUN = re.compile(r"[^.?!:;,()\n]+")
# Before these a clause goes on; `who is` of English may be one that only describes.
_JOINING = ("og", "a", "sa", "men", "forresten")
_ENGLISH = ("how", "what", "when", "where", "which", "who", "whom", "whose", "why")
_CONDITIONS = ("hvis",)
_ADDRESSED = frozenset(
    ("jeg", "eg", "vi", "man", "det", "noen", "nokon", "dere", "de")
)
_IS_IT = (("er", "det"), ("er", "dette"), ("e", "det"), ("e", "d"), ("er", "d"))


def runs_on(sentence: str) -> bool:
    """Tell whether a sentence is so long, without a mark, that it may be several."""
    runs = _RUN.findall(sentence)
    return len(runs) == 1 and len(tokens_of(runs[0])) > LONGEST_SENTENCE


def run_on_cuts(text: str) -> Iterator[int]:
    """Yield where in a text a clause begins that asks, or what follows one that did.

    Only where so much stands between two marks that none was meant to. Norwegian turns
    verb and subject only in a question by itself: `når går`, not `når fristen går`.
    """
    for run in _RUN.finditer(text):
        tokens = tokens_of(run.group())
        if len(tokens) > LONGEST_SENTENCE:
            for place in _begins(tokens):
                yield run.start() + tokens[place].start


def _begins(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of the words with which clauses begin."""
    asking = word_list("question_words") - {*_ENGLISH, *_CONDITIONS}
    verbs, judging = word_list("verbs_first"), word_list("right_or_wrong")
    words = [token.word for token in tokens]
    for place in range(1, len(words) - 1):
        addressed = words[place + 2 : place + 3]
        turned = words[place + 1] in verbs or not _ADDRESSED.isdisjoint(addressed)
        if words[place] in asking and turned:
            begins = place
            while begins > 1 and words[begins - 1] in _JOINING:
                begins -= 1
            yield begins
        begins_asking = words[place] in verbs and words[place + 1] in _ADDRESSED
        if begins_asking and words[place - 1] in _JOINING:
            yield place - 1
        wonders = words[place] in _JOINING and words[place + 1] in words_of("wanting")
        if wonders:
            yield place
        tag = tuple(words[place - 1 : place + 1]) in _IS_IT
        if tag and words[place + 1] in judging and place + 2 < len(words):
            yield place + 2
