"""How frequent words are in Norwegian and English at large."""

from __future__ import annotations

import collections
import csv
import dataclasses
import math
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bot.reading.spelling import words_of

# Zipf values are kept as whole steps of a byte.
_STEPS = 25
_WORDFREQ_LANGUAGES = ("nb", "en")
_BILLION = 9
# Taken off each count: in so small a text, rare words that occur at all seem frequent.
_DISCOUNT = 1.5


@dataclasses.dataclass(frozen=True)
class WordFrequencies:
    """Frequencies on the Zipf scale: the base-10 logarithm per billion words.

    A frequent word such as `penger` lies near 5.5, a rare one such as `vulkan` near 3
    (van Heuven et al. 2014, "SUBTLEX-UK"). Words are folded and kept as hashes, three
    megabytes for six hundred thousand of them; one unknown word in some thousands is
    taken for another.

    Attributes:
        hashes: Sorted CRC-32 of the words, shape (words,).
        values: Their Zipf values in steps of 1/25, shape (words,).
    """

    hashes: Any
    values: Any

    @classmethod
    def from_zipf(cls, zipf: Mapping[str, float]) -> WordFrequencies:
        """Keep the Zipf values of folded words."""
        hashes = np.array([_hash(word) for word in zipf], dtype=np.uint32)
        values = np.array([round(value * _STEPS) for value in zipf.values()])
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], values[order].clip(0, 255).astype(np.uint8))

    def zipf(self, word: str) -> float:
        """Return the Zipf value of a folded word; 0.0 for one that is not known."""
        wanted = np.uint32(_hash(word))
        place = int(np.searchsorted(self.hashes, wanted))
        if place == len(self.hashes) or self.hashes[place] != wanted:
            return 0.0
        return float(self.values[place]) / _STEPS


def read_frequencies(nynorsk: Path) -> WordFrequencies:
    """Return the frequencies of Bokmål, Nynorsk and English words.

    Bokmål and English are those of the package wordfreq, which has no Nynorsk; a word
    of several languages takes the highest. The counts for Nynorsk are lowered by
    absolute discounting (Ney, Essen and Kneser 1994).

    Args:
        nynorsk: A table of words and how often they stand in a text.
    """
    import wordfreq

    zipf: dict[str, float] = collections.defaultdict(float)
    for language in _WORDFREQ_LANGUAGES:
        shares = wordfreq.get_frequency_dict(language, wordlist="large")
        _add(zipf, shares.items())
    counts = _read_counts(nynorsk)
    total = sum(counts.values())
    _add(zipf, ((word, (n - _DISCOUNT) / total) for word, n in counts.items()))
    return WordFrequencies.from_zipf(zipf)


def _add(zipf: dict[str, float], shares: Iterable[tuple[str, float]]) -> None:
    for written, share in shares:
        value = math.log10(share) + _BILLION
        for word in words_of(written):
            zipf[word] = max(zipf[word], value)


def _read_counts(file: Path) -> dict[str, int]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        return {word: int(count) for word, count in rows}


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())
