"""The grammar of templates: `{fact.id:words,capital}`, `{names}`, `{gap}`."""

import string
from collections.abc import Iterator

# Filled in from the question rather than from a fact.
QUESTION_PLACEHOLDERS = frozenset({"names", "place", "unknown"})


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


def placeholders(template: str) -> tuple[str, ...]:
    """Return the names of a template's placeholders, in order.

    Raises:
        ValueError: A brace is left open.
    """
    return tuple(name for _, name, _ in template_parts(template) if name is not None)
