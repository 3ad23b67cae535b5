"""Makes messages that nobody writes, always the same ones from a seed.

Something real stands before, after or around most of them, so that the steps behind it
are reached.
"""

import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

from trials.fuzzing.kinds import KINDS, Pieces
from trials.fuzzing.material import Material, material

SEED = 2024
"""Which messages are made where nothing else is said."""


class Odd(NamedTuple):
    """A message that nobody writes.

    Attributes:
        kind: What it is made of.
        text: It.
    """

    kind: str
    text: str


def odd_messages(count: int, length: int, seed: int = SEED) -> Iterator[Odd]:
    """Yield messages of as many characters, of each kind in turn.

    Args:
        count: How many.
        length: Characters of each.
        seed: The same seed gives the same messages.
    """
    for number, kind in enumerate(itertools.islice(itertools.cycle(KINDS), count)):
        chance = random.Random(f"{seed} {number}")
        yield Odd(kind, _message(KINDS[kind], length, chance))


def any_messages(count: int, longest: int, seed: int = SEED) -> Iterator[Odd]:
    """Yield messages of any length up to `longest`, short ones most often."""
    for number in range(count):
        chance = random.Random(f"{seed} any {number}")
        kind = chance.choice(list(KINDS))
        length = max(1, int(longest ** chance.random()))
        yield Odd(kind, _message(KINDS[kind], length, chance))


def _message(pieces: Pieces, length: int, chance: random.Random) -> str:
    """Return pieces up to a length, mostly before, after or inside something real."""
    given = material()
    before, after = chance.choice(
        (
            (_real(chance, given), ""),
            ("", _real(chance, given)),
            (_real(chance, given), _real(chance, given)),
            _halves(_real(chance, given), chance),
            ("", ""),
        )
    )
    before, after = (f"{before} " if before else ""), (f" {after}" if after else "")
    room = length - len(before) - len(after)
    filling: list[str] = []
    for piece in pieces(chance, given):
        if room <= 0:
            break
        filling.append(piece)
        room -= len(piece)
    filled = before + "".join(filling)
    return (filled[: max(length - len(after), 0)] + after)[:length]


def _real(chance: random.Random, given: Material) -> str:
    return chance.choice(chance.choice((given.questions, given.claims)))


def _halves(text: str, chance: random.Random) -> tuple[str, str]:
    words = text.split()
    place = chance.randint(0, len(words))
    return " ".join(words[:place]), " ".join(words[place:])
