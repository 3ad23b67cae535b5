"""Checks that the knowledge base hangs together, and says what to do where not."""

# Longer than other modules: what the files may not say, each check a few lines.

import itertools
import re
from collections.abc import Callable, Iterable, Iterator

from bot.errors import KnowledgeError
from bot.knowledge.base import Block, KnowledgeBase
from bot.knowledge.models import PLACE, NameFact, NamesFact, Roster, Route
from bot.knowledge.templates import QUESTION_PLACEHOLDERS, placeholders, template_parts
from bot.languages import LANGUAGES
from bot.reading.lexicon import CUES, QUESTION_KINDS
from bot.reading.spelling import fold

# What a route can ask for besides names and values.
_MARKS = frozenset({"unknown", "figure", "amount", "count"})


def check(base: KnowledgeBase) -> None:
    """Refuse a knowledge base in which something hangs loose.

    Raises:
        KnowledgeError: The message names the file, the record and what to do.
    """
    checks: tuple[Callable[[KnowledgeBase], None], ...] = (
        _check_quotes,
        _check_references,
        _check_vocabulary,
        _check_topics,
        _check_pairs,
        _check_routes,
        _check_content,
        _check_claims,
        _check_wording,
        _check_layout,
    )
    for one in checks:
        one(base)


def _cuts_a_word(announcement: str, quote: str) -> bool:
    start = announcement.index(quote)
    edges = (start, start + len(quote))
    joined = re.compile(r"\w\w|\d[.,]|[.,]\d")
    return any(
        joined.fullmatch(announcement[edge - 1 : edge + 1])
        and not announcement[edge : edge + 2].isspace()
        and re.search(r"\w[.,]?\w", announcement[edge - 2 : edge + 2])
        for edge in edges
        if 0 < edge < len(announcement)
    )


def _check_quotes(base: KnowledgeBase) -> None:
    for fact in base.facts.values():
        for quote in fact.quotes:
            if quote not in base.announcement:
                raise KnowledgeError(
                    "facts.yml",
                    fact.id,
                    f"the quote «{quote}» does not stand in announcement.txt; "
                    "copy it from there to the letter",
                )
            if _cuts_a_word(base.announcement, quote):
                raise KnowledgeError(
                    "facts.yml",
                    fact.id,
                    f"the quote «{quote}» begins or ends inside a word or figure; in "
                    "YAML a quote with a comma needs quotation marks",
                )


def _require(file: str, record: str, ids: Iterable[str], *known: Iterable[str]) -> None:
    every = {known_id for group in known for known_id in group}
    for wanted in ids:
        if wanted not in every:
            raise KnowledgeError(
                file, record, f"refers to '{wanted}', which does not exist"
            )


def _check_references(base: KnowledgeBase) -> None:
    seen: set[str] = set()
    for fact_id, fact in base.facts.items():
        _require("facts.yml", fact_id, base.linked_names(fact_id), base.names)
        _require("facts.yml", fact_id, fact.counts, base.names, base.values)
        _require("facts.yml", fact_id, fact.values, base.names, base.values)
        _refuse_repeated("facts.yml", fact_id, fact.quotes, fact.counts, fact.values)
        if isinstance(fact, NamesFact):
            _require("facts.yml", fact_id, fact.details, fact.value)
        seen.add(fact_id)
    for derived in base.derived.values():
        if derived.id in seen:
            raise KnowledgeError(
                "derived.yml", derived.id, "the id stands twice; rename one"
            )
        _require("derived.yml", derived.id, derived.operands, seen)
        _require("derived.yml", derived.id, derived.counts, base.names, base.values)
        for operand in derived.operands:
            if base.figure_kind(operand) not in ("amount", "count"):
                raise KnowledgeError(
                    "derived.yml", derived.id, f"'{operand}' is no amount or count"
                )
        seen.add(derived.id)
    places = [name.id for name in base.names.values() if name.type == PLACE]
    for name in base.names.values():
        _require("names.yml", name.id, name.places, places)
        _refuse_repeated("names.yml", name.id, map(fold, name.aliases))


def _check_vocabulary(base: KnowledgeBase) -> None:
    for value in base.values.values():
        _require("vocabulary.yml", value.id, [value.type], base.value_types)
        _refuse_repeated("vocabulary.yml", value.id, value.forms.all())
        if value.id in base.names:
            raise KnowledgeError(
                "vocabulary.yml", value.id, "is the id of a name too; rename one"
            )


