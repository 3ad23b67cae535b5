"""Puts texts together that ask the same, in other words or another spelling.

Texts are compared by the pieces of three letters that they are made of, each weighed
by how few texts have it (tf-idf), so that neither spelling, endings nor the order of
words tell two questions apart. Bokmål and Nynorsk come together; English shares too few
pieces with either.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.reading.spelling import fold

_PIECE = (3, 3)
# How like (0-1) a text must be, on average, to those that it joins: the least at which
# hardly a text joined the wrong ones among the made-up groups of tests/staff/alike.yml,
# put between 1,900 other questions.
_ALIKE = 0.5
# More of a long text tells little of what it asks, and costs time.
_LONGEST = 300


def alike(texts: Sequence[str]) -> list[int]:
    """Return which group each text belongs to, numbered from 0 by their first texts.

    Each text joins the group that it is likest to so far, or begins one. The same texts
    in the same order always give the same groups.
    """
    folded = [fold(text[:_LONGEST]) for text in texts]
    once = list(dict.fromkeys(folded))
    group = dict(zip(once, _grouped(once), strict=True))
    return [group[text] for text in folded]


def _grouped(texts: Sequence[str]) -> list[int]:
    """Return the group of each text; no two texts are the same."""
    likeness = _likeness(texts)
    # Of each group, the sum of what its texts are like to every text, and how many.
    sums = np.zeros_like(likeness)
    sizes = np.zeros(len(texts), likeness.dtype)
    groups: list[int] = []
    number = 0
    for place, like in enumerate(likeness):
        group = number
        if number:
            means = sums[:number, place] / sizes[:number]
            likest = int(means.argmax())
            group = likest if means[likest] >= _ALIKE else number
        number = max(number, group + 1)
        sums[group] += like
        sizes[group] += 1
        groups.append(group)
    return groups


def likest(text: str, others: Sequence[str]) -> list[int]:
    """Return the places of texts, that which is likest to another first."""
    folded = [fold(other[:_LONGEST]) for other in (text, *others)]
    like = _likeness(folded)[0][1:]
    return [int(place) for place in np.argsort(-like, kind="stable")]


def _likeness(texts: Sequence[str]) -> "np.ndarray[Any, Any]":
    """Return how like each two texts are, 0 to 1."""
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=_PIECE, sublinear_tf=True, dtype=np.float32
    )
    if not any(texts):
        return np.eye(len(texts), dtype=np.float32)
    weights = pieces.fit_transform(texts)
    return np.asarray((weights @ weights.T).toarray())
