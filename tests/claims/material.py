"""What the claims are made of: frames, values and relations, read from their files."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("nb", "nn", "en")

# The values of a relation's slots, in the slots' order and in their bokmål form.
Values = tuple[str, ...]

_FOLDER = Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Wording:
    """The ways to word one relation's claims in one language.

    Attributes:
        asks: Frames that claim the relation.
        denials: Frames that claim its opposite.
        details: What the announcement says nothing about, for an ask's detail slot.
        open: Whole questions that the announcement does not settle.
    """

    asks: list[str]
    details: list[str]
    open: list[str]
    denials: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Relation:
    """Something that the announcement says of some values.

    Attributes:
        name: What the files call it.
        slots: The pool that each slot is filled from.
        truths: Every combination of values that is true.
        open: Whether other values may be true as well.
        wordings: Its wording in each language.
    """

    name: str
    slots: dict[str, str]
    truths: list[Values]
    open: bool
    wordings: dict[str, Wording]


@dataclasses.dataclass(frozen=True)
class Material:
    """All relations, and all values in each language.

    Attributes:
        relations: The relations, by name.
        pools: The forms of each value, by pool, bokmål form and language.
    """

    relations: dict[str, Relation]
    pools: dict[str, dict[str, dict[str, str]]]


def load_material() -> Material:
    """Read all files."""
    wordings = {name: written for file in _frame_files() for name, written in file}
    relations = {
        name: Relation(
            name,
            written["slots"],
            [tuple(values) for values in written["truths"]],
            written.get("open", False),
            {language: Wording(**wordings[name][language]) for language in LANGUAGES},
        )
        for name, written in _read(_FOLDER / "relations.yml").items()
    }
    pools = {
        pool: {forms["nb"]: forms for forms in map(_forms, values)}
        for pool, values in _read(_FOLDER / "values.yml").items()
    }
    return Material(relations, pools)


def _frame_files() -> Iterator[Any]:
    for path in sorted((_FOLDER / "frames").glob("*.yml")):
        yield _read(path).items()


def _forms(written: str | list[str]) -> dict[str, str]:
    """The forms of one value, by language."""
    forms = [written] if isinstance(written, str) else written
    norwegian = forms[:-1] or forms
    return {"nb": norwegian[0], "nn": norwegian[-1], "en": forms[-1]}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