def _refuse_repeated(file: str, record: str, *lists: Iterable[str]) -> None:
    for listed in lists:
        seen: set[str] = set()
        for entry in listed:
            if entry in seen:
                raise KnowledgeError(
                    file, record, f"'{entry}' stands twice in a list; remove one"
                )
            seen.add(entry)


def _check_topics(base: KnowledgeBase) -> None:
    file = "topics.yml"
    for topic in base.topics.values():
        stated = [*topic.point, *topic.facts]
        _require(file, topic.id, stated, base.facts, base.derived)
        _require(file, topic.id, [topic.listed] if topic.listed else [], base.facts)
        _require(file, topic.id, topic.about, base.names)
        _require(file, topic.id, topic.next, base.topics)
        _refuse_repeated(file, topic.id, topic.point, topic.facts, topic.next)
    for gap in base.gaps.values():
        _require("not_stated.yml", gap.id, [gap.nearby], base.topics)


def _check_pairs(base: KnowledgeBase) -> None:
    intents: dict[str, str] = {}
    pairs: dict[str, str] = {}
    for record in (*base.topics.values(), *base.gaps.values()):
        file = "not_stated.yml" if record.id in base.gaps else "topics.yml"
        for seen, keys in ((intents, record.intents), (pairs, record.pairs)):
            for key in keys:
                if seen.setdefault(key, record.id) != record.id:
                    raise KnowledgeError(
                        file,
                        record.id,
                        f"'{key}' leads to {seen[key]} already; remove one of them",
                    )
    own = [pair.partition(".")[0] for pair in base.intents.values()]
    types = (*_types_of_names(base), *base.value_types, "unknown")
    for record in (*base.topics.values(), *base.gaps.values()):
        file = "not_stated.yml" if record.id in base.gaps else "topics.yml"
        subjects = [pair.partition(".")[0] for pair in record.answers]
        _require(file, record.id, subjects, base.names, base.values, types, own)


def _types_of_names(base: KnowledgeBase) -> frozenset[str]:
    return frozenset(name.type for name in base.names.values())


def _check_routes(base: KnowledgeBase) -> None:
    types = _types_of_names(base)
    marks = (base.names, types, base.values, base.value_types, _MARKS, CUES)
    for number, route in enumerate(base.routes, 1):
        record = f"route {number}"
        _require("routes.yml", record, route.intents, base.intents)
        _require("routes.yml", record, [route.topic], base.topics, base.gaps)
        for listed in (route.when, route.when_all, route.without):
            _require("routes.yml", record, listed, *marks)
        _require("routes.yml", record, route.asks, QUESTION_KINDS)
        earlier = itertools.islice(base.routes, number - 1)
        if any(_goes_before(other, route) for other in earlier):
            raise KnowledgeError(
                "routes.yml",
                record,
                "is never reached: an earlier one fits whenever it does; remove one",
            )


def _goes_before(earlier: Route, later: Route) -> bool:
    """Tell whether a route fits wherever a later one does."""
    return (
        set(earlier.intents) >= set(later.intents)
        and (not earlier.when or set(earlier.when) >= set(later.when) != set())
        and set(earlier.when_all) <= set(later.when_all)
        and set(earlier.without) <= set(later.without)
        and (not earlier.asks or set(earlier.asks) >= set(later.asks) != set())
        and earlier.claim in (None, later.claim)
        and earlier.all in (None, later.all)
    )


def _check_content(base: KnowledgeBase) -> None:
    content, file = base.content, "content.yml"
    shown = [topic for topic in (content.status, content.origin) if topic]
    _require(file, "starters", [content.summary, *content.starters], base.topics)
    _require(file, "status and origin", shown, base.topics)
    types = (*_types_of_names(base), *base.value_types)
    _require(file, "bare", content.bare, base.names, types, ["unknown"])
    _require(file, "bare", content.bare.values(), base.answers)
    _require(file, "together", content.together, types)
    _require(file, "alike", [*content.alike, *content.alike.values()], types)
    _require(file, "harmless", content.harmless, base.names, base.values)
    _require(file, "within_names", content.within_names, types)
    roster = content.roster
    _require(file, "roster", [roster.fact], base.facts)
    _require(file, "roster", roster.all_topics(), base.topics)
    _check_roster(base, roster)


def _check_roster(base: KnowledgeBase, roster: Roster) -> None:
    if base.facts[roster.fact].kind != "names":
        raise KnowledgeError(
            "content.yml", "roster", f"'{roster.fact}' is no fact of several names"
        )
    for member in base.members:
        place = base.place_fact(member)
        _require("facts.yml", member, [place], base.facts)
        if not isinstance(base.facts[place], NameFact):
            raise KnowledgeError("facts.yml", place, "must be a fact of one name")


