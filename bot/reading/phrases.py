"""Finds phrases in the words of a text: whole words, or words that begin alike."""

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from bot.reading.spelling import fold

_ANY_ENDING = "*"
_AS_WRITTEN = "="
# Letters by which phrases that begin with a stem are looked up.
_KEY = 2


@dataclasses.dataclass(frozen=True)
class PhraseMatch:
    """A phrase among the words of a text.

    Attributes:
        id: What the phrase stands for.
        start: The place of its first word.
        end: The place just after its last word.
        whole: It is the phrase to the letter, and not only its beginning.
    """

    id: str
    start: int
    end: int
    whole: bool = True


@dataclasses.dataclass(frozen=True)
class _Phrase:
    id: str
    words: tuple[str, ...]
    open_ended: bool
    written: str = ""

    def fits(self, words: Sequence[str], written: Sequence[str]) -> bool:
        """Tell whether as many words are this phrase."""
        if self.written:
            return tuple(written) == (self.written,)
        if not self.open_ended:
            return tuple(words) == self.words
        return tuple(words[:-1]) == self.words[:-1] and words[-1].startswith(
            self.words[-1]
        )


class PhraseFinder:
    """Finds phrases, the longest first; none overlaps another."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Take for each id its phrases.

        One that ends in `*` has any ending; one word that begins with `=` is compared
        as it is written, small letters apart, as `=før` that is not `for`.
        """
        self._by_key: dict[str, list[_Phrase]] = collections.defaultdict(list)
        for phrase_id, forms in phrases.items():
            for form in forms:
                words = tuple(fold(form).split())
                written = form[1:] if form.startswith(_AS_WRITTEN) else ""
                endless = form.endswith(_ANY_ENDING)
                phrase = _Phrase(phrase_id, words, endless, written)
                self._by_key[words[0][:_KEY]].append(phrase)
        for listed in self._by_key.values():
            listed.sort(key=lambda p: (-len(p.words), -sum(map(len, p.words))))

    def find(self, words: Sequence[str], written: Sequence[str]) -> list[PhraseMatch]:
        """Return the phrases among words, in order.

        Args:
            words: The words, folded.
            written: The same words in small letters, as they are written.
        """
        fitting = [
            PhraseMatch(
                phrase.id,
                start,
                start + len(phrase.words),
                not phrase.open_ended,
            )
            for start, word in enumerate(words)
            for phrase in self._by_key.get(word[:_KEY], ())
            if phrase.fits(
                words[start : start + len(phrase.words)],
                written[start : start + len(phrase.words)],
            )
        ]
        found: list[PhraseMatch] = []
        taken: dict[int, PhraseMatch] = {}
        seen: set[tuple[str, int, int]] = set()
        for match in sorted(fitting, key=lambda m: m.start - m.end):
            places = range(match.start, match.end)
            longer = [taken[place] for place in places if place in taken]
            same = (match.id, match.start, match.end)
            if same in seen or not all(_is_at(match, other) for other in longer):
                continue
            found.append(match)
            seen.add(same)
            taken |= dict.fromkeys(places, match)
        return sorted(found, key=lambda match: match.start)


def _is_at(match: PhraseMatch, other: PhraseMatch) -> bool:
    """Tell whether two phrases are the same words: these may stand for both."""
    return (match.start, match.end) == (other.start, other.end)
