"""What the conversations never touch: intents, facts and actions."""

import dataclasses
from collections.abc import Iterable, Sequence

from trials.scripts.results import Result
from trials.scripts.vocabulary import Vocabulary


@dataclasses.dataclass(frozen=True)
class Coverage:
    """What there is, and what the server's replies showed of it.

    Attributes:
        what: `intents`, `facts` or `actions`.
        all: All that there are.
        touched: Those that some reply showed.
    """

    what: str
    all: Sequence[str]
    touched: frozenset[str]

    @property
    def untouched(self) -> list[str]:
        """Those that no reply showed."""
        return [name for name in self.all if name not in self.touched]

    def __str__(self) -> str:
        missing = len(self.untouched)
        line = f"{self.what}: {len(self.all) - missing} of {len(self.all)} touched"
        return f"{line}; untouched: {', '.join(self.untouched)}" if missing else line


def coverage(results: Iterable[Result], vocabulary: Vocabulary) -> list[Coverage]:
    """Return the coverage of intents, facts and actions, from what really came."""
    replies = [turn.reply for result in results for turn in result.turns if turn.reply]

    def seen(names: Iterable[Iterable[str]]) -> frozenset[str]:
        return frozenset(name for some in names for name in some)

    return [
        Coverage("intents", vocabulary.intents, seen(r.intents for r in replies)),
        Coverage("facts", vocabulary.facts, seen(r.facts for r in replies)),
        Coverage("actions", vocabulary.actions, seen(r.actions for r in replies)),
    ]
