"""Fills in, from the conversation, what a question leaves out or only points to."""

from __future__ import annotations

import dataclasses

from bot.answering.conversation import Context
from bot.answering.frame import Frame
from bot.answering.pointing import (
    LONGEST_POINTER,
    bare_pair,
    compared,
    leads_to,
    leaned_on,
    people,
    person_leaned_on,
    pointed_to,
    subject_leaned_on,
)
from bot.knowledge import KnowledgeBase
from bot.reading.lexicon import find_phrase, holds_any, word_list
from bot.reading.spelling import fold

# Words in the longest question that turns to another side of what was told.
_LONGEST_TURN = 8
_LONGEST_NAMING = 4
# A question understood as surely as this leans on nothing.
_SURE = 0.96
# Intents that lean on the last reply in ways of their own.
_MOVES_ON = ("follow_up", "ask_repeat", "ask_source", "ask_simpler", "doubt", "thank")
_TURNS = ("sum", "remainder", "share", "average", "difference")


@dataclasses.dataclass(frozen=True)
class Resolved:
    """A question as it is to be understood in its conversation.

    Attributes:
        frame: What its words mean.
        subject: What it is about, where no name tells.
        attribute: What is asked; empty where nothing is asked of anybody.
        names: Ids of the names it is about, its own or those pointed to.
        others: It asks for others than those.
    """

    frame: Frame
    subject: str
    attribute: str
    names: tuple[str, ...]
    others: bool = False

    def described(self) -> str:
        """Return it in one line, for maintainers."""
        names = ", ".join(self.names) or "nobody in particular"
        others = "others than " if self.others else ""
        return f"{self.subject}.{self.attribute or 'nothing'} of {others}{names}"


def resolve(base: KnowledgeBase, frame: Frame, context: Context) -> Resolved:
    """Return a question with what it leaves out filled in from the conversation."""
    corrected = _corrected(base, frame)
    frame = _shortened(base, corrected or frame, context)
    pointed = pointed_to(base, frame, context)
    frame = _as_likely(base, frame, context, pointed)
    names = pointed or frame.names
    if _keeps_attribute(base, frame, context, pointed, corrected is not None):
        return _with_names(base, _as_asked(frame, pointed), context, names)
    turned = _turned(base, frame, context)
    if turned:
        return turned
    person = _person_with_title(base, frame, context)
    if person:
        # What is said of them stays in the frame, to be held up to the facts.
        about = _with_names(base, _without_attribute(frame), Context(), person)
        return dataclasses.replace(about, frame=frame)
    others = frame.form.others and not frame.form.only and "more" not in frame.cues
    if not frame.unknown:
        names = _also_leaned_on(base, frame, context, names)
    subject = frame.subject
    if not names and frame.attribute:
        subject = subject_leaned_on(base, frame, context) or subject
    return Resolved(frame, subject, frame.attribute, names, others)


def _as_asked(frame: Frame, pointed: tuple[str, ...]) -> Frame:
    """Return a frame as a question: whoever only names somebody claims nothing."""
    claims = frame.figures or (frame.form.inverted and frame.values)
    if claims and not pointed:
        return frame
    return dataclasses.replace(frame, act="ask")


def _as_likely(
    base: KnowledgeBase, frame: Frame, context: Context, pointed: tuple[str, ...]
) -> Frame:
    """Return what was not understood, but points back, as what it most likely asks."""
    if context.topic is None or frame.form.words > LONGEST_POINTER:
        return frame
    person = frame.form.pronoun in ("he", "she")
    names = pointed or leaned_on(base, frame, context)
    if not names or not (pointed or person or frame.form.pronoun == "it"):
        return frame
    thing = person and not base.names[names[0]].pronoun
    if frame.attribute and not (
        thing and not leads_to(base, names[0], frame.attribute)
    ):
        return frame
    if frame.question.intent in _MOVES_ON:
        return frame
    for intent in frame.question.alternatives:
        subject, _, attribute = base.intents.get(intent, "").partition(".")
        if attribute and leads_to(base, names[0], attribute):
            return dataclasses.replace(frame, subject=subject, attribute=attribute)
    return frame


def _shortened(base: KnowledgeBase, frame: Frame, context: Context) -> Frame:
    """Find what is called by a short name, as it was spoken of just before."""
    if frame.names or frame.unknown or not frame.form.words:
        return frame
    kinds = {base.type_of(name) for name in (*context.names, *context.listed)}
    words = set(frame.folded.split())
    short = tuple(
        name.id
        for name in base.names.values()
        if name.type in kinds and not words.isdisjoint(map(fold, name.short))
    )
    if not short:
        return frame
    question = dataclasses.replace(frame.question, names=short)
    called = {fold(s) for name in short for s in base.names[name].short}
    plain = tuple(word for word in frame.plain if word not in called)
    return dataclasses.replace(frame, question=question, plain=plain)


