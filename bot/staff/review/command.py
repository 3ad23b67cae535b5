"""`python -m bot.cli review`: what needs eyes, in the terminal."""

import argparse
import dataclasses
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from bot.staff.review.queue import Group

_GROUPS = 20
# The names of the reasons, which are read before the store is loaded.
REASONS = ("not_stated", "out_of_scope", "clarify", "unsure", "disliked")


def add_review(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    review = commands.add_parser(
        "review", help="list what the assistant could not answer, in groups"
    )
    review.add_argument("--days", type=_number, default=0, help="of so many days")
    review.add_argument("--reason", choices=REASONS, default="", help="for this alone")
    review.add_argument("--language", choices=LANGUAGES, default="", help="replied in")
    review.add_argument("--topic", default="", help="to which this topic was told")
    review.add_argument(
        "--most",
        type=_number,
        default=_GROUPS,
        help=f"groups to list ({_GROUPS}); 0: all",
    )
    review.add_argument("--json", action="store_true", help="print them as JSON")
    review.set_defaults(run=_review)


def _review(args: argparse.Namespace) -> None:
    from bot.server import open_store
    from bot.settings import read_settings
    from bot.staff.review.entries import Wanted
    from bot.staff.review.queue import read_queue

    wanted = Wanted(args.days, args.reason, args.language, args.topic)
    queue = read_queue(open_store(read_settings()), wanted)
    groups = queue.groups[: args.most or None]
    if args.json:
        print(json.dumps([_as_json(it) for it in groups], indent=2, ensure_ascii=False))
        return
    for group in groups:
        print("\n".join(_lines(group)), end="\n\n")
    entries = sum(len(group.entries) for group in queue.groups)
    more = " Older ones are not among them." if queue.older else ""
    print(f"{entries} messages in {len(queue.groups)} groups need eyes.{more}")


def _lines(group: "Group") -> Iterator[str]:
    reasons = ", ".join(f"{reason} {number}" for reason, number in group.reasons)
    yield f"{len(group.entries)}: {reasons}"
    for text in group.examples:
        yield f"    {_plain(text)}"


def _as_json(group: "Group") -> dict[str, Any]:
    return {
        "number": len(group.entries),
        "reasons": dict(group.reasons),
        "examples": list(group.examples),
        "entries": [
            {
                name: value
                for name, value in dataclasses.asdict(entry).items()
                if name != "id"
            }
            for entry in group.entries
        ],
    }


def _plain(text: str) -> str:
    """Return a text on one line, without what a terminal would obey."""
    return " ".join("".join(it if it.isprintable() else " " for it in text).split())


def _number(written: str) -> int:
    """Return a whole number, 0 or more."""
    number = int(written)
    if number < 0:
        raise ValueError
    return number
