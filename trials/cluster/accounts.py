"""Holds what was acknowledged against what was kept."""

import collections
import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence

from trials.cluster.talking import Said, Turn


@dataclasses.dataclass(frozen=True)
class Account:
    """What went wrong with the messages of some conversations: their ids.

    Attributes:
        acknowledged: How many messages were acknowledged.
        lost: Those that are not kept, or not as they were acknowledged.
        doubled: Those that are kept twice.
        crossed: Those that stand in a conversation in which they were not said.
        disordered: Those that stand before one that was said earlier.
    """

    acknowledged: int = 0
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    disordered: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.crossed or self.disordered)

    def __str__(self) -> str:
        faults = ("lost", "doubled", "crossed", "disordered")
        counts = (f"{len(getattr(self, name))} {name}" for name in faults)
        return f"{self.acknowledged} acknowledged: {', '.join(counts)}"


def account_of(said: Sequence[Said], kept: Sequence[Turn]) -> Account:
    """Return the account of one conversation.

    Args:
        said: What was acknowledged, in its order.
        kept: The turns that are kept, in their order.
    """
    texts = {each.id: each.text for each in said}
    turns = {turn["id"]: turn for turn in kept}
    places = {each.id: place for place, each in enumerate(said)}
    order = [places[turn["id"]] for turn in kept if turn["id"] in places]
    return Account(
        acknowledged=len(said),
        lost=tuple(each.id for each in said if turns.get(each.id) != each.turn),
        doubled=(*_twice(turn["id"] for turn in kept), *_twice(map(_text_of, kept))),
        crossed=tuple(
            turn["id"] for turn in kept if texts.get(turn["id"]) != _text_of(turn)
        ),
        disordered=tuple(
            said[place].id
            for place, after in itertools.pairwise(order)
            if after < place
        ),
    )


def total(accounts: Iterable[Account], times_stored: Mapping[str, int]) -> Account:
    """Return the account of all conversations.

    Args:
        accounts: Those of each.
        times_stored: How often the store holds a message, by id. Reading a conversation
            tells each once.
    """
    counts: collections.Counter[str] = collections.Counter()
    found: dict[str, list[str]] = collections.defaultdict(list)
    for account in accounts:
        counts["acknowledged"] += account.acknowledged
        for name in ("lost", "doubled", "crossed", "disordered"):
            found[name] += getattr(account, name)
    stored = (message for message, times in times_stored.items() if times > 1)
    return Account(
        counts["acknowledged"],
        tuple(found["lost"]),
        tuple(dict.fromkeys((*found["doubled"], *stored))),
        tuple(found["crossed"]),
        tuple(found["disordered"]),
    )


def _text_of(turn: Turn) -> str:
    return str(turn["text"])


def _twice(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(item for item, n in collections.Counter(items).items() if n > 1)