def _person_with_title(
    base: KnowledgeBase, frame: Frame, context: Context
) -> tuple[str, ...]:
    """Return whom `is she the minister?` is about: her, and not the minister."""
    if frame.act != "claim" or frame.form.pronoun not in ("he", "she"):
        return ()
    if not frame.names or not frame.titled.issuperset(frame.names):
        return ()
    return person_leaned_on(base, frame, context, str(frame.form.pronoun))


def _without_attribute(frame: Frame) -> Frame:
    question = dataclasses.replace(frame.question, names=())
    return dataclasses.replace(frame, question=question, subject="", attribute="")


def _also_leaned_on(
    base: KnowledgeBase, frame: Frame, context: Context, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names, or those leaned on where they lead nowhere by themselves."""
    if any(leads_to(base, name, frame.attribute) for name in names):
        if "more" in frame.cues or "fewer" in frame.cues:
            return compared(base, frame, context, names)
        return names
    leaned = leaned_on(base, frame, context)
    if names and not any(leads_to(base, name, frame.attribute) for name in leaned):
        return names
    return tuple(dict.fromkeys((*leaned, *names)))


def _with_names(
    base: KnowledgeBase, frame: Frame, context: Context, names: tuple[str, ...]
) -> Resolved:
    """Ask the last question again of others, or what their names alone ask for."""
    # What was understood of a name alone is a guess.
    guessed = frame.question.bare or not frame.attribute
    asked = [] if guessed else [frame.attribute]
    asked += [context.attribute] if context.attribute else []
    for attribute in asked:
        if any(leads_to(base, name, attribute) for name in names):
            subject = frame.subject or (context.pair or "").partition(".")[0]
            return Resolved(frame, subject, attribute, names)
    pair = next((p for n in names if (p := bare_pair(base, n))), None)
    if pair is None and frame.unknown:
        pair = base.content.bare.get("unknown")
    subject, _, attribute = (pair or "").partition(".")
    return Resolved(frame, subject, attribute, names)


def _keeps_attribute(
    base: KnowledgeBase,
    frame: Frame,
    context: Context,
    pointed: tuple[str, ...],
    corrected: bool,
) -> bool:
    """Tell whether a message only names somebody, and so asks again what was asked."""
    question = frame.question
    if question.bare or corrected:
        return True
    if pointed:
        topic = leads_to(base, pointed[0], frame.attribute)
        named = holds_any(frame.folded, "list") or holds_any(frame.folded, "number")
        unsure = topic in base.gaps and question.confidence < _SURE
        several = len(pointed) > 1 and frame.attribute
        return named or unsure or (topic is None and not several)
    named = bool(frame.names or frame.unknown)
    if question.intent == "follow_up":
        return named
    short = frame.form.words <= _LONGEST_NAMING
    return bool(context.topic and frame.names and short and not frame.attribute)


def _corrected(base: KnowledgeBase, frame: Frame) -> Frame | None:
    """Return `no, I meant the schools` with only what was meant, or None."""
    cue = find_phrase(frame.folded, word_list("corrections"))
    denied = holds_any(frame.folded, "refusals") or frame.form.negated
    if not cue or not denied or frame.form.words > LONGEST_POINTER:
        return None
    meant = frame.folded.rpartition(cue)[2].split()
    pronoun = next((p for p in ("she", "he") if word_list(p).intersection(meant)), None)
    names = people(base, pronoun) if pronoun else frame.names[-1:]
    if not names:
        return None
    question = dataclasses.replace(frame.question, names=names)
    return dataclasses.replace(frame, question=question, subject="", attribute="")


def _turned(base: KnowledgeBase, frame: Frame, context: Context) -> Resolved | None:
    """Return a short `in all?` or `the rest?` as asked of what was told, or None."""
    if frame.names or frame.unknown or frame.form.words > _LONGEST_TURN:
        return None
    understood = frame.attribute or frame.question.intent not in _MOVES_ON
    if understood and frame.question.confidence >= _SURE:
        return None
    topic = base.gaps[context.topic].nearby if context.topic in base.gaps else None
    record = base.topics.get(topic or context.topic or "")
    if record is None:
        return None
    home = record.pairs[0].partition(".")[0] if record.pairs else ""
    subjects = [home, *context.names]
    for cue in (cue for cue in _TURNS if cue in frame.cues):
        for subject in subjects:
            told = base.answers.get(f"{subject}.{cue}")
            if told and told != context.topic:
                return Resolved(frame, subject, cue, ())
    return None
