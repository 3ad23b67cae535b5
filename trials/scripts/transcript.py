"""Writes what was said as one HTML page for those who do not program.

The page is in Norwegian, as the support staff are; its words stand in the template.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import jinja2

from trials.scripts.checks import BOOKKEEPING
from trials.scripts.results import Result
from trials.scripts.script import shown
from trials.scripts.telling import failure_text

_TEMPLATES = Path(__file__).with_name("templates")
_TEMPLATE = "transcript.html.j2"


def transcript(results: Sequence[Result]) -> str:
    """Return the page: every conversation, what came, and what did not hold."""
    files: dict[str, list[Result]] = {}
    for result in results:
        files.setdefault(shown(result.conversation.file), []).append(result)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        results=results,
        failed=[result for result in results if not result.passed],
        seconds=sum(result.seconds for result in results),
        files=files,
        now=datetime.now(),
        pressed=_pressed,
        failure_text=failure_text,
        bookkeeping=BOOKKEEPING,
    )


def _pressed(result: Result) -> list[str]:
    """Return the title of the button that each turn presses; empty where none is."""
    titles: dict[str, str] = {}
    found: list[str] = []
    for turn in result.turns:
        found.append(titles.get(turn.turn.user, ""))
        for button in turn.reply.buttons if turn.reply else ():
            titles[button.get("payload", "")] = button["title"]
    return found
