"""What the pages of all reports share: tables, lists and pictures."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

_DPI = 110


def table(
    headings: Sequence[str],
    lines: Sequence[Sequence[str]],
    figures: Collection[int] = (),
) -> str:
    """Return a table in Markdown.

    Args:
        headings: Of the columns.
        lines: What stands beneath them.
        figures: Places of the columns, from 0, that stand to the right.
    """
    rule = ["---:" if n in figures else "---" for n in range(len(headings))]
    return "\n".join(f"| {' | '.join(line)} |" for line in [headings, rule, *lines])


def bullets(lines: Iterable[str]) -> str:
    """Return a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def pyplot() -> Any:
    """Return matplotlib's plotting, which draws into files only."""
    import matplotlib  # type: ignore[import-untyped]  # no stubs

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt  # type: ignore[import-untyped]

    return plt


def save(figure: Any, path: Path) -> None:
    """Write a picture, in a folder that is made if it is not there."""
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=_DPI)
    pyplot().close(figure)
