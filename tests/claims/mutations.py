"""Claims about the announcement: true ones, mutated ones and ones it leaves open."""

import dataclasses
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from material import LANGUAGES, Material, Relation, Values, load_material

Expected = Literal["yes", "no", "none"]
Verdict = Literal["yes", "no"]

UNCHANGED = "unchanged"
SWAP = "swap"
NEGATION = "negation"
DETAIL = "detail"
OPEN = "open question"

# As many claims are made of each relation, language and expected verdict, where there
# are so many.
_CLAIMS = 5
_SEED = 2019
_VERDICTS: dict[str, Verdict] = {
    "ja": "yes",
    "jo": "yes",
    "yes": "yes",
    "nei": "no",
    "no": "no",
}
_DETAIL_SLOT = " {detail}"


@dataclasses.dataclass(frozen=True)
class Claim:
    """A claim or a question that could be answered with yes or no.

    Attributes:
        id: Tells it from all others.
        language: nb, nn or en.
        relation: The relation that it is about.
        mutation: How it departs from what the announcement says.
        text: What the user writes.
        expected: The first word that there is ground for, or none.
    """

    id: str
    language: str
    relation: str
    mutation: str
    text: str
    expected: Expected


@dataclasses.dataclass(frozen=True)
class _Candidate:
    """A claim that may be chosen; `source` is what it shares with others like it."""

    source: str
    mutation: str
    text: str


def first_word_verdict(text: str) -> Verdict | None:
    """Judge a reply by its first word.

    Args:
        text: A reply in any of the three languages.

    Returns:
        What it says to the claim, or None where it begins with neither.
    """
    word = re.search(r"\w+", text)
    return _VERDICTS.get(word[0].lower()) if word else None


def generate_claims() -> list[Claim]:
    """Make the claims; they are the same every time."""
    material = load_material()
    return [
        claim
        for relation in material.relations.values()
        for language in LANGUAGES
        for claim in _claims(material, relation, language)
    ]


def _claims(material: Material, relation: Relation, language: str) -> Iterator[Claim]:
    writer = _Writer(material, relation, language)
    kinds: dict[Expected, Iterable[_Candidate]] = {
        "yes": writer.true(),
        "no": writer.false(),
        "none": writer.open(),
    }
    for expected, candidates in kinds.items():
        group = f"{language}-{relation.name}-{expected}"
        for number, chosen in enumerate(_choose(list(candidates), group), start=1):
            yield Claim(
                f"{group}-{number}",
                language,
                relation.name,
                chosen.mutation,
                chosen.text,
                expected,
            )


def _choose(candidates: list[_Candidate], group: str) -> list[_Candidate]:
    """Choose some of one group, of as many sources and mutations as there are."""
    random.Random(f"{_SEED} {group}").shuffle(candidates)
    used: Counter[str] = Counter()
    chosen: list[_Candidate] = []
    while candidates and len(chosen) < _CLAIMS:
        rarest = min(candidates, key=lambda c: (used[c.source], used[c.mutation]))
        candidates.remove(rarest)
        used.update((rarest.source, rarest.mutation))
        chosen.append(rarest)
    return chosen


class _Writer:
    """Writes one relation's claims in one language."""

    def __init__(self, material: Material, relation: Relation, language: str) -> None:
        self._pools = material.pools
        self._relation = relation
        self._language = language
        self._wording = relation.wordings[language]

    def true(self) -> Iterator[_Candidate]:
        """What the announcement says, and the denial of what it rules out."""
        for frame, values in self._pairs(self._wording.asks):
            yield _Candidate(frame, UNCHANGED, self._fill(frame, values))
        for frame in self._wording.denials:
            for mutation, values in self._falsehoods():
                text = self._fill(frame, values)
                yield _Candidate(frame, f"{mutation} and {NEGATION}", text)

    def false(self) -> Iterator[_Candidate]:
        """What the announcement rules out, and the denial of what it says."""
        for mutation, values in self._falsehoods():
            for frame in self._wording.asks:
                yield _Candidate(frame, mutation, self._fill(frame, values))
        for frame, values in self._pairs(self._wording.denials):
            yield _Candidate(frame, NEGATION, self._fill(frame, values))

    def open(self) -> Iterator[_Candidate]:
        """What the announcement says with an unknown detail, and open questions."""
        detailed = [frame for frame in self._wording.asks if _DETAIL_SLOT in frame]
        for frame, values in self._pairs(detailed):
            for detail in self._wording.details:
                yield _Candidate(detail, DETAIL, self._fill(frame, values, detail))
        for frame in self._wording.open:
            texts = (self._fill(frame, values) for values in self._relation.truths)
            for text in dict.fromkeys(texts):
                yield _Candidate(frame, OPEN, text)

    def _pairs(self, frames: list[str]) -> Iterable[tuple[str, Values]]:
        return itertools.product(frames, self._relation.truths)

    def _falsehoods(self) -> list[tuple[str, Values]]:
        """Every mutation of a true combination of values that is not true itself."""
        if self._relation.open:
            return []
        mutants = {
            values: mutation
            for truth in self._relation.truths
            for mutation, values in (*self._changed(truth), *self._swapped(truth))
            if len(set(values)) == len(values)
        }
        return [
            (mutation, values)
            for values, mutation in mutants.items()
            if values not in self._relation.truths
        ]

    def _changed(self, truth: Values) -> Iterator[tuple[str, Values]]:
        for place, (slot, pool) in enumerate(self._relation.slots.items()):
            for value in self._pools[pool]:
                yield slot, (*truth[:place], value, *truth[place + 1 :])

    def _swapped(self, truth: Values) -> Iterator[tuple[str, Values]]:
        pools = list(self._relation.slots.values())
        for one, other in itertools.combinations(range(len(pools)), 2):
            if pools[one] == pools[other]:
                values = list(truth)
                values[one], values[other] = values[other], values[one]
                yield SWAP, tuple(values)

    def _fill(self, frame: str, values: Values, detail: str = "") -> str:
        words = {
            slot: self._pools[pool][value][self._language]
            for (slot, pool), value in zip(
                self._relation.slots.items(), values, strict=True
            )
        }
        text = frame.replace(_DETAIL_SLOT, f" {detail}" if detail else "")
        return _capitalise(text.format(**words))


def _capitalise(text: str) -> str:
    return text[0].upper() + text[1:]
