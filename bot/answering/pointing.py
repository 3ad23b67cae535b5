"""Whom a question points to, or leans on, in the conversation."""

from __future__ import annotations

from bot.answering.conversation import Context
from bot.answering.frame import Frame
from bot.knowledge import KnowledgeBase
from bot.reading.lexicon import holds_any, look_up, word_list

# Words in the longest question that points at a list.
LONGEST_POINTER = 10
# Questions of fewer words lean on what was said before.
_SHORT = 3


def leads_to(base: KnowledgeBase, name: str, attribute: str) -> str | None:
    """Return the topic or gap that answers what is asked of a name, or None."""
    for subject in (name, base.type_of(name)):
        topic = base.answers.get(f"{subject}.{attribute}")
        if topic:
            return topic
    return None


def bare_pair(base: KnowledgeBase, name: str) -> str | None:
    """Return what a name alone asks for, or None."""
    bare = base.content.bare
    return bare.get(name) or bare.get(base.type_of(name))


def people(base: KnowledgeBase, pronoun: str) -> tuple[str, ...]:
    """Return the ids of those whom a pronoun can stand for."""
    return tuple(n.id for n in base.names.values() if n.pronoun == pronoun)


def pointed_to(base: KnowledgeBase, frame: Frame, context: Context) -> tuple[str, ...]:
    """Return the names that `the second`, `the one after` or `both` point to."""
    of_two = look_up(frame.folded, "of_two")
    two = [n for n in frame.names if base.type_of(n) in base.content.together]
    if of_two and len(two) != 2 and len(context.spoken_of) > 1 and not frame.names:
        two = list(context.spoken_of[-2:])
    if of_two and len(two) == 2:
        return (two[of_two - 1],)
    if frame.names or frame.unknown or frame.form.words > LONGEST_POINTER:
        return ()
    listed = context.listed
    step = look_up(frame.folded, "steps")
    beside = _beside(base, context, step) if step else None
    if beside:
        return (beside,)
    if "other" in frame.cues and (other := _other_of_two(base, context)):
        return (other,)
    ordinal = frame.form.ordinal
    if holds_any(frame.folded, "list") or holds_any(frame.folded, "number"):
        listed = listed or base.members
    if ordinal in (1, -1) and "both" in frame.cues and len(listed) > 1:
        return listed[:2] if ordinal == 1 else listed[-2:]
    if ordinal is not None and listed:
        return _at(listed, ordinal)
    if "both" in frame.cues and len(context.spoken_of) > 1:
        return context.spoken_of[-2:]
    return ()


def _beside(base: KnowledgeBase, context: Context, step: int) -> str | None:
    """Return who stands so many places after the one spoken of last, or None."""
    listed, place = context.listed, context.place
    if place is None and context.names and context.names[-1] in base.members:
        listed, place = base.members, base.members.index(context.names[-1])
    if place is None or not 0 <= place + step < len(listed):
        return None
    return listed[place + step]


def _at(listed: tuple[str, ...], ordinal: int) -> tuple[str, ...]:
    if not -len(listed) <= ordinal <= len(listed):
        return ()
    return (listed[ordinal - 1 if ordinal > 0 else ordinal],)


def _other_of_two(base: KnowledgeBase, context: Context) -> str | None:
    """Return the other name of a type that has just two, or None."""
    for name in reversed(context.names):
        kind = base.type_of(name)
        if kind not in base.content.together:
            continue
        alike = [n.id for n in base.names.values() if n.type == kind]
        spoken = [n for n in alike if n in context.listed] or alike
        rest = [n for n in spoken if n != name]
        if len(rest) == 1:
            return rest[0]
    return None


def leaned_on(base: KnowledgeBase, frame: Frame, context: Context) -> tuple[str, ...]:
    """Return the names that a pronoun, or a question of a few words, leans on."""
    form = frame.form
    if form.total:
        return ()
    if form.others:
        return context.names
    if form.pronoun in ("he", "she"):
        return person_leaned_on(base, frame, context, form.pronoun)
    own = base.answers.get(f"{frame.subject}.{frame.attribute}")
    if own == base.content.roster.all and frame.act != "claim":
        return ()
    surely = form.pronoun == "it"
    if surely or form.pronoun == "that" or form.words <= _SHORT:
        topics = {leads_to(base, name, frame.attribute) for name in context.names}
        if not surely and own in base.topics and topics & base.gaps.keys():
            return ()
        return context.names
    return ()


def person_leaned_on(
    base: KnowledgeBase, frame: Frame, context: Context, pronoun: str
) -> tuple[str, ...]:
    """Return whom `he` or `she` stands for."""
    known = people(base, pronoun)
    recent = [n for n in reversed((*context.spoken_of, *context.names)) if n in known]
    thing = [n for n in context.names if not base.names[n].pronoun]
    # In Nynorsk a thing is `he` or `she` too.
    if thing and (not recent or leads_to(base, thing[0], frame.attribute)):
        return tuple(thing)
    return tuple(recent[:1]) or known


def subject_leaned_on(
    base: KnowledgeBase, frame: Frame, context: Context
) -> str | None:
    """Return the subject of the last answer, for a question that goes on from it."""
    short = frame.form.words <= _SHORT or frame.form.pronoun in ("it", "that")
    if not short or context.pair is None:
        return None
    subject = context.pair.partition(".")[0]
    return subject if f"{subject}.{frame.attribute}" in base.answers else None


def compared(
    base: KnowledgeBase, frame: Frame, context: Context, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what `are there more than of those?` compares, the first first."""
    if len(names) != 1:
        return names
    kind = base.type_of(names[0])
    others = [n for n in context.names if base.type_of(n) == kind and n not in names]
    words = frame.folded.split()
    comparing = [n for n, word in enumerate(words) if word in word_list("comparing")]
    before = set(words[: comparing[0]] if comparing else words)
    if before.issuperset(frame.written_as.get(names[0], ())):
        return (*names, *others[:1])
    return (*others[:1], *names)
