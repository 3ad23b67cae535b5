"""Whether the words of a message are explained by what people ask about."""

from __future__ import annotations

import collections
import dataclasses
import functools
import math
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading.spelling import words_of
from bot.reading.word_frequencies import WordFrequencies

# Zipf values from which a word weighs nothing, and at which it weighs most.
_FREQUENT = 6.0
_RARE = 2.0
# An unseen word at least so frequent is a real word, below it may be a slip or dialect.
_REAL = 2.0
# The Zipf value that a word of unknown frequency is given.
_UNKNOWN_FREQUENCY = 1.5
# Added to the count of each word outside, so that none counts as impossible there.
_SMOOTHING = 0.2
_STEEPNESS = 3.0
# A word that so many questions hold is explained at least so far, however common.
_OFTEN = 20
_EXPLAINED_OFTEN = 0.75
_EXPLAINED = 0.5
# Questions that must hold a word before others are explained by likeness to it.
_SEEN = 3
# A slip or a compound explains less than the word itself.
_BY_SLIP = 0.9
_BY_PARTS = 0.8
_SHORTEST_PART = 4
# Letters of a real word that may be a slip all the same, and of any other with one slip
# or two.
_LENGTH_FOR_SLIP_OF_REAL = 7
_LENGTH_FOR_ONE_SLIP = 4
_LENGTH_FOR_TWO_SLIPS = 9
_SHORTEST_LIKE = 3
_MOST_SLIPS = 2
_JOINTS = "se"
# Added to the weight of all words: one rare word alone is no certain evidence.
_PRIOR_WEIGHT = 0.5
# As many words are remembered as some thousand messages hold.
_WORDS_KEPT = 8192
# A word shows in the reasons when so much of its weight is unexplained.
_SHOWN = 0.3


@dataclasses.dataclass(frozen=True)
class Evidence:
    """What the words of a text show.

    Attributes:
        unexplained: Share (0-1) of the words' weight that nothing explains.
        words: The words that are not explained, the weightiest first.
    """

    unexplained: float
    words: tuple[str, ...]


class WordEvidence:
    """Weighs the words of a text by how rare they are, and tells which are explained.

    A word is explained by the examples that hold it: fully when it is much likelier in
    questions than in other messages and in the language at large, or when very many
    questions hold it. A word that no question holds is explained when it is nearly
    spelt like one, or is put together of two.
    """

    def __init__(
        self,
        inside: Mapping[str, int],
        outside: Mapping[str, int],
        frequencies: WordFrequencies,
    ) -> None:
        """Take the counts.

        Args:
            inside: For each folded word, how many examples that are the assistant's
                business hold it.
            outside: The same for those that are not.
            frequencies: How frequent words are at large.
        """
        self.inside = dict(inside)
        self.outside = dict(outside)
        self.frequencies = frequencies
        self._all_inside = max(sum(inside.values()), 1)
        self._all_outside = max(sum(outside.values()), 1)
        # No compound is longer than two such words and what joins them.
        self._longest = 2 * max(map(len, inside), default=0) + len(_JOINTS)
        # Most words of a message have stood in messages before it.
        self._weight = functools.lru_cache(_WORDS_KEPT)(self._weigh)
        self._explained = functools.lru_cache(_WORDS_KEPT)(self._explain)
        # By first letter, and by the lengths of those that may be slips of it.
        self._alike: dict[tuple[str, int], list[str]] = collections.defaultdict(list)
        for word, count in inside.items():
            if count >= _SEEN and len(word) >= _SHORTEST_LIKE:
                for length in range(
                    len(word) - _MOST_SLIPS, len(word) + _MOST_SLIPS + 1
                ):
                    self._alike[word[0], length].append(word)

    def of(self, text: str, names: Iterable[str] = ()) -> Evidence:
        """Return what the words of a text show.

        Args:
            text: The text.
            names: Names in it that are explained because they are known or asked about.
        """
        explained = {word for name in names for word in words_of(name)}
        total, unexplained = 0.0, []
        for word in words_of(text):
            weight = self.weight(word)
            total += weight
            if word not in explained:
                unexplained.append((weight * (1 - self.explained(word)), word))
        share = sum(rest for rest, _ in unexplained) / (total + _PRIOR_WEIGHT)
        shown = sorted(unexplained, reverse=True)
        return Evidence(
            share, tuple(dict.fromkeys(w for rest, w in shown if rest > _SHOWN))
        )

    def weight(self, word: str) -> float:
        """Return how much a folded word says (0-1): the rarer, the more."""
        return self._weight(word)

    def _weigh(self, word: str) -> float:
        if not word.isalpha() or len(word) < 2:
            return 0.0
        zipf = self.frequencies.zipf(word) or _RARE
        return min(max((_FREQUENT - zipf) / (_FREQUENT - _RARE), 0.0), 1.0)

    def explained(self, word: str) -> float:
        """Return how far (0-1) a folded word is explained."""
        return self._explained(word)

    def _explain(self, word: str) -> float:
        known = self._known(word)
        if known >= _EXPLAINED:
            return known
        known = max(known, self._by_slip(word))
        return known if known >= _EXPLAINED else max(known, self._by_parts(word))

    def _known(self, word: str) -> float:
        count = self.inside.get(word, 0)
        if not count:
            return 0.0
        at_large = 10 ** ((self.frequencies.zipf(word) or _UNKNOWN_FREQUENCY) - 9)
        outside = (self.outside.get(word, 0) + _SMOOTHING) / self._all_outside
        odds = math.log10(count / self._all_inside / max(at_large, outside))
        known = 1 / (1 + math.exp(-_STEEPNESS * odds))
        return max(known, _EXPLAINED_OFTEN) if count >= _OFTEN else known

    def _by_slip(self, word: str) -> float:
        slips = self._slips(word)
        if not slips:
            return 0.0
        nearest = process.extractOne(
            word,
            self._alike.get((word[0], len(word)), ()),
            scorer=OSA.distance,
            score_cutoff=slips,
        )
        return _BY_SLIP * self._known(nearest[0]) if nearest else 0.0

    def _slips(self, word: str) -> int:
        """Return how many slips a word is looked up with."""
        if self.frequencies.zipf(word) >= _REAL:
            return 1 if len(word) >= _LENGTH_FOR_SLIP_OF_REAL else 0
        if len(word) >= _LENGTH_FOR_TWO_SLIPS:
            return _MOST_SLIPS
        return 1 if len(word) >= _LENGTH_FOR_ONE_SLIP else 0

    def _by_parts(self, word: str) -> float:
        best = 0.0
        if len(word) > self._longest:
            return best
        for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, last = word[:end], word[end:]
            if first[-1] in _JOINTS and not self._seen(first):
                first = first[:-1]
            if self._seen(first) and self._seen(last):
                best = max(best, min(self._known(first), self._known(last)))
        return _BY_PARTS * best

    def _seen(self, word: str) -> bool:
        return len(word) >= _SHORTEST_PART and self.inside.get(word, 0) >= _SEEN


def count_words(texts: Iterable[str]) -> collections.Counter[str]:
    """Return how many of some texts hold each folded word."""
    counts: collections.Counter[str] = collections.Counter()
    for text in texts:
        counts.update(set(words_of(text)))
    return counts
