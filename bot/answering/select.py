"""Looks up the topic or gap that answers a question."""

from __future__ import annotations

import dataclasses

from bot.answering.pointing import leads_to
from bot.answering.resolve import Resolved
from bot.answering.roster import Listed, look_up
from bot.answering.wording import Subject
from bot.knowledge import KnowledgeBase
from bot.knowledge.models import PLACE, Route


@dataclasses.dataclass(frozen=True)
class Selection:
    """What is to be told.

    Attributes:
        topic: The id of a topic or gap.
        pair: The subject and attribute that led to it.
        names: Ids of the names it is about.
        subject: What the placeholders of its words stand for.
        holds: Whether the list bears out what is claimed of those in it; None where
            it is not about the list or settles nothing.
        settled: Ids of names and values that the list has settled, and figures.
    """

    topic: str
    pair: str
    names: tuple[str, ...]
    subject: Subject = dataclasses.field(default_factory=Subject)
    holds: bool | None = None
    settled: tuple[str, ...] = ()

    def described(self) -> str:
        """Return it in one line, for maintainers."""
        return f"{self.topic} for {self.pair}" + (
            f", about {', '.join(self.names)}" if self.names else ""
        )


def select(base: KnowledgeBase, resolved: Resolved) -> tuple[Selection, ...]:
    """Return what answers a question: mostly one topic, or one for each of two people.

    The routes are tried first. Else it is the subject of each name with what is asked
    of it, and without any the subject that the question has by itself.
    """
    topics = _topics(base, resolved)
    if _asks_who_is_there(base, resolved, topics):
        topics = (base.content.roster.all,)
    return tuple(_selection(base, resolved, topic) for topic in topics)


def _asks_who_is_there(
    base: KnowledgeBase, resolved: Resolved, topics: tuple[str, ...]
) -> bool:
    """Tell whether `who is in Paris?` is about the list: no answer tells of Paris."""
    frame = resolved.frame
    kinds = {base.type_of(name) for name in resolved.names}
    there = {base.place_of(member) for member in base.members}
    who = not {"who", "which"}.isdisjoint(frame.asks[:1])
    if frame.act == "claim" or not who or kinds != {PLACE}:
        return False
    facts = (fact for topic in topics for fact in base.stated.get(topic, ()))
    stated = {value for fact in facts for value in base.stated_by(fact)}
    known = there.issuperset(resolved.names) and stated.isdisjoint(resolved.names)
    return known and all(topic in base.topics for topic in topics)


def _topics(base: KnowledgeBase, resolved: Resolved) -> tuple[str, ...]:
    marks = resolved.frame.marks(base) | {
        mark for name in resolved.names for mark in (name, base.type_of(name))
    }
    for route in base.routes:
        if _fits(route, resolved, marks):
            return (route.topic,)
    own = f"{resolved.subject}.{resolved.attribute}"
    if resolved.subject in resolved.names and own in base.answers:
        return (base.answers[own],)
    led = {
        name: topic
        for name in resolved.names
        if (topic := leads_to(base, name, resolved.attribute))
    }
    if resolved.frame.unknown and base.answers.get(own) == base.content.roster.all:
        told_of = base.answers.get(f"unknown.{resolved.attribute}")
        # What somebody unknown is, is asked of them and not of the list.
        if resolved.frame.act == "claim" or told_of in (None, base.content.roster.all):
            return (base.content.roster.all,)
    topics = tuple(dict.fromkeys(led.values()))
    if len(topics) > 1:
        return _of_several(base, resolved, led, topics)
    return topics or (_without_names(base, resolved, own),)


def _of_several(
    base: KnowledgeBase,
    resolved: Resolved,
    led: dict[str, str],
    topics: tuple[str, ...],
) -> tuple[str, ...]:
    kinds = {base.type_of(name) for name in led}
    titled = [name for name in led if name in resolved.frame.titled]
    if resolved.frame.act == "claim" and len(titled) == 1:
        # `Is Ann the minister?` is about Ann, `is the minister called Ann?` is not.
        called = [name for name in led if name not in titled]
        # Of somebody that nothing is told of, it is held up to who has the title.
        stranger = bool(called) and led[called[0]] not in base.topics
        named = "naming" in resolved.frame.cues or not called or stranger
        return (led[titled[0] if named else called[0]],)
    weighty = [name for name in led if base.type_of(name) in base.content.together]
    if len(kinds) > 1 and weighty:
        # `the agency's programme` is a programme.
        return (led[weighty[0]],)
    if len(kinds) == 1:
        subject = base.content.together.get(next(iter(kinds)), "")
        together = base.answers.get(f"{subject}.{resolved.attribute}")
        if together and together not in topics:
            return (together,)
        if subject:
            return topics[:2]
    return topics[:1]


def _without_names(base: KnowledgeBase, resolved: Resolved, own: str) -> str:
    # What a claim says of somebody unknown is held up to what is known.
    if (
        resolved.frame.act == "claim"
        and own in base.answers
        and not _of_list(base, own)
    ):
        return base.answers[own]
    subjects = list(resolved.frame.values)
    if resolved.frame.unknown:
        subjects.append("unknown")
    for subject in subjects:
        topic = base.answers.get(f"{subject}.{resolved.attribute}")
        if topic:
            return topic
    if own in base.answers:
        return base.answers[own]
    return base.answers[base.intents[resolved.frame.question.intent]]


def _of_list(base: KnowledgeBase, pair: str) -> bool:
    roster = base.content.roster
    return base.answers[pair] in roster.all_topics()


def _fits(route: Route, resolved: Resolved, marks: frozenset[str]) -> bool:
    frame = resolved.frame
    form = frame.form
    return (
        frame.question.intent in route.intents
        and (not route.when or not marks.isdisjoint(route.when))
        and marks.issuperset(route.when_all)
        and marks.isdisjoint(route.without)
        and (not route.asks or not set(route.asks).isdisjoint(frame.asks[:1]))
        and route.claim in (None, frame.act == "claim")
        and route.all in (None, form.all or form.only)
    )


def _selection(base: KnowledgeBase, resolved: Resolved, topic: str) -> Selection:
    pair = f"{resolved.subject}.{resolved.attribute}"
    roster = base.content.roster
    of_list = topic in roster.all_topics()
    others = topic == roster.others or (resolved.others and of_list)
    if topic in (roster.all, roster.located) or others:
        listed = look_up(base, resolved.frame, resolved.names, others, topic)
        return _of_roster(resolved, pair, listed)
    names = tuple(n for n in resolved.names if n in base.members)
    unknown = resolved.frame.unknown
    called = next((n for n in resolved.names if n not in base.members), None)
    subject = Subject(
        names=names,
        unknown=unknown[0] if unknown else "",
        absent=(called,) if called and not unknown else (),
    )
    return Selection(topic, pair, resolved.names, subject)


def _of_roster(resolved: Resolved, pair: str, listed: Listed) -> Selection:
    names = listed.subject.names or resolved.names
    return Selection(
        listed.topic, pair, names, listed.subject, listed.holds, listed.settled
    )
