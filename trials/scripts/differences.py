"""Shows how what came differs from what was expected."""

import difflib
import json
import re
from collections.abc import Iterable
from typing import Any

_SENTENCE_ENDS = re.compile(r"(?<=[.!?:])\s+|\n")


def text_difference(expected: str, came: str) -> str:
    """Return a unified diff of two texts, sentence by sentence."""
    lines = difflib.unified_diff(
        _SENTENCE_ENDS.split(expected),
        _SENTENCE_ENDS.split(came),
        "expected",
        "came",
        lineterm="",
    )
    # The line with @@ counts lines, of which a reply has too few to count.
    return "\n".join(line for line in lines if not line.startswith("@@"))


def set_difference(expected: Iterable[str], came: Iterable[str]) -> str:
    """Return what is missing and what is too much, or nothing."""
    wanted, got = list(expected), list(came)
    missing = [item for item in wanted if item not in got]
    extra = [item for item in got if item not in wanted]
    parts = [f"missing: {', '.join(missing)}"] if missing else []
    parts += [f"not expected: {', '.join(extra)}"] if extra else []
    return "\n".join(parts)


def closest(text: str, others: list[str]) -> str:
    """Return which of some texts is most like one; an empty text where there are none.

    Likeness is that of `difflib` (Ratcliff and Obershelp 1988).
    """
    found = difflib.get_close_matches(text, others, n=1, cutoff=0)
    return found[0] if found else ""


def quoted(values: Iterable[Any]) -> str:
    """Return some values for reading, or `nothing`."""
    return ", ".join(map(told, values)) or "nothing"


def told(value: Any) -> str:
    """Return one value for reading: texts in quotation marks, the rest as JSON."""
    if isinstance(value, str):
        return f"«{value}»"
    return json.dumps(value, ensure_ascii=False)
