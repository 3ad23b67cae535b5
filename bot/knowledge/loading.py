"""Loads the knowledge base: reads its files, and refuses what hangs loose."""

import functools
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import check
from bot.knowledge.files import (
    Parser,
    parse,
    parse_fact,
    read_records,
    read_text,
    read_yaml,
)
from bot.knowledge.models import (
    Claims,
    Content,
    DerivedFact,
    Gap,
    Line,
    Name,
    Route,
    Topic,
    Value,
    ValueType,
    Wording,
)
from bot.languages import LANGUAGES
from bot.settings import content_dir


def load_knowledge(folder: Path | None = None) -> KnowledgeBase:
    """Read and validate the knowledge base.

    Args:
        folder: Where the files are; that of the content in force when left out.

    Returns:
        The knowledge base; the same object when it is asked for again and no file has
        changed.

    Raises:
        KnowledgeError: A file is missing or no YAML, a field is missing or unknown, an
            id stands twice, a quote is not in the announcement or would not be shown,
            or a reference leads nowhere.
    """
    folder = folder or content_dir() / "knowledge"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    written = [(file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    return _load(folder, tuple(zip(files, written, strict=True)))


@functools.lru_cache(maxsize=4)
def _load(folder: Path, files: Any) -> KnowledgeBase:
    del files  # They only tell whether what was loaded before still holds.

    def records(file: str, under: str, parser: Parser, key: str = "id") -> Any:
        return read_records(folder, file, under, parser, key)

    def whole(file: str, parser: Parser) -> Any:
        return parse(file, "the file", read_yaml(folder, file), parser)

    base = KnowledgeBase(
        content=whole("content.yml", Content.parse_obj),
        announcement=read_text(folder, "announcement.txt"),
        facts=records("facts.yml", "facts", parse_fact),
        derived=records("derived.yml", "derived", DerivedFact.parse_obj),
        names=records("names.yml", "names", Name.parse_obj),
        value_types=records("vocabulary.yml", "types", ValueType.parse_obj),
        values=records("vocabulary.yml", "values", Value.parse_obj),
        topics=records("topics.yml", "topics", Topic.parse_obj),
        gaps=records("not_stated.yml", "not_stated", Gap.parse_obj),
        routes=_read_routes(folder),
        claims={
            language: whole(f"claims/{language}.yml", Claims.parse_obj)
            for language in LANGUAGES
        },
        wording={
            language: whole(f"wording/{language}.yml", Wording.parse_obj)
            for language in LANGUAGES
        },
        layout=records("layout.yml", "lines", Line.parse_obj, "line"),
    )
    check(base)
    return base


def _read_routes(folder: Path) -> tuple[Route, ...]:
    file = "routes.yml"
    content = read_yaml(folder, file)
    routes = content.get("routes") if isinstance(content, dict) else None
    if not isinstance(routes, list):
        raise KnowledgeError(file, "routes", "must be a list under 'routes:'")
    return tuple(
        parse(file, f"route {number}", route, Route.parse_obj)
        for number, route in enumerate(routes, 1)
    )
