"""Reads the files of `knowledge/` and refuses what is broken or hangs loose."""

import functools
import re
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pydantic
import yaml

from bot.errors import KnowledgeError
from bot.knowledge.base import Block, KnowledgeBase
from bot.knowledge.models import (
    DerivedFact,
    Fact,
    Gap,
    Line,
    Name,
    Record,
    Route,
    Topic,
    Wording,
)
from bot.languages import LANGUAGES

KNOWLEDGE_DIR = Path(__file__).resolve().parents[2] / "knowledge"
NAME_TYPES = frozenset(Name.__fields__["type"].type_.__args__)
# Filled in from the question rather than from a fact.
QUESTION_PLACEHOLDERS = frozenset({"names", "place", "unknown"})

AnyRecord = TypeVar("AnyRecord", bound=Record)


class _FactFile(pydantic.BaseModel):
    """Lets pydantic choose the class of a fact by its `kind`."""

    fact: Fact = pydantic.Field(discriminator="kind")


@functools.lru_cache(maxsize=4)
def load_knowledge(folder: Path = KNOWLEDGE_DIR) -> KnowledgeBase:
    """Read and validate the knowledge base.

    Args:
        folder: Where the files are.

    Returns:
        The knowledge base; the same object when it is asked for again.

    Raises:
        KnowledgeError: A file is missing or no YAML, a field is missing or unknown, an
            id stands twice, a quote is not in the announcement or would not be shown,
            or a reference leads nowhere.
    """
    base = KnowledgeBase(
        announcement=_read_text(folder, "announcement.txt"),
        facts=_keyed("facts.yml", _read_list(folder, "facts.yml", "facts"), _fact),
        derived=_keyed(
            "derived.yml",
            _read_list(folder, "derived.yml", "derived"),
            DerivedFact.parse_obj,
        ),
        names=_keyed(
            "names.yml", _read_list(folder, "names.yml", "names"), Name.parse_obj
        ),
        topics=_keyed(
            "topics.yml", _read_list(folder, "topics.yml", "topics"), Topic.parse_obj
        ),
        gaps=_keyed(
            "not_stated.yml",
            _read_list(folder, "not_stated.yml", "not_stated"),
            Gap.parse_obj,
        ),
        routes=_read_routes(folder),
        wording={
            language: _parse(
                f"wording/{language}.yml",
                "the file",
                _read_yaml(folder, f"wording/{language}.yml"),
                Wording.parse_obj,
            )
            for language in LANGUAGES
        },
        layout=_keyed(
            "layout.yml",
            _read_list(folder, "layout.yml", "lines"),
            Line.parse_obj,
            key="line",
        ),
    )
    for check in (
        _check_quotes,
        _check_references,
        _check_topics,
        _check_routes,
        _check_wording,
        _check_layout,
    ):
        check(base)
    return base


def _read_text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_bytes().decode("utf-8")
    except OSError as error:
        raise KnowledgeError(
            file, "the file", f"cannot be read ({error.strerror}); restore it"
        ) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            file, "the file", "is not UTF-8; save it as such"
        ) from error


