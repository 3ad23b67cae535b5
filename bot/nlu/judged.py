"""A part of a message: what it may ask, and how likely it is none of its business."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

from bot.nlu.question_classifier import Reading
from bot.reading.lexicon import holds_any
from bot.reading.spelling import fold
from bot.reading.word_evidence import Evidence

# Weight of the one sentence that asks, beside that of the whole message, and in a
# message of so many words that the rest of it must be background.
_OF_SENTENCE = 0.4
_LONG = 30
_OF_SENTENCE_IN_LONG = 0.8
_ALTERNATIVES = 4
# Words of a sentence too short to ask anything by itself.
_SHORT = 2
_DECIMALS = 4


@dataclasses.dataclass(frozen=True)
class Weighed:
    """A part of a message by itself, before it is judged beside the whole message.

    Attributes:
        reading: What the classifier makes of it.
        evidence: What its words show.
        score: The higher, the likelier it is none of the assistant's business.
    """

    reading: Reading
    evidence: Evidence
    score: float


@dataclasses.dataclass(frozen=True)
class Judged:
    """A part of a message, what it may ask, and how likely it is outside.

    Attributes:
        reading: What the classifier makes of it.
        evidence: What its words show.
        outside: How likely (0-1) it is none of the assistant's business.
        base: The confidence where the likeliest intent is hardly likelier than others.
    """

    reading: Reading
    evidence: Evidence
    outside: float
    base: float

    @functools.cached_property
    def ranking(self) -> list[tuple[str, float]]:
        """Every intent with its likelihood (0-1), the likeliest first.

        That of the likeliest inside and outside is the confidence that the reply is
        right, which it often is where two kindred intents are torn.
        """
        ranked: dict[str, float] = {}
        for likely, share in (
            (self.reading.inside, 1 - self.outside),
            (self.reading.outside, self.outside),
        ):
            best = max(likely, key=lambda name: likely[name])
            ranked |= {name: share * p for name, p in likely.items()}
            ranked[best] = share * (self.base + (1 - self.base) * likely[best])
        return sorted(ranked.items(), key=lambda intent: -intent[1])

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest intent and its confidence (0-1)."""
        return self.ranking[0]

    def as_question(self) -> dict[str, Any]:
        """Return the part as the answering takes it."""
        (intent, confidence), *others = self.ranking
        segment = self.reading.segment
        return {
            "text": segment.text,
            "start": segment.start,
            "end": segment.end,
            "intent": intent,
            "confidence": rounded(confidence),
            "alternatives": [name for name, _ in others[:_ALTERNATIVES]],
        }


def is_long(whole: Judged) -> bool:
    """Tell a message of many words, such as an e-mail, from a question."""
    return len(whole.reading.segment.text.split()) >= _LONG


def joined(whole: Judged, asking: Judged) -> Judged:
    """Return a message read together with the one sentence of it that asks.

    What else it says counts for names and figures only where the sentence leans on it,
    as `Can you confirm?` does.
    """
    weight = _OF_SENTENCE_IN_LONG if is_long(whole) else _OF_SENTENCE
    inside, outside = (
        {
            name: (1 - weight) * of_whole[name] + weight * of_sentence[name]
            for name in of_whole
        }
        for of_whole, of_sentence in (
            (whole.reading.inside, asking.reading.inside),
            (whole.reading.outside, asking.reading.outside),
        )
    )
    folded = fold(asking.reading.segment.text)
    leans = len(folded.split()) <= _SHORT or holds_any(folded, "pointing_back")
    said = whole if leans else asking
    reading = dataclasses.replace(
        said.reading, inside=inside, outside=outside, margin=whole.reading.margin
    )
    return dataclasses.replace(whole, reading=reading)


def rounded(likelihood: float) -> float:
    """Return a likelihood as it is told: more digits say nothing."""
    return round(likelihood, _DECIMALS)
