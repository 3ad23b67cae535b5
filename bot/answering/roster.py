"""Looks up the list: who is on it, where they are, and `all`, `only` and `others`."""

from __future__ import annotations

import dataclasses
import re

from bot.answering.frame import Frame
from bot.answering.wording import Subject
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import LAND, ORGANISATION, PLACE, SAME_ONE, SAME_PLACE
from bot.reading.lexicon import holds_any
from bot.reading.spelling import fold

_AT = "i|fra|pa|ved|in|from|at|of"  # folded


@dataclasses.dataclass(frozen=True)
class Listed:
    """What is to be told of the list.

    Attributes:
        topic: The topic's id.
        subject: Whom it is about.
        holds: Whether what is claimed of those in it holds; None where nothing is.
        settled: Ids of the names and values that this has settled, and figures.
    """

    topic: str
    subject: Subject = dataclasses.field(default_factory=Subject)
    holds: bool | None = None
    settled: tuple[str, ...] = ()


def look_up(
    base: KnowledgeBase,
    frame: Frame,
    names: tuple[str, ...],
    others: bool,
    topic: str,
) -> Listed:
    """Return what to tell of the list, given the names spoken of.

    Args:
        base: The knowledge base.
        frame: The question.
        names: Ids of the names that it is about.
        others: It asks for others than those.
        topic: What was asked for: the whole list, or where its members are.
    """
    roster = base.content.roster
    members = tuple(n for n in names if n in base.members)
    places = tuple(n for n in names if base.type_of(n) in LAND)
    if others and not frame.unknown:
        return _others(base, members, places)
    same = _same(base, frame, members)
    if same:
        return same
    claims = frame.act == "claim"
    if claims and places and not members and holds_any(frame.folded, "most"):
        return _mostly(base, places)
    if claims and (frame.form.only or frame.form.all) and (members or places):
        found = _quantified(base, frame, members, places)
        if found:
            return found
    strangers = _strangers(base, names)
    if frame.unknown and not (members and _is_placed_elsewhere(frame)):
        subject = Subject(unknown=frame.unknown[0])
        return Listed(roster.absent, subject, False, (*members, *places))
    if members:
        return _of_members(base, frame, members, places, topic)
    if strangers and claims and not places:
        return Listed(roster.absent, Subject(absent=strangers[:1]), False, strangers)
    if places:
        return _in_places(base, places)
    return Listed(topic)


def _strangers(base: KnowledgeBase, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the organisations among some names that are not on the list."""
    told, alike = base.stated_by(base.content.roster.fact), base.content.alike
    return tuple(
        name
        for name in names
        if alike.get(base.type_of(name)) == ORGANISATION and name not in told
    )


def _inside(
    base: KnowledgeBase, places: tuple[str, ...], members: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of some members who are in some places or parts of the country."""
    there = {place for name in places for place in base.places_in(name)}
    return tuple(member for member in members if base.place_of(member) in there)


def _others(
    base: KnowledgeBase, members: tuple[str, ...], places: tuple[str, ...]
) -> Listed:
    named = (*members, *_inside(base, places, base.members))
    rest = tuple(m for m in base.members if m not in named)
    if not named or not rest:
        return Listed(base.content.roster.all)
    return Listed(base.content.roster.others, Subject(rest), True, (*members, *places))


def _same(base: KnowledgeBase, frame: Frame, members: tuple[str, ...]) -> Listed | None:
    """Hold up to the list that some are in the same place, or are the same."""
    if frame.act != "claim":
        return None
    roster = base.content.roster
    spoken = members if len(members) > 1 else base.members
    settled = (*members, SAME_PLACE, SAME_ONE)
    subject = Subject(spoken)
    if SAME_PLACE in frame.values:
        places = [base.place_of(member) for member in spoken]
        some = [f.quantity.value for f in frame.figures if f.quantity.value > 1]
        if some and not 1 < len(members) <= some[0]:
            most = max(places.count(place) for place in places)
            settled = (*settled, f"{some[0]:g}")
            return Listed(roster.all, Subject(), most >= some[0], settled)
        topic = roster.located if len(members) > 1 else roster.not_all
        return Listed(topic, subject, len(set(places)) == 1, settled)
    if SAME_ONE in frame.values and len(members) > 1:
        return Listed(roster.located, subject, False, settled)
    return None


def _quantified(
    base: KnowledgeBase,
    frame: Frame,
    members: tuple[str, ...],
    places: tuple[str, ...],
) -> Listed | None:
    """Hold up `only Ann` or `all are in Paris` to the list."""
    roster = base.content.roster
    settled = (*members, *places)
    counted = {f.quantity.value for f in frame.figures if f.quantity.unit == "count"}
    if counted - {len(base.members)}:
        return None
    if members and (frame.form.only or not places):
        if len(members) == len(base.members):
            return Listed(roster.all, Subject(), True, settled)
        if frame.form.only:
            return Listed(roster.not_only, Subject(members), False, settled)
        return None
    if members:
        return None
    inside = _inside(base, places, base.members)
    holds = len(inside) == len(base.members)
    return Listed(roster.not_all, Subject(inside), holds, settled)


def _mostly(base: KnowledgeBase, places: tuple[str, ...]) -> Listed:
    """Hold up `most of them are in Paris` to the list."""
    inside = _inside(base, places, base.members)
    holds = 2 * len(inside) > len(base.members)
    return Listed(base.content.roster.not_all, Subject(inside), holds, places)


def _in_places(base: KnowledgeBase, names: tuple[str, ...]) -> Listed:
    """Return who is in some places or parts of the country."""
    roster = base.content.roster
    empty = tuple(
        name
        for name in names
        if not any(base.place_of(m) in base.places_in(name) for m in base.members)
    )
    if empty:
        return Listed(roster.absent, Subject(absent=empty[:1]), False, names)
    inside = _inside(base, names, base.members)
    if len(names) == 1 and base.type_of(names[0]) == PLACE:
        subject = Subject(inside, place=names[0])
        return Listed(roster.in_place, subject, True, names)
    return Listed(roster.named, Subject(inside), True, names)


def _is_placed_elsewhere(frame: Frame) -> bool:
    """Tell whether an unknown name stands as a place: `Ann i Paris`."""
    return any(
        re.search(rf"\b(?:{_AT})\s+{re.escape(fold(name))}\b", frame.folded)
        for name in frame.unknown
    )


def _of_members(
    base: KnowledgeBase,
    frame: Frame,
    members: tuple[str, ...],
    places: tuple[str, ...],
    topic: str,
) -> Listed:
    roster = base.content.roster
    settled = (*members, *places)
    if frame.unknown:
        return Listed(roster.located, Subject(members), False, settled)
    if not places:
        told = roster.located if topic == roster.located else roster.named
        return Listed(told, Subject(members), True, settled)
    inside = _inside(base, places, members)
    if len(members) > 1 and inside and (frame.act != "claim" or frame.form.either):
        return Listed(roster.located, Subject(inside), None, settled)
    holds = inside == members and all(
        any(base.place_of(m) in base.places_in(name) for m in members)
        for name in places
    )
    return Listed(roster.located, Subject(members), holds, settled)