class _UniqueKeyLoader(yaml.SafeLoader):
    """Refuses a key that stands twice in one mapping, which YAML lets pass."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


def _read_yaml(folder: Path, file: str) -> Any:
    try:
        return yaml.load(_read_text(folder, file), Loader=_UniqueKeyLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        problem = getattr(error, "problem", None) or "is no YAML"
        raise KnowledgeError(file, where, f"{problem}; correct the YAML") from error


def _read_list(folder: Path, file: str, key: str) -> list[dict[str, Any]]:
    content = _read_yaml(folder, file)
    records = content.get(key) if isinstance(content, dict) else None
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise KnowledgeError(file, key, f"must be a list of records under '{key}:'")
    return records


def _parse(
    file: str, record: str, content: Any, parser: Callable[[Any], AnyRecord]
) -> AnyRecord:
    try:
        return parser(content)
    except pydantic.ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"])
        raise KnowledgeError(
            file, record, f"field '{field}': {fault['msg']}"
        ) from error


def _fact(content: dict[str, Any]) -> Any:
    return _FactFile.parse_obj({"fact": content}).fact


def _keyed(
    file: str,
    records: Iterable[dict[str, Any]],
    parser: Callable[[dict[str, Any]], Any],
    key: str = "id",
) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for number, content in enumerate(records, 1):
        record_id = str(content.get(key, f"record {number}"))
        record = _parse(file, record_id, content, parser)
        if record_id in keyed:
            raise KnowledgeError(file, record_id, f"the {key} stands twice; change one")
        keyed[record_id] = record
    return keyed


def _read_routes(folder: Path) -> dict[str, tuple[Route, ...]]:
    file = "routes.yml"
    content = _read_yaml(folder, file)
    routes = content.get("routes") if isinstance(content, dict) else None
    if not isinstance(routes, dict):
        raise KnowledgeError(file, "routes", "must be a mapping under 'routes:'")
    for intent, listed in routes.items():
        if not isinstance(listed, list):
            raise KnowledgeError(file, intent, "must have a list of routes")
    return {
        intent: tuple(_parse(file, intent, route, Route.parse_obj) for route in listed)
        for intent, listed in routes.items()
    }


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
    for fact_id in base.facts:
        _require("facts.yml", fact_id, base.linked_names(fact_id), base.names)
    seen: set[str] = set(base.facts)
    for derived in base.derived.values():
        if derived.id in seen:
            raise KnowledgeError(
                "derived.yml", derived.id, "the id stands twice; rename one"
            )
        _require("derived.yml", derived.id, derived.operands, seen)
        for operand in derived.operands:
            if base.figure_kind(operand) not in ("amount", "count"):
                raise KnowledgeError(
                    "derived.yml", derived.id, f"'{operand}' is no amount or count"
                )
        seen.add(derived.id)
    for name in base.names.values():
        places = [n.id for n in base.names.values() if n.type == "place"]
        _require("names.yml", name.id, name.places, places)
    for recipient in base.recipients:
        _require("facts.yml", recipient, [f"recipients.{recipient}.city"], base.facts)


def _check_topics(base: KnowledgeBase) -> None:
    for topic in base.topics.values():
        figure = [topic.figure] if topic.figure else []
        _require(
            "topics.yml", topic.id, [*topic.facts, *figure], base.facts, base.derived
        )
        named = [*topic.holders, *topic.ranking, *topic.about]
        _require("topics.yml", topic.id, named, base.names)
        _require("topics.yml", topic.id, topic.then.values(), base.topics)
        _require("topics.yml", topic.id, topic.next, base.topics)
    for gap in base.gaps.values():
        _require("not_stated.yml", gap.id, [gap.nearby], base.topics)


def _check_routes(base: KnowledgeBase) -> None:
    for intent, routes in base.routes.items():
        for route in routes:
            _require("routes.yml", intent, [route.topic], base.topics, base.gaps)
            _require(
                "routes.yml", intent, route.when, base.names, NAME_TYPES, ["unknown"]
            )
            _require("routes.yml", intent, route.when_all, base.names)
        last = routes[-1] if routes else None
        if last is None or last != Route(topic=last.topic):
            raise KnowledgeError(
                "routes.yml", intent, "the last route must have no condition"
            )


def template_parts(
    template: str,
) -> Iterator[tuple[str, str | None, frozenset[str]]]:
    """Yield each placeholder of a template: the text before it, its name, its options.

    The text after the last placeholder comes with no name.

    Raises:
        ValueError: A brace is left open.
    """
    for literal, name, options, _ in string.Formatter().parse(template):
        yield literal, name, frozenset(filter(None, (options or "").split(",")))


def _check_wording(base: KnowledgeBase) -> None:
    model = base.wording[LANGUAGES[0]]
    for language, wording in base.wording.items():
        file = f"wording/{language}.yml"
        _same_keys(file, "topics", wording.topics, base.topics)
        _same_keys(file, "gaps", wording.gaps, ["frame", *base.gaps])
        asked = [gap for gap in base.gaps if "{" not in wording.gaps[gap]]
        _same_keys(file, "gap_questions", wording.gap_questions, asked)
        _same_keys(file, "talk", wording.talk, model.talk)
        _same_keys(file, "clauses", wording.clauses, model.clauses)
        _same_keys(file, "formats", wording.formats, model.formats)
        _same_keys(file, "verdicts", wording.verdicts, ["yes", "no"])
        for topic_id, record in wording.topics.items():
            for template in (record.answer, record.answer_plural, record.simple):
                _check_template(base, file, topic_id, template)
            _refuse_figures(file, topic_id, record.ask or "")
        for texts_by_key in (wording.gaps, wording.gap_questions, wording.clauses):
            for key, text in texts_by_key.items():
                _refuse_figures(file, key, text)
        for key, texts in wording.talk.items():
            _refuse_figures(file, key, " ".join(texts))
        for topic in base.topics.values():
            for suggested in topic.next:
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
        found = [name for _, name, _ in template_parts(template) if name is not None]
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
