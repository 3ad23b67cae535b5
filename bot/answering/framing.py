"""Reads what one question means from its words alone, without the conversation."""

from __future__ import annotations

import dataclasses
import itertools

from bot.answering.frame import Act, Clause, Frame
from bot.answering.question import Question
from bot.answering.spoken import (
    figures_in,
    finder,
    lies_inside,
    matcher,
    places_of_figures,
    places_of_names,
    records,
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
from bot.reading.spelling import WORD, fold


def read_frame(base: KnowledgeBase, question: Question) -> Frame:
    """Return what a question means."""
    text = question.text
    start, end = claimed_span(text)
    question = _of_span(base, question, start, end)
    tokens = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    named = places_of_names(base, question, tokens)
    values = [
        hit
        for hit in finder(base).find(
            [word for _, _, word in tokens],
            [text[a:b].lower() for a, b, _ in tokens],
        )
        if not any(lies_inside(hit, name, places) for name, places in named)
        or base.type_of(hit.id) in base.content.within_names
    ]
    valued = {
        place for hit in values if hit.whole for place in range(hit.start, hit.end)
    }
    unknown = tuple(
        written
        for written in question.unknown
        if not any(
            not name
            and valued.issuperset(places)
            and _is_at(text, tokens, places, written)
            for name, places in named
        )
    )
    question = dataclasses.replace(question, unknown=unknown)
    spoken = [*((hit.id, range(hit.start, hit.end)) for hit in values), *named]
    figures = tuple(
        figure
        for figure in figures_in(base, text, tokens, spoken)
        if start <= figure.quantity.start < end
    )
    taken = {place for _, places in spoken for place in places}
    taken |= places_of_figures(figures, tokens)
    plain = tuple(
        word
        for place, (a, b, word) in enumerate(tokens)
        if place not in taken and start <= a and b <= end
    )
    contrast = _contrast(tokens, start, end)
    subject, _, attribute = base.intents.get(question.intent, "").partition(".")
    inside = text[start:end]
    folded = fold(inside)
    form = _form(text, inside)
    asks = meanings_in(folded, "asks")
    cues = meanings_in(folded, "cues")
    words_of: dict[str, tuple[str, ...]] = {}
    for name, places in sorted(spoken, key=lambda each: each[1].start):
        words = tuple(tokens[place][2] for place in places)
        words_of[name] = (*words_of.get(name, ()), *words)
    return Frame(
        question=question,
        act=_act(form, inside, asks, cues, bool(figures)),
        subject=subject,
        attribute=attribute,
        values=tuple(dict.fromkeys(hit.id for hit in values)),
        figures=figures,
        moment=find_moment(inside),
        asks=asks,
        cues=tuple(cue for cue in CUES if cue in cues),
        form=form,
        plain=plain,
        written_as=words_of,
        titled=frozenset(
            name
            for name, words in words_of.items()
            if name in base.names and _is_title(base, name, words)
        ),
        # `ten did not get any` denies nothing: it is what the figure counts.
        denied=form.negated and _denies(tokens, taken, start, end),
        contrast=contrast is not None,
        contrasted=_only_after(spoken, contrast),
        clauses=_clauses(tokens, spoken, taken, start, end),
        capitalised=frozenset(
            word
            for place, (a, b, word) in enumerate(tokens)
            if place and place not in taken and text[a:b][:1].isupper()
        ),
    )


def _denies(
    tokens: list[tuple[int, int, str]], taken: set[int], start: int, end: int
) -> bool:
    """Tell a denial from `abroad and not at home`, where only a part is denied."""
    for place, (a, b, word) in enumerate(tokens):
        if start <= a and b <= end and place not in taken:
            before = tokens[place - 1][2] if place else ""
            denying = word_list("negations").intersection((word, f"{before} {word}"))
            if denying and before not in word_list("joints"):
                return True
    return False


def _contrast(tokens: list[tuple[int, int, str]], start: int, end: int) -> int | None:
    """Return at which word a part begins that is denied: `and not abroad`, or None."""
    joints, negations = word_list("joints"), word_list("negations")
    inside = [n for n, (a, b, _) in enumerate(tokens) if start <= a and b <= end]
    for place, following in itertools.pairwise(inside):
        if tokens[place][2] in joints and tokens[following][2] in negations:
            return place
    said = " ".join(tokens[place][2] for place in inside)
    cue = find_phrase(said, word_list("contrasts"))
    if cue is None:
        return None
    return inside[len(said[: said.index(cue)].split())]


def _only_after(
    spoken: list[tuple[str, range]], contrast: int | None
) -> frozenset[str]:
    """Return the names and values that stand in the denied part alone."""
    if contrast is None:
        return frozenset()
    before = {name for name, places in spoken if places.start < contrast}
    return frozenset(name for name, _ in spoken) - before


def _clauses(
    tokens: list[tuple[int, int, str]],
    spoken: list[tuple[str, range]],
    taken: set[int],
    start: int,
    end: int,
) -> tuple[Clause, ...]:
    inside = [n for n, (a, b, _) in enumerate(tokens) if start <= a and b <= end]
    parts: list[list[int]] = [[]]
    for place in inside:
        if tokens[place][2] in word_list("joints"):
            parts.append([])
        else:
            parts[-1].append(place)
    clauses = []
    for part in parts:
        held = [name for name, places in spoken if set(part) & set(places)]
        plain = tuple(tokens[place][2] for place in part if place not in taken)
        figures = any(tokens[place][2][:1].isdigit() for place in part)
        clauses.append(Clause(tuple(filter(None, held)), plain, figures))
    return tuple(clauses)


def _is_at(
    text: str, tokens: list[tuple[int, int, str]], places: range, written: str
) -> bool:
    return text[tokens[places[0]][0] : tokens[places[-1]][1]] == written


def _form(text: str, inside: str) -> Form:
    """Return how a question is put; `is that right?` may stand in its own sentence."""
    form = read_form(inside)
    if form.confirming or inside == text:
        return form
    apart = any(segment.confirms for segment in split_segments(text)[1:])
    if not (apart or read_form(text).confirming):
        return form
    return dataclasses.replace(form, confirming=True, yes_no=True, asks_to_tell=False)


def _of_span(base: KnowledgeBase, question: Question, start: int, end: int) -> Question:
    """Return a question without the names that only its background holds.

    Who asks of themselves, as `are we among them` does, asks of those too.
    """
    inside = question.text[start:end]
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
