"""Who is among those that got money: by name, by place, and `only` or `all`."""

import dataclasses
import re

from bot.answering.question import Question
from bot.answering.wording import Subject
from bot.knowledge import KnowledgeBase
from bot.reading.spelling import fold

_AT = "i|fra|pa|in|from|at"  # folded


@dataclasses.dataclass(frozen=True)
class Membership:
    """What is to be told.

    Attributes:
        topic: The topic's id.
        subject: Whom it is about.
        holds: The answer to it as a yes/no question, or None.
    """

    topic: str
    subject: Subject = dataclasses.field(default_factory=Subject)
    holds: bool | None = None


def look_up_members(
    base: KnowledgeBase, question: Question, names: tuple[str, ...]
) -> Membership:
    """Return what to tell of those that got money, given the names spoken of."""
    recipients = tuple(n for n in names if n in base.recipients)
    places = tuple(n for n in names if base.names[n].type == "place")
    regions = tuple(n for n in names if base.names[n].type == "region")
    form = question.form
    if (form.only or form.all) and (recipients or places) and form.yes_no:
        if len(recipients) == len(base.recipients):
            return Membership("recipients.list", holds=True)
        return Membership("recipients.not_only", Subject(recipients or places), False)
    if recipients:
        return _of_recipients(base, question, recipients, places)
    if question.unknown:
        return Membership(
            "recipients.absent", Subject(unknown=question.unknown[0]), False
        )
    if regions and not places and not form.others:
        return _in_region(base, regions)
    if len(places) > 1:
        inside = tuple(r for r in base.recipients if base.city_of(r) in places)
        return Membership("recipients.named", Subject(inside), True)
    if places:
        inside = base.recipients_in(places[0])
        return Membership("recipients.in_place", Subject(inside, place=places[0]), True)
    if "northern_norway" in names:
        return Membership("pot.northern_norway", holds=True)
    if "finance" in names:
        return Membership("pot.finance", holds=True)
    return Membership("recipients.list")


def _in_region(base: KnowledgeBase, regions: tuple[str, ...]) -> Membership:
    """Return who sits in some parts of the country."""
    places = [place for region in regions for place in base.names[region].places]
    inside = tuple(r for r in base.recipients if base.city_of(r) in places)
    if inside:
        return Membership("recipients.named", Subject(inside), True)
    return Membership("recipients.absent", Subject(absent=regions), False)


def _of_recipients(
    base: KnowledgeBase,
    question: Question,
    recipients: tuple[str, ...],
    places: tuple[str, ...],
) -> Membership:
    if question.form.yes_no and _is_placed_elsewhere(question):
        return Membership("recipients.location", Subject(recipients), False)
    if places:
        return _in_places(base, question, recipients, places)
    return Membership("recipients.named", Subject(recipients), True)


def _is_placed_elsewhere(question: Question) -> bool:
    """Tell whether an unknown name stands as a place: `Valide i Kristiansand`."""
    folded = fold(question.text)
    return any(
        re.search(rf"\b(?:{_AT})\s+{re.escape(fold(name))}\b", folded)
        for name in question.unknown
    )


def _in_places(
    base: KnowledgeBase,
    question: Question,
    recipients: tuple[str, ...],
    places: tuple[str, ...],
) -> Membership:
    there = tuple(r for r in recipients if base.city_of(r) in places)
    asks_which = not question.form.yes_no or question.form.either
    if len(recipients) > 1 and there and asks_which:
        return Membership("recipients.location", Subject(there))
    return Membership("recipients.location", Subject(recipients), there == recipients)
