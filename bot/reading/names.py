"""Finds the knowledge base's names in a message: inflected, misspelt or in part."""

import dataclasses
import functools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from bot.knowledge.models import Name
from bot.reading.spelling import Token, fold, tokens_of

_DOUBLED = re.compile(r"(\w)\1")
# Endings of names and nouns in Bokmål, Nynorsk and English, folded.
_ENDINGS = (
    "s",
    "en",
    "et",
    "a",
    "ene",
    "ane",
    "er",
    "ar",
    "ens",
    "ets",
    "enes",
    "anes",
)
_ENDINGS_BY_LENGTH = tuple(sorted(_ENDINGS, key=len, reverse=True))
# A word must be this long before one slip, or two, is taken for a misspelling.
_LENGTH_FOR_ONE_SLIP = 5
_LENGTH_FOR_TWO_SLIPS = 9
# One slip in a name of eight letters.
_SHOWS_THROUGH = 0.875
# A stem must be this long: `nasas` is `nasa`, but `esas` is not `esa`.
_LENGTH_FOR_ENDING = 4
_MOST_SLIPS = 2
# As many words and runs of words are remembered as some thousand messages hold.
_WORDS_KEPT = 16_384


@dataclasses.dataclass(frozen=True)
class NameMatch:
    """A name found in a message.

    Attributes:
        id: The name's id.
        start: Offset of its first character in the message.
        end: Offset just after its last character.
        score: 1.0 when spelt as an alias, less by each slip (0-1).
    """

    id: str
    start: int
    end: int
    score: float


class NameMatcher:
    """Matches the aliases of names against the words of messages.

    The distance is that of optimal string alignment (Damerau 1964, as rapidfuzz
    counts it): letters added, dropped, changed, or swapped with a neighbour.
    """

    def __init__(
        self, names: Iterable[Name], known_words: Collection[str] = ()
    ) -> None:
        """Take the names and the words that are no misspelt names.

        Args:
            names: What to look for.
            known_words: Folded words that are real words, and so never slips of a name.
        """
        self._ids = {
            fold(alias): name.id
            for name in names
            for alias in (*name.aliases, *name.titles)
        }
        self._known_words = frozenset(known_words) - self._ids.keys()
        # Slips at the first letter are too rare to look for among all aliases.
        self._lengths = _lengths(self._ids)
        self._words_by_letter: dict[str, list[int]] = {}
        for words, letter in self._lengths:
            self._words_by_letter.setdefault(letter, []).append(words)
        self._alike: dict[tuple[int, str, int], list[str]] = {}
        # Most words of a message have stood in messages before it.
        self._match = functools.lru_cache(_WORDS_KEPT)(self._look_for)
        for alias in self._ids:
            words, letters = len(alias.split()), len(alias)
            for length in range(letters - _MOST_SLIPS, letters + _MOST_SLIPS + 1):
                key = words, alias[0], length
                self._alike.setdefault(key, []).append(alias)

    def find(self, text: str) -> list[NameMatch]:
        """Return the names in a message, in order, none overlapping another.

        Where several fit at one place, the one of most words wins, then the best spelt.
        """
        tokens = tokens_of(text)
        found: list[NameMatch] = []
        taken: set[int] = set()
        for length, firsts in self._beginnings(tokens):
            for first in firsts:
                places = range(first, first + length)
                lengths = self._lengths[length, tokens[first].word[:1]]
                if taken.intersection(places):
                    continue
                words = " ".join(tokens[place].word for place in places)
                hit = len(words) in lengths and self._match(words)
                if hit:
                    name_id, score = hit
                    start, end = tokens[first].start, tokens[first + length - 1].end
                    found.append(NameMatch(name_id, start, end, score))
                    taken.update(places)
        return sorted(found, key=lambda match: match.start)

    def _beginnings(self, tokens: Sequence[Token]) -> Iterator[tuple[int, list[int]]]:
        """Yield where names of so many words may begin, those of most words first."""
        found: dict[int, list[int]] = {}
        for first, token in enumerate(tokens):
            for length in self._words_by_letter.get(token.word[:1], ()):
                if first + length <= len(tokens):
                    found.setdefault(length, []).append(first)
        yield from sorted(found.items(), reverse=True)

    def _look_for(self, words: str) -> tuple[str, float] | None:
        forms = tuple(self._stems(words))
        for form in forms:
            if form in self._ids:
                return self._ids[form], 1.0
        hit = self._closest(words, forms)
        if any(word in self._known_words for word in words.split()):
            # A slip that many make looks like a word; only a long name shows through.
            return hit if hit and hit[1] >= _SHOWS_THROUGH else None
        return hit

    def _stems(self, words: str) -> Iterable[str]:
        yield words
        if words.endswith(_ENDINGS):
            for ending in _ENDINGS_BY_LENGTH:
                stem = words[: -len(ending)]
                if words.endswith(ending) and len(stem) >= _LENGTH_FOR_ENDING:
                    yield stem
        if len(words) > _LENGTH_FOR_ENDING and _DOUBLED.search(words):
            yield _DOUBLED.sub(r"\1", words)

    def _closest(self, words: str, forms: Iterable[str]) -> tuple[str, float] | None:
        best: tuple[int, str] | None = None
        allowed = _slips_allowed(words)
        if not allowed:
            return None
        length = len(words.split())
        for form in forms:
            for alias in self._alike.get((length, words[0], len(form)), ()):
                limit = min(allowed, _slips_allowed(alias), _slips_allowed(form))
                if not limit:
                    continue
                slips = OSA.distance(form, alias, score_cutoff=limit)
                if slips <= limit and (best is None or slips < best[0]):
                    best = slips, alias
        if best is None:
            return None
        slips, alias = best
        return self._ids[alias], 1 - slips / len(alias)


def _lengths(aliases: Iterable[str]) -> dict[tuple[int, str], range]:
    """Return how many characters what is taken for one of some aliases may have.

    They are told by their number of words and their first letter.
    """
    found: dict[tuple[int, str], list[int]] = {}
    for alias in aliases:
        found.setdefault((len(alias.split()), alias[0]), []).append(len(alias))
    longer = _MOST_SLIPS + len(_ENDINGS_BY_LENGTH[0])
    # Every letter may be doubled.
    return {
        key: range(min(letters) - _MOST_SLIPS, 2 * (max(letters) + longer))
        for key, letters in found.items()
    }


def _slips_allowed(word: str) -> int:
    if len(word) >= _LENGTH_FOR_TWO_SLIPS:
        return _MOST_SLIPS
    return 1 if len(word) >= _LENGTH_FOR_ONE_SLIP else 0
