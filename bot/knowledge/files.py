"""Reads the files of the knowledge base into records, and says what cannot be read."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pydantic
import yaml

from bot.errors import KnowledgeError
from bot.knowledge.models import Fact, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
Parser = Callable[[dict[str, Any]], Any]


class _FactFile(pydantic.BaseModel):
    """Lets pydantic choose the class of a fact by its `kind`."""

    fact: Fact = pydantic.Field(discriminator="kind")


def read_text(folder: Path, file: str) -> str:
    """Return a file as it stands."""
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


# libyaml, where it is there, reads ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeyLoader(_Loader):  # type: ignore[misc]  # either of the two
    """Refuses a key that stands twice in one mapping, which YAML lets pass."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", node.start_mark
                )
        content: dict[Any, Any] = super().construct_mapping(node, deep)
        return content


def read_yaml(folder: Path, file: str) -> Any:
    """Return what a YAML file holds; a key that stands twice is refused."""
    try:
        return yaml.load(read_text(folder, file), Loader=_UniqueKeyLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        problem = getattr(error, "problem", None) or "is no YAML"
        raise KnowledgeError(file, where, f"{problem}; correct the YAML") from error


def _list_under(folder: Path, file: str, key: str) -> list[dict[str, Any]]:
    content = read_yaml(folder, file)
    records = content.get(key) if isinstance(content, dict) else None
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise KnowledgeError(file, key, f"must be a list of records under '{key}:'")
    return records


def parse(
    file: str, record: str, content: Any, parser: Callable[[Any], AnyRecord]
) -> AnyRecord:
    """Return a record, or say what is wrong with it."""
    try:
        return parser(content)
    except pydantic.ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"])
        raise KnowledgeError(
            file, record, f"field '{field}': {fault['msg']}"
        ) from error


def parse_fact(content: dict[str, Any]) -> Any:
    """Return a fact of the class that its kind tells."""
    return _FactFile.parse_obj({"fact": content}).fact


def read_records(
    folder: Path, file: str, under: str, parser: Parser, key: str = "id"
) -> dict[str, Any]:
    """Return the records of a file, by their key.

    Args:
        folder: Where the file is.
        file: Its name.
        under: The key that the list stands under.
        parser: Makes a record of what stands there.
        key: The field that tells them apart.

    Raises:
        KnowledgeError: The file cannot be read, or a record is broken or stands twice.
    """
    return _keyed(file, _list_under(folder, file, under), parser, key)


def _keyed(
    file: str,
    records: Iterable[dict[str, Any]],
    parser: Callable[[dict[str, Any]], Any],
    key: str,
) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for number, content in enumerate(records, 1):
        record_id = str(content.get(key, f"record {number}"))
        record = parse(file, record_id, content, parser)
        if record_id in keyed:
            raise KnowledgeError(file, record_id, f"the {key} stands twice; change one")
        keyed[record_id] = record
    return keyed
