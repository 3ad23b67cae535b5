"""The typed records of the knowledge base, one class for each kind of record."""

from typing import Literal

import pydantic

from bot.languages import Language

Season = Literal["winter", "spring", "summer", "autumn"]
Cue = Literal["total", "rest", "percent", "average", "difference", "other"]
NameType = Literal[
    "recipient",
    "organisation",
    "person",
    "place",
    "region",
    "field",
    "programme",
    "subject",
]
LineRole = Literal[
    "omitted", "archive", "title", "origin", "lead", "photo", "caption", "heading"
]


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
    id: str = pydantic.Field(regex=r"^[a-z_]+(\.[a-z_]+)+$")
    label: Localised
    quotes: tuple[str, ...]

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

    `text` tells of them as a list in words, where more than their names is to be told.
    """

    kind: Literal["names"]
    value: tuple[str, ...]
    text: Localised | None = None

    _some_name = pydantic.validator("value", allow_reuse=True)(_refuse_empty)


class TextFact(_FactBase):
    """A statement that is told in words."""

    kind: Literal["text"]
    text: Localised


Fact = AmountFact | CountFact | SeasonFact | NameFact | NamesFact | TextFact


class DerivedFact(Record):
    """A figure that follows from two others by arithmetic.

    `kind` of the result: `amount` (kroner) or `count` for subtract, add and average, as
    the operands are, and `percent` (0-100) for percent.
    """

    id: str = pydantic.Field(regex=r"^[a-z_]+(\.[a-z_]+)+$")
    operation: Literal["add", "subtract", "percent", "average"]
    operands: tuple[str, str]
    label: Localised


class Name(Record):
    """Somebody or something with a name, and the ways in which people write it.

    Attributes:
        id: Its id.
        type: What sort of name it is.
        label: What replies call it.
        aliases: What people write.
        places: Of a region, the names of places in it; there may be none.
    """

    id: str = pydantic.Field(regex=r"^[a-z_]+$")
    type: NameType
    label: Localised
    aliases: tuple[str, ...]
    places: tuple[str, ...] = ()

    _some_alias = pydantic.validator("aliases", allow_reuse=True)(_refuse_empty)


class Topic(Record):
    """One thing that can be answered; its fields are explained in topics.yml."""

    id: str
    facts: tuple[str, ...] = ()
    figure: str | None = None
    holders: tuple[str, ...] = ()
    holds: bool = False
    unsettled: bool = False
    opposite: tuple[str, ...] = ()
    confirming: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    pairs: dict[str, tuple[str, ...]] = {}
    about: tuple[str, ...] = ()
    then: dict[Cue, str] = {}
    next: tuple[str, ...]

    _some_next = pydantic.validator("next", allow_reuse=True)(_refuse_empty)


class Gap(Record):
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
    """One way from an intent to a topic or gap; conditions that are empty always fit.

    Attributes:
        topic: Where the route leads.
        when: Name ids, name types, or `unknown`: any of them must be spoken of.
        when_all: Name ids that must all be spoken of.
        words: Words of which one must stand in the question.
        without: Words of which none may, and `unknown` for names that are not known.
        yes_no: It must be a yes/no question that holds no figure.
    """

    topic: str
    when: tuple[str, ...] = ()
    when_all: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    yes_no: bool = False


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