def _check_claims(base: KnowledgeBase) -> None:
    for language, claims in base.claims.items():
        file = f"claims/{language}.yml"
        for listed in (claims.hold, claims.wrong, claims.open):
            _require(file, "a list", listed, base.topics)
            for topic, texts in listed.items():
                _refuse_repeated(file, topic, texts)


def _check_wording(base: KnowledgeBase) -> None:
    model = base.wording[LANGUAGES[0]]
    for language, wording in base.wording.items():
        file = f"wording/{language}.yml"
        _same_keys(file, "topics", wording.topics, base.topics)
        _same_keys(file, "gaps", wording.gaps, ["alone", "frame", *base.gaps])
        asked = [gap for gap in base.gaps if "{" not in wording.gaps[gap]]
        _same_keys(file, "gap_questions", wording.gap_questions, asked)
        _same_keys(file, "talk", wording.talk, model.talk)
        _same_keys(file, "clauses", wording.clauses, model.clauses)
        _same_keys(file, "formats", wording.formats, model.formats)
        _same_keys(file, "verdicts", wording.verdicts, ["yes", "no"])
        for topic_id, record in wording.topics.items():
            for template in (record.answer, record.answer_plural, record.simple):
                _check_template(base, file, topic_id, template)
                _check_shares(base, file, topic_id, template or "")
            _refuse_figures(file, topic_id, record.ask or "")
        for texts_by_key in (wording.gaps, wording.gap_questions, wording.clauses):
            for key, text in texts_by_key.items():
                _refuse_figures(file, key, text)
        for key, texts in wording.talk.items():
            _refuse_figures(file, key, " ".join(texts))
        offered = [base.content.starters, *(t.next for t in base.topics.values())]
        for suggested in itertools.chain.from_iterable(offered):
            if wording.topics[suggested].ask is None:
                raise KnowledgeError(
                    file, suggested, "is suggested as a button but has no 'ask'"
                )


def _same_keys(
    file: str, part: str, given: Iterable[str], wanted: Iterable[str]
) -> None:
    given, wanted = set(given), set(wanted)
    for key in sorted(wanted - given):
        raise KnowledgeError(file, part, f"'{key}' is missing; write it")
    for key in sorted(given - wanted):
        raise KnowledgeError(file, part, f"'{key}' is not known; remove it")


def _check_template(
    base: KnowledgeBase, file: str, record: str, template: str | None
) -> None:
    if template is None:
        return
    try:
        found = placeholders(template)
    except ValueError as error:
        raise KnowledgeError(file, record, f"«{template}»: {error}") from error
    _require(
        file,
        record,
        found,
        base.facts,
        base.derived,
        QUESTION_PLACEHOLDERS,
    )
    _refuse_figures(file, record, template)


def _check_shares(base: KnowledgeBase, file: str, record: str, template: str) -> None:
    parts = [(name, options) for _, name, options in template_parts(template)]
    shares = {d.operands for d in base.derived.values() if d.operation == "percent"}
    for (name, options), (following, _) in itertools.pairwise([*parts, (None, ())]):
        if "share" in options and (name, following) not in shares:
            raise KnowledgeError(
                file,
                record,
                f"'{name}' is marked as a share of '{following}', but derived.yml has "
                "no percent of the two; add it or remove the mark",
            )


def _refuse_figures(file: str, record: str, text: str) -> None:
    figures = re.findall(r"\d+", re.sub(r"\{[^}]*\}", "", text))
    if figures:
        raise KnowledgeError(
            file, record, f"the figure {figures[0]} is typed out; use a placeholder"
        )


def _check_layout(base: KnowledgeBase) -> None:
    file = "layout.yml"
    lines = {base.text_of(line) for line in base.lines()}
    for words in base.layout:
        if words not in lines:
            raise KnowledgeError(
                file,
                words,
                "is no line of announcement.txt; copy a whole line, without its bullet "
                "and the blanks around it",
            )
    shown = base.blocks()
    titles = sum(block.role == "title" for block in shown)
    if titles != 1:
        raise KnowledgeError(
            file, "lines", f"{titles} lines have the role 'title'; give it to one"
        )
    for line in (line for line in base.lines() if line not in shown):
        for quote in _quotes_in(base, line):
            raise KnowledgeError(
                file,
                base.text_of(line),
                f"the quote «{quote}» stands in it; give it a role that is shown",
            )


def _quotes_in(base: KnowledgeBase, line: Block) -> Iterator[str]:
    for source in base.sources(base.facts):
        if source.start < line.end and line.start < source.end:
            yield source.quote
