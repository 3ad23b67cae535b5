"""The typed records of the knowledge base, one class for each kind of record."""

# Longer than other modules: every record of the files stands here, to be read at once.

import re
from typing import Literal

import pydantic

from bot.languages import Language

Season = Literal["winter", "spring", "summer", "autumn"]
LineRole = Literal[
    "omitted", "archive", "title", "origin", "lead", "photo", "caption", "heading"
]

# Types of names and values, and two values, that the code knows; a content may have
# others.
PLACE = "place"
REGION = "region"
LAND = (PLACE, REGION)
ORGANISATION = "organisation"
PERSON = "person"
# Those that an unknown name can stand in for.
FILLERS = (ORGANISATION, PERSON)
# What may be part of a longer name too.
FIELD = "field"
# The type of values such as `the whole of it`.
WHOLE = "whole"
SAME_PLACE = "same_place"
SAME_ONE = "same_one"

_WORD = r"^[a-z_]+$"


class Record(pydantic.BaseModel):
    """A record that refuses fields it does not know and never changes once read."""

    class Config:
        """Settings of pydantic."""

        extra = "forbid"
        frozen = True


def _refuse_empty(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise ValueError("needs at least one entry")
    return values


def _pair(pair: str) -> str:
    if not re.fullmatch(r"[a-z_]+\.[a-z_]+", pair):
        raise ValueError(f"'{pair}' is not written subject.attribute")
    return pair


class Localised(Record):
    """The same words in Bokmål, Nynorsk and English."""

    nb: str = pydantic.Field(min_length=1)
    nn: str = pydantic.Field(min_length=1)
    en: str = pydantic.Field(min_length=1)

    def into(self, language: Language) -> str:
        """Return the words in one language."""
        return str(getattr(self, language))


class SeasonOfYear(Record):
    """A time given as loosely as the announcement gives it, such as winter 2019."""

    season: Season
    year: int


class _FactBase(Record):
    """What every fact has.

    Attributes:
        id: A dotted path.
        label: What it is about.
        quotes: The passages that prove it.
        counts: Of a figure, what it counts: ids of names or of values.
        values: Ids of values of `vocabulary.yml` that it states.
        complete: It names all there are, so that a claim of another is wrong.
    """

    id: str = pydantic.Field(regex=r"^[a-z_]+(\.[a-z_]+)+$")
    label: Localised
    quotes: tuple[str, ...]
    counts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    complete: bool = False

    _some_quote = pydantic.validator("quotes", allow_reuse=True)(_refuse_empty)


class AmountFact(_FactBase):
    """A sum of money in whole kroner."""

    kind: Literal["amount"]
    value: int = pydantic.Field(ge=0)


class CountFact(_FactBase):
    """A number of things."""

    kind: Literal["count"]
    value: int = pydantic.Field(ge=0)


class SeasonFact(_FactBase):
    """A time of the kind 'the winter of 2019'."""

    kind: Literal["season"]
    value: SeasonOfYear


class NameFact(_FactBase):
    """Points to one name in names.yml."""

    kind: Literal["name"]
    value: str


class NamesFact(_FactBase):
    """Points to several names in names.yml, in the announcement's order.

    `text` tells of them as a list in words, where more than their names is to be told,
    `lines` one line for each, or for those that belong together, and `details` by the
    id of a name what is told of it where each has a line of its own.
    """

    kind: Literal["names"]
    value: tuple[str, ...]
    text: Localised | None = None
    lines: tuple[Localised, ...] = ()
    details: dict[str, Localised] = {}

    _some_name = pydantic.validator("value", allow_reuse=True)(_refuse_empty)


class TextFact(_FactBase):
    """A statement that is told in words."""

    kind: Literal["text"]
    text: Localised


Fact = AmountFact | CountFact | SeasonFact | NameFact | NamesFact | TextFact


class DerivedFact(Record):
    """A figure that follows from two others by arithmetic.

    It is an amount (kroner) or a count for add, subtract and average, as the operands
    are, and a percentage (0-100) for percent.
    """

    id: str = pydantic.Field(regex=r"^[a-z_]+(\.[a-z_]+)+$")
    operation: Literal["add", "subtract", "percent", "average"]
    operands: tuple[str, str]
    label: Localised
    counts: tuple[str, ...] = ()


class Name(Record):
    """Somebody or something with a name, and the ways in which people write it.

    Attributes:
        id: Its id.
        type: What sort of name it is, such as `place`.
        label: What replies call it.
        aliases: What people write.
        places: Of a region, the names of places in it; there may be none.
        pronoun: How a person is spoken of.
        titles: What people write of whoever holds an office: `the director`.
        short: What people write once it is spoken of, or something of the same type.
    """

    id: str = pydantic.Field(regex=_WORD)
    type: str = pydantic.Field(regex=_WORD)
    label: Localised
    aliases: tuple[str, ...]
    places: tuple[str, ...] = ()
    pronoun: Literal["he", "she"] | None = None
    titles: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    _some_alias = pydantic.validator("aliases", allow_reuse=True)(_refuse_empty)


class Forms(Record):
    """How a value is written; `norwegian` is Bokmål and Nynorsk alike.

    A form may be several words. One that ends in `*` stands for all that begin so.
    """

    norwegian: tuple[str, ...] = ()
    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return the forms of all languages."""
        return (*self.norwegian, *self.nb, *self.nn, *self.en)


class Value(Record):
    """Something other than a name that can be claimed, such as a currency.

    Attributes:
        id: Its id.
        type: What sort of value it is; values of one type can contradict each other.
        forms: How it is written.
    """

    id: str = pydantic.Field(regex=_WORD)
    type: str = pydantic.Field(regex=_WORD)
    forms: Forms


class ValueType(Record):
    """What the values of one type have in common.

    Attributes:
        id: Its id.
        exclusive: A fact that states one of them contradicts every other.
        side_by_side: Beside the right value another may be said of something else.
        unsettling: No announcement settles a claim that holds one of them, as `still`
            or `fair`.
    """

    id: str = pydantic.Field(regex=_WORD)
    exclusive: bool = False
    unsettling: bool = False
    side_by_side: bool = False


class Meaning(Record):
    """What leads to a topic or gap.

    A pair such as `director.name` is a subject (the id or type of a name, the id of a
    value, or a word of one's own) and an attribute.

    Attributes:
        id: Its id.
        intents: The intents that ask for it, each with the pair that it stands for.
        answers: Other pairs that it answers.
    """

    id: str
    intents: dict[str, str] = {}
    answers: tuple[str, ...] = ()

    _pairs = pydantic.validator("answers", "intents", each_item=True, allow_reuse=True)(
        _pair
    )

    @property
    def pairs(self) -> tuple[str, ...]:
        """All pairs that it answers; the first tells what it is about."""
        return tuple(dict.fromkeys((*self.intents.values(), *self.answers)))


class Topic(Meaning):
    """One thing that can be answered.

    Attributes:
        id: Its id.
        point: The facts that a question about it is about; claims are held up to them.
        facts: Facts that the sentences state without a placeholder of their own.
        unsettled: The announcement does not settle it: no claim is right or wrong.
        open: Its sentences answer an open claim as well as can be: they are told as an
            answer, where others are told as what is known nearby.
        about: Names in focus once it has been told.
        listed: The fact whose names it lists; `the second` is one of them.
        next: Topics to suggest, and to tell when somebody asks for more.
    """

    id: str
    point: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    unsettled: bool = False
    open: bool = False
    about: tuple[str, ...] = ()
    listed: str | None = None
    next: tuple[str, ...]

    _some_next = pydantic.validator("next", allow_reuse=True)(_refuse_empty)


class Gap(Meaning):
    """One thing that the announcement does not say, and what it says nearby.

    Attributes:
        id: Its id.
        nearby: The topic whose answer is told instead.
        contact: Whoever asks wants to reach somebody, and is told where.
    """

    id: str = pydantic.Field(regex=r"^gap\.[a-z_]+$")
    nearby: str
    contact: bool = False


class Route(Record):
    """Where a question leads whose subject and attribute alone do not tell.

    Conditions that are left out always fit.

    Attributes:
        intents: The intents that it holds for.
        topic: The topic or gap where it leads.
        when: Ids or types of names or values, or `unknown`: one of them is spoken of.
        when_all: Ids or types of which all are spoken of.
        without: Ids or types of which none is.
        asks: The kind of question word, such as `count`, of which it has one.
        claim: Whether it is a claim.
        all: Whether it says `all` or `only`.
    """

    intents: tuple[str, ...]
    topic: str
    when: tuple[str, ...] = ()
    when_all: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    claim: bool | None = None
    all: bool | None = None


class Roster(Record):
    """The list of those whom the announcement is about.

    Attributes:
        fact: The fact that names them.
        place: The fact that tells where one of them is, with `{name}` for its id.
        kind: The fact that tells what one of them is, likewise.
        shared: Topics that hold for all of them.
        all: The topic that tells of them all.
        named: The topic that tells of some of them by name.
        located: The topic that tells where some of them are.
        in_place: The topic that tells who is in a place.
        others: The topic that tells who else there is.
        absent: The topic that tells that somebody is not among them.
        not_only: The topic that tells that others are among them too.
        not_all: The topic that tells that not all of them are in some place.
    """

    fact: str
    place: str
    kind: str
    all: str
    named: str
    located: str
    in_place: str
    others: str
    absent: str
    not_only: str
    not_all: str
    shared: tuple[str, ...] = ()

    def topics(self) -> tuple[str, ...]:
        """Return the topics that tell of them."""
        return (
            *(self.all, self.named, self.located, self.in_place),
            *(self.others, self.absent, self.not_only, self.not_all),
        )

    def all_topics(self) -> tuple[str, ...]:
        """Return those topics, and the ones that hold for all of them."""
        return (*self.topics(), *self.shared)


class Content(Record):
    """What the content is, for whoever serves it.

    Attributes:
        title: The name of the service, in each language.
        summary: The topic that sums the announcement up.
        starters: Topics that are suggested where nothing has been asked.
        contact: Where people are told to turn, unless a setting says otherwise.
        status: The topic that tells whether the announcement is still in force, for
            the page that shows it.
        origin: The topic that tells who published it, likewise.
        roster: The list of those whom it is about.
        bare: For an id or type of a name, the pair that a name alone asks for.
        together: For a type of names, the subject that several of them make up.
        alike: For a type of names or values, the type that it can stand in for, and so
            contradict.
        harmless: Names and values that claim no more than the announcement does, such
            as those who speak in it.
        within_names: Types of values that are read inside a name too.
        asks_names: Intents that may ask about a name that is not known.
    """

    title: Localised
    summary: str
    starters: tuple[str, ...]
    contact: str
    status: str | None = None
    origin: str | None = None
    roster: Roster
    bare: dict[str, str]
    together: dict[str, str] = {}
    alike: dict[str, str] = {}
    harmless: tuple[str, ...] = ()
    within_names: tuple[str, ...] = ()
    asks_names: tuple[str, ...] = ()

    _some_starter = pydantic.validator("starters", allow_reuse=True)(_refuse_empty)


class Line(Record):
    """What one line of the announcement is, for whoever shows it."""

    line: str = pydantic.Field(min_length=1)
    role: LineRole


class TopicWording(Record):
    """What is said of one topic in one language.

    Attributes:
        answer: The reply's template.
        answer_plural: The template when several names are asked about, if it differs.
        simple: A shorter, simpler reply, if there is one.
        ask: The question as a button's title; none for topics that are not suggested.
    """

    answer: str
    answer_plural: str | None = None
    simple: str | None = None
    ask: str | None = None


class Wording(Record):
    """Everything that the assistant says in one language."""

    topics: dict[str, TopicWording]
    gaps: dict[str, str]
    gap_questions: dict[str, str]
    verdicts: dict[Literal["yes", "no"], str]
    clauses: dict[str, str]
    formats: dict[str, str]
    talk: dict[str, tuple[str, ...]]


class Claims(Record):
    """Sentences that claim something, by the topic that they are about.

    Attributes:
        hold: Those that the announcement bears out.
        wrong: Those that it contradicts.
        open: Those that it does not settle.
    """

    hold: dict[str, tuple[str, ...]]
    wrong: dict[str, tuple[str, ...]] = {}
    open: dict[str, tuple[str, ...]]
