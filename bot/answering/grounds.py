"""What a claim is held up to: the facts of the topic that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.frame import Frame
from bot.answering.select import Selection
from bot.answering.support import Support
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import FILLERS
from bot.knowledge.templates import placeholders
from bot.languages import LANGUAGES


class Grounds:
    """The facts that one claim is held up to, and what they say.

    Attributes:
        base: The knowledge base.
        support: The words that right claims hold.
        frame: The claim.
        selection: The topic that it is about.
        facts: Ids of all facts that the topic tells, and of those that it shares.
        point: Ids of those that it is about, the first before all.
    """

    def __init__(
        self, base: KnowledgeBase, support: Support, frame: Frame, selection: Selection
    ) -> None:
        """Take the facts of the topic."""
        self.base = base
        self.support = support
        self.frame = frame
        self.selection = selection
        members = [n for n in selection.subject.names if n in base.members]
        facts = [*base.stated[selection.topic], *map(base.place_fact, members)]
        facts += [k for k in map(base.kind_fact, members) if k in base.facts]
        roster = base.content.roster
        if selection.topic in roster.topics():
            facts += [f for topic in roster.shared for f in base.stated[topic]]
        self.facts = tuple(dict.fromkeys(facts))
        self.point = base.topics[selection.topic].point
        if not self.point:
            self.point = self.facts

    def kind(self, fact: str) -> str:
        """Return the kind of a fact's figure; names are a count."""
        kind = self.base.figure_kind(fact)
        return "count" if kind == "names" else kind

    def value(self, fact: str) -> float:
        """Return the figure of a fact."""
        if self.base.figure_kind(fact) == "names":
            return len(self.base.linked_names(fact))
        return self.base.value(fact)

    def counting(self, counts: Iterable[str]) -> tuple[str, ...]:
        """Return the facts whose figure counts one of some names or values."""
        of, wanted, names = self.base.counted, set(counts), set(self.frame.names)
        found = [fact for fact, counted in of.items() if counted & wanted]
        sums = [
            derived.id
            for derived in self.base.derived.values()
            if derived.operation == "add"
            and any(of[part] & wanted for part in derived.operands)
            and all(of[part] & names for part in derived.operands)
        ]
        return (*found, *sums)

    def is_complete(self, fact: str) -> bool:
        """Tell whether a fact names all that there are."""
        record = self.base.facts.get(fact)
        return record is not None and record.complete

    def is_exclusive(self, kind: str) -> bool:
        """Tell whether one value of a type rules out the others."""
        value_type = self.base.value_types.get(kind)
        return value_type is not None and value_type.exclusive

    def alike(self, stated: str, claimed: str) -> bool:
        """Tell whether a claimed type can stand where a stated one does."""
        alike = self.base.content.alike
        return alike.get(claimed, claimed) == alike.get(stated, stated)

    def stated(self, right: Iterable[str] = ()) -> frozenset[str]:
        """Return what the topic tells of, and what else is claimed and right."""
        base = self.base
        facts = (*self.facts, *right)
        told = {v for fact in facts for v in base.stated_by(fact)}
        told |= {c for fact in self.facts for c in base.counted[fact]}
        told |= set(base.topics[self.selection.topic].about)
        if self.tells_of_members:
            told |= set(self.selection.subject.names)
        regions = {
            name.id for name in base.names.values() if not told.isdisjoint(name.places)
        }
        return frozenset(told | regions | set(self.selection.settled))

    @property
    def tells_of_members(self) -> bool:
        """Whether what is told is true of each on the list that is named."""
        topic, roster = self.selection.topic, self.base.content.roster
        words = self.base.wording[LANGUAGES[0]].topics[topic].answer
        return topic in roster.all_topics() or "names" in placeholders(words)

    def asks_who(self) -> bool:
        """Tell whether the topic tells who does something."""
        named = (
            self.base.type_of(name)
            for fact in self.point
            if self.is_complete(fact)
            for name in self.base.stated_by(fact)
        )
        return any(kind in FILLERS for kind in named)

    def tells_what_somebody_is(self, name: str) -> bool:
        """Tell whether a name says what one of the list is, and not others."""
        kinds = map(self.base.kind_fact, self.base.members)
        return any(
            name in self.base.stated_by(kind)
            for kind in kinds
            if kind in self.base.facts
        )


class Check:
    """One way to hold up a claim."""

    def __init__(self, grounds: Grounds) -> None:
        """Take what it is held up to."""
        self._grounds = grounds
        self._base = grounds.base
        self._support = grounds.support
        self._frame = grounds.frame
        self._selection = grounds.selection
        self._facts = grounds.facts
        self._point = grounds.point
