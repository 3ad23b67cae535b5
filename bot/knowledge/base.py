"""The loaded knowledge base and the questions that can be put to it."""

# Longer than other modules: the one place where facts and names are looked up.

import dataclasses
import functools
import re
from collections.abc import Iterable

from bot.knowledge.models import (
    PLACE,
    Claims,
    Content,
    DerivedFact,
    Fact,
    Gap,
    Line,
    Name,
    NameFact,
    NamesFact,
    Route,
    Topic,
    Value,
    ValueType,
    Wording,
)
from bot.knowledge.templates import QUESTION_PLACEHOLDERS, placeholders
from bot.languages import LANGUAGES, Language

# A line that is not blank: a bullet, if there is one, and the words without the blanks
# around them.
_LINE = re.compile(r"^\s*(?P<bullet>•\s*)?(?P<words>\S.*?)\s*$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Source:
    """A verbatim passage of the announcement.

    Attributes:
        quote: The passage.
        start: Offset of its first character in `knowledge/announcement.txt`.
        end: Offset just after its last character.
    """

    quote: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class Block:
    """One line of the announcement, without its bullet and the blanks around it.

    Attributes:
        role: A role of `knowledge/layout.yml`, or `item` (of a list) or `paragraph`.
        start: Offset of its first character in `knowledge/announcement.txt`.
        end: Offset just after its last character.
    """

    role: str
    start: int
    end: int


# One that was loaded again is another: comparing all they hold would take long.
@dataclasses.dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """All that the assistant knows, keyed by id and in the order of the files."""

    content: Content
    announcement: str
    facts: dict[str, Fact]
    derived: dict[str, DerivedFact]
    names: dict[str, Name]
    value_types: dict[str, ValueType]
    values: dict[str, Value]
    topics: dict[str, Topic]
    gaps: dict[str, Gap]
    routes: tuple[Route, ...]
    claims: dict[Language, Claims]
    wording: dict[Language, Wording]
    layout: dict[str, Line]

    @functools.cached_property
    def intents(self) -> dict[str, str]:
        """The pair of subject and attribute that each intent stands for."""
        return {
            intent: pair
            for record in (*self.topics.values(), *self.gaps.values())
            for intent, pair in record.intents.items()
        }

    @functools.cached_property
    def answers(self) -> dict[str, str]:
        """The topic or gap that answers each pair of subject and attribute."""
        return {
            pair: record.id
            for record in (*self.topics.values(), *self.gaps.values())
            for pair in record.pairs
        }

    @functools.cached_property
    def stated(self) -> dict[str, tuple[str, ...]]:
        """The facts that the sentences of each topic state, whomever it is about."""
        words = self.wording[LANGUAGES[0]].topics
        return {
            topic.id: tuple(
                dict.fromkeys(
                    (
                        *topic.point,
                        *topic.facts,
                        *(
                            name
                            for name in placeholders(words[topic.id].answer)
                            if name not in QUESTION_PLACEHOLDERS
                        ),
                    )
                )
            )
            for topic in self.topics.values()
        }

    @functools.cached_property
    def counted(self) -> dict[str, frozenset[str]]:
        """The ids of what the figure of each fact counts, if it counts anything."""
        records = (*self.facts.values(), *self.derived.values())
        return {record.id: frozenset(record.counts) for record in records}

    def stated_by(self, fact_id: str) -> tuple[str, ...]:
        """Return the ids of the names and values that a fact states."""
        found: dict[str, None] = {}
        for stated in self.operands(fact_id):
            found |= dict.fromkeys(
                (*self.linked_names(stated), *self.facts[stated].values)
            )
        return tuple(found)

    def type_of(self, value_id: str) -> str:
        """Return the type of a name or value."""
        return (self.names.get(value_id) or self.values[value_id]).type

    def operands(self, fact_id: str) -> tuple[str, ...]:
        """Return the ids of the stated facts that a fact rests on, itself if stated."""
        if fact_id in self.facts:
            return (fact_id,)
        derived = self.derived[fact_id]
        return tuple(
            dict.fromkeys(
                stated for part in derived.operands for stated in self.operands(part)
            )
        )

    def sources(self, fact_ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the passages that prove some facts, each once, in the facts' order.

        A passage that lies inside another of them is left out.
        """
        quotes = dict.fromkeys(
            quote
            for fact_id in fact_ids
            for stated in self.operands(fact_id)
            for quote in self.facts[stated].quotes
        )
        sources = [self.locate(quote) for quote in quotes]
        return tuple(
            source
            for source in sources
            if not any(
                other != source
                and other.start <= source.start
                and source.end <= other.end
                for other in sources
            )
        )

    def locate(self, quote: str) -> Source:
        """Return where a quote stands in the announcement.

        Raises:
            ValueError: The quote does not stand there.
        """
        start = self.announcement.index(quote)
        return Source(quote, start, start + len(quote))

    def lines(self) -> tuple[Block, ...]:
        """Return every line of the announcement that is not blank, in its order."""
        return tuple(
            Block(self._role_of(found), *found.span("words"))
            for found in _LINE.finditer(self.announcement)
        )

    def _role_of(self, found: re.Match[str]) -> str:
        named = self.layout.get(found["words"])
        if named:
            return named.role
        return "item" if found["bullet"] else "paragraph"

    @property
    def title(self) -> str:
        """The announcement's title."""
        return next(self.text_of(it) for it in self.blocks() if it.role == "title")

    def blocks(self) -> tuple[Block, ...]:
        """Return the lines that are shown, in the announcement's order.

        The note that it is archived may stand in several places of the announcement. It
        is shown where it first stands, which is where a quote of it is found.
        """
        shown: list[Block] = []
        for line in self.lines():
            repeated = line.role == "archive" and any(
                self.text_of(line) == self.text_of(other) for other in shown
            )
            if line.role != "omitted" and not repeated:
                shown.append(line)
        return tuple(shown)

    def text_of(self, block: Block) -> str:
        """Return the words of a block."""
        return self.announcement[block.start : block.end]

    def value(self, fact_id: str) -> int | float:
        """Return a fact's figure: whole kroner, a count, or percent (0-100).

        Raises:
            KeyError: There is no such fact.
            TypeError: The fact is no figure.
        """
        if fact_id in self.derived:
            derived = self.derived[fact_id]
            first, second = (self.value(part) for part in derived.operands)
            if derived.operation == "add":
                return first + second
            if derived.operation == "subtract":
                return first - second
            if derived.operation == "percent":
                return 100 * first / second
            return first / second
        fact = self.facts[fact_id]
        if fact.kind in ("amount", "count"):
            return int(fact.value)
        raise TypeError(f"{fact_id} is no figure but of kind {fact.kind}")

    def figure_kind(self, fact_id: str) -> str:
        """Return `amount`, `count`, `percent`, or the kind of a fact without figure."""
        if fact_id in self.derived:
            derived = self.derived[fact_id]
            if derived.operation == "percent":
                return "percent"
            return self.figure_kind(derived.operands[0])
        return self.facts[fact_id].kind

    def linked_names(self, fact_id: str) -> tuple[str, ...]:
        """Return the ids of the names that a fact points to; none for other kinds."""
        fact = self.facts.get(fact_id)
        if isinstance(fact, NameFact):
            return (fact.value,)
        if isinstance(fact, NamesFact):
            return fact.value
        return ()

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of those on the roster, in the announcement's order."""
        return self.linked_names(self.content.roster.fact)

    def place_fact(self, member: str) -> str:
        """Return the id of the fact that tells where a member is."""
        return self.content.roster.place.format(name=member)

    def kind_fact(self, member: str) -> str:
        """Return the id of the fact that tells what a member is; there may be none."""
        return self.content.roster.kind.format(name=member)

    def place_of(self, member: str) -> str:
        """Return the id of the place that a member is in."""
        return self.linked_names(self.place_fact(member))[0]

    def places_in(self, name_id: str) -> tuple[str, ...]:
        """Return the places that a name stands for: itself, or those in a region."""
        name = self.names[name_id]
        return (name_id,) if name.type == PLACE else name.places
