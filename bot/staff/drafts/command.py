"""The command `draft`: prints a draft of the answer to an e-mail, and its questions."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.staff.drafts.items import Draft, Item


def add_draft(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of the command line."""
    draft = commands.add_parser("draft", help="draft an answer to an e-mail")
    # Commands run in the project's folder, files are named from where one is.
    draft.add_argument(
        "file",
        type=lambda name: name if name == "-" else str(Path(name).absolute()),
        help="the file of the e-mail; - for standard input",
    )
    draft.add_argument("--json", action="store_true", help="print it as JSON")
    draft.set_defaults(run=_draft)


def _draft(args: argparse.Namespace) -> None:
    # Not above: the command line imports this module for every command.
    from bot.settings import read_settings
    from bot.staff.assistant import Assistant
    from bot.staff.drafts.composing import composed, paragraphs_of
    from bot.staff.drafts.drafting import draft_of
    from bot.training import trained

    mail = _read(args.file)
    trained(_say)
    assistant = Assistant(read_settings())
    draft = draft_of(mail, assistant)
    letter = composed(
        paragraphs_of(draft), draft.language, assistant.knowledge, sender=draft.sender
    )
    if args.json:
        _print(json.dumps(as_dict(draft, letter), ensure_ascii=False, indent=2))
        return
    _print(letter)
    for sentence in draft.urgent:
        _print(f"somebody may be in danger: «{sentence}»")
    for number, item in enumerate(draft.items, 1):
        _print("\n".join(_lines(number, item)))


def as_dict(draft: Draft, letter: str) -> dict[str, Any]:
    """Return a draft ready for JSON, without the e-mail itself."""
    content = dataclasses.asdict(draft)
    del content["mail"]
    for item, told in zip(content["items"], draft.items, strict=True):
        item["in_draft"] = told.is_in_draft
    return {**content, "letter": letter}


def _read(file: str) -> str:
    """Return an e-mail.

    Raises:
        MailError: The file cannot be read.
    """
    from bot.staff.drafts.mail import MailError

    try:
        if file == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MailError("unreadable", f"cannot read {file} ({error})") from error


def _lines(number: int, item: Item) -> list[str]:
    surely = "sure" if item.sure else "not sure"
    lines = [
        f"{number}. «{' '.join(item.sentence.split())}»",
        f"   {item.kind}, {item.intent}, {surely} ({item.confidence:.2f})",
    ]
    if item.same_as is not None:
        lines.append(f"   the same answer as {item.same_as + 1}")
    lines += [f"   perhaps: {each.asks}" for each in item.alternatives]
    lines += [
        f"   «{source.quote}» ({source.start}–{source.end})" for source in item.sources
    ]
    return lines


def _print(text: str) -> None:
    print(text, flush=True)


def _say(line: str) -> None:
    # What is printed may be read by a program.
    print(line, file=sys.stderr, flush=True)
