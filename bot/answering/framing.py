"""Reads what one question means from its words alone, without the conversation."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping

from bot.answering.frame import Act, Clause, Frame
from bot.answering.question import Question
from bot.answering.spoken import (
    Spoken,
    Words,
    figures_in,
    matcher,
    places_of_figures,
    places_of_names,
    records,
    spellings,
    values_in,
    without_values,
)
from bot.knowledge import KnowledgeBase
from bot.reading.form import Form, read_form
from bot.reading.lexicon import (
    CUES,
    find_phrase,
    holds_any,
    meanings_in,
    word_list,
)
from bot.reading.quantities import find_moment
from bot.reading.segments import claimed_span, split_segments
from bot.reading.spelling import fold, tokens_of


def read_frame(base: KnowledgeBase, question: Question) -> Frame:
    """Return what a question means."""
    text = question.text
    words = Words(text, tokens_of(text), *claimed_span(text))
    question = _of_span(base, question, words.claimed)
    named = places_of_names(base, question, words.tokens)
    values = values_in(base, words, named)
    unknown = without_values(question.unknown, words, named, values)
    spoken = [*((hit.id, range(hit.start, hit.end)) for hit in values), *named]
    figures = tuple(
        figure
        for figure in figures_in(base, text, words.tokens, spoken)
        if words.start <= figure.quantity.start < words.end
    )
    taken = {place for _, places in spoken for place in places}
    taken |= places_of_figures(figures, words.tokens)
    contrast = _contrast(words)
    subject, _, attribute = base.intents.get(question.intent, "").partition(".")
    folded = fold(words.claimed)
    form = _form(text, words.claimed)
    asks = meanings_in(folded, "asks")
    cues = meanings_in(folded, "cues")
    written_as = spellings(words, spoken)
    return Frame(
        question=dataclasses.replace(question, unknown=unknown),
        act=_act(form, words.claimed, asks, cues, bool(figures)),
        subject=subject,
        attribute=attribute,
        values=tuple(dict.fromkeys(hit.id for hit in values)),
        figures=figures,
        moment=find_moment(words.claimed),
        asks=asks,
        cues=tuple(cue for cue in CUES if cue in cues),
        form=form,
        plain=tuple(words.tokens[n].word for n in words.inside if n not in taken),
        written_as=written_as,
        titled=_titled(base, written_as),
        # `ten did not get any` denies nothing: it is what the figure counts.
        denied=form.negated and _denies(words, taken),
        contrast=contrast is not None,
        contrasted=_only_after(spoken, contrast),
        clauses=_clauses(words, spoken, taken),
        capitalised=_capitalised(words, taken),
    )


def _capitalised(words: Words, taken: set[int]) -> frozenset[str]:
    """Return the words with a capital letter, but for the first, that are not taken."""
    return frozenset(
        token.word
        for place, token in enumerate(words.tokens)
        if place and place not in taken and words.text[token.start].isupper()
    )


def _denies(words: Words, taken: set[int]) -> bool:
    """Tell a denial from `abroad and not at home`, where only a part is denied."""
    for place in (place for place in words.inside if place not in taken):
        word = words.tokens[place].word
        before = words.tokens[place - 1].word if place else ""
        denying = word_list("negations").intersection((word, f"{before} {word}"))
        if denying and before not in word_list("joints"):
            return True
    return False


def _contrast(words: Words) -> int | None:
    """Return at which word a part begins that is denied: `and not abroad`, or None."""
    joints, negations = word_list("joints"), word_list("negations")
    tokens, inside = words.tokens, words.inside
    for place, following in itertools.pairwise(inside):
        if tokens[place].word in joints and tokens[following].word in negations:
            return place
    said = " ".join(tokens[place].word for place in inside)
    cue = find_phrase(said, word_list("contrasts"))
    if cue is None:
        return None
    return inside[len(said[: said.index(cue)].split())]


def _only_after(spoken: Spoken, contrast: int | None) -> frozenset[str]:
    """Return the names and values that stand in the denied part alone."""
    if contrast is None:
        return frozenset()
    before = {name for name, places in spoken if places.start < contrast}
    return frozenset(name for name, _ in spoken) - before


def _clauses(words: Words, spoken: Spoken, taken: set[int]) -> tuple[Clause, ...]:
    tokens = words.tokens
    at: dict[int, list[int]] = {}
    for number, (_, places) in enumerate(spoken):
        for place in places:
            at.setdefault(place, []).append(number)
    parts: list[list[int]] = [[]]
    for place in words.inside:
        if tokens[place].word in word_list("joints"):
            parts.append([])
        else:
            parts[-1].append(place)
    clauses = []
    for part in parts:
        numbers = sorted({number for place in part for number in at.get(place, ())})
        held = [spoken[number][0] for number in numbers]
        plain = tuple(tokens[place].word for place in part if place not in taken)
        figures = any(tokens[place].word[:1].isdigit() for place in part)
        clauses.append(Clause(tuple(filter(None, held)), plain, figures))
    return tuple(clauses)


def _form(text: str, inside: str) -> Form:
    """Return how a question is put; `is that right?` may stand in its own sentence."""
    form = read_form(inside)
    if form.confirming or inside == text:
        return form
    apart = any(segment.confirms for segment in split_segments(text)[1:])
    if not (apart or read_form(text).confirming):
        return form
    return dataclasses.replace(form, confirming=True, yes_no=True, asks_to_tell=False)


def _of_span(base: KnowledgeBase, question: Question, inside: str) -> Question:
    """Return a question without the names that only its background holds.

    Who asks of themselves, as `are we among them` does, asks of those too.
    """
    if inside == question.text or holds_any(fold(inside), "ourselves"):
        return question
    found = (
        {m.id for m in matcher(records(base, question)).find(inside)}
        if question.names
        else set()
    )
    unknown = tuple(name for name in question.unknown if name in inside)
    names = tuple(name for name in question.names if name in found)
    if not names and not unknown:
        return question
    return dataclasses.replace(question, names=names, unknown=unknown)


def _titled(
    base: KnowledgeBase, written_as: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Return the names that are mentioned by a title alone."""
    return frozenset(
        name
        for name, words in written_as.items()
        if name in base.names and _is_title(base, name, words)
    )


def _is_title(base: KnowledgeBase, name: str, words: tuple[str, ...]) -> bool:
    """Tell whether words for a name are none of its own, but a title's."""
    record = base.names[name]
    own = {word for alias in record.aliases for word in fold(alias).split()}
    return bool(record.titles) and own.isdisjoint(words)


def _act(
    form: Form, inside: str, asks: tuple[str, ...], cues: tuple[str, ...], figures: bool
) -> Act:
    marked = inside.rstrip().endswith("?")
    if form.confirming:
        return "claim"
    if "sum" in cues and not figures:
        # `add them up`, and no sum to hold up
        return "ask"
    asked = bool(asks) and not (form.inverted and form.relative)
    if asked or form.asks_to_tell:
        return "ask"
    if form.inverted and form.yes_no:
        return "claim"
    if marked and (figures or (form.yes_no and form.has_verb)):
        return "claim"
    return "ask" if marked else "remark"
