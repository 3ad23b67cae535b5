"""What needs eyes, in groups of the same question: the work of those who review."""

import dataclasses
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Sequence

from bot.staff.review.entries import REASONS, Entries, Entry, Reason, Wanted
from bot.staff.review.likeness import alike
from bot.store import ConversationStore

MOST = 2_000
"""So many entries are put into groups at a time, the newest."""
_EXAMPLES = 3
# What was settled as late as this keeps its place in a group, out of sight: else the
# groups would change under the hands of those who work through them.
_SECONDS_SETTLED = 24 * 60 * 60
# What was put into groups of late, by a digest: no text stays in memory for it.
_GROUPED: dict[str, list[int]] = {}
_MOST_GROUPED = 32
_ONE_AT_A_TIME = threading.Lock()


@dataclasses.dataclass(frozen=True)
class Group:
    """Entries that ask the same.

    Attributes:
        entries: They, the newest first; at least one.
    """

    entries: tuple[Entry, ...]

    @property
    def id(self) -> int:
        """The id of its newest entry, by which the group is named."""
        return self.entries[0].id

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of its entries."""
        return tuple(entry.id for entry in self.entries)

    @property
    def open(self) -> int:
        """How many of its entries no button has led to an answer after all."""
        return sum(not entry.led_on for entry in self.entries)

    @property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """Why it needs eyes, each with the number of entries."""
        counted = Counter(reason for entry in self.entries for reason in entry.reasons)
        return tuple((it, counted[it]) for it in REASONS if counted[it])

    @property
    def examples(self) -> tuple[str, ...]:
        """Some of its texts, no two the same."""
        texts = dict.fromkeys(entry.text for entry in self.entries)
        return tuple(texts)[:_EXAMPLES]


@dataclasses.dataclass(frozen=True)
class Queue:
    """The groups that are wanted.

    Attributes:
        groups: They, the largest first; those last that were helped by a button.
        older: The entry to go on from for older ones, or 0 where there are none.
    """

    groups: tuple[Group, ...]
    older: int = 0

    def place(self, entry: int) -> int | None:
        """Return the place of the group that an entry is in, or None."""
        for place, group in enumerate(self.groups):
            if entry in group.ids:
                return place
        return None


def read_queue(
    store: ConversationStore, wanted: Wanted, before: int = 0, most: int = MOST
) -> Queue:
    """Return what needs eyes.

    Args:
        store: Where conversations are kept.
        wanted: Which entries.
        before: Only entries that came before this one; 0 for the newest.
        most: How many entries to put into groups.
    """
    since = time.time() - _SECONDS_SETTLED
    entries, more = Entries(store).newest(wanted, most, before, since)
    return Queue(grouped(entries), entries[-1].id if more else 0)


def grouped(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """Return entries, the newest first, as groups; settled ones stand in none."""
    members: dict[int, list[Entry]] = {}
    numbers = _numbers([entry.text for entry in entries])
    for number, entry in zip(numbers, entries, strict=True):
        if not entry.settled:
            members.setdefault(number, []).append(entry)
    groups = [Group(tuple(some)) for some in members.values()]
    return tuple(sorted(groups, key=lambda group: (-group.open, -group.id)))


def _numbers(texts: Sequence[str]) -> list[int]:
    """Return which group each text belongs to; the same are not compared twice."""
    written = "\0".join(texts).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(written).hexdigest()
    numbers = _GROUPED.get(digest)
    if numbers is None:
        numbers = alike(texts)
        with _ONE_AT_A_TIME:
            if len(_GROUPED) >= _MOST_GROUPED:
                _GROUPED.pop(next(iter(_GROUPED)))
            _GROUPED[digest] = numbers
    return numbers
