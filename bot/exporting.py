"""Hands out what is kept: feedback as a table, and a copy of one conversation."""

import csv
import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from bot.cases import kept_of
from bot.errors import StoreError
from bot.store import ConversationStore

_COLUMNS = ("time", "conversation", "rating", "comment", "message", "intent", "reply")
# By these, and a byte order mark, spreadsheets know UTF-8 and what is a formula.
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEXT = "'"


def write_feedback(store: ConversationStore, file: TextIO = sys.stdout) -> None:
    """Write all feedback as CSV.

    Args:
        store: Where it is kept.
        file: Where it is written; a terminal gets it without a byte order mark.
    """
    write_table(file, _COLUMNS, _rows(store))


def write_table(
    file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write a table as CSV, which a spreadsheet shows as it was written.

    Args:
        file: Where it is written; a terminal gets it without a byte order mark.
        columns: What the columns are called.
        rows: The cells of each row.
    """
    if not file.isatty():
        file.write(_BYTE_ORDER_MARK)
    table = csv.writer(file)
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)


def _rows(store: ConversationStore) -> Iterator[Sequence[str]]:
    for conversation, turn, given in store.rated():
        said = (turn.text, turn.reply["intent"], turn.reply["text"])
        yield (turn.time, conversation, given.rating, given.comment, *said)


def _cell(value: str) -> str:
    """Return a value that no spreadsheet runs, whatever somebody wrote."""
    readable = value.encode("utf-8", errors="replace").decode("utf-8")
    return _TEXT + readable if readable.startswith(_FORMULA) else readable


def copy_of(store: ConversationStore, conversation: str) -> dict[str, Any]:
    """Return all that is kept of a conversation, ready for JSON.

    Raises:
        StoreError: There is none such.
    """
    require(store, conversation)
    standing = store.standing(conversation)
    return {
        "conversation": conversation,
        "slots": json.loads(standing[0]) if standing else {},
        "turns": [dataclasses.asdict(turn) for turn in store.turns(conversation)],
        "events": store.events(conversation),
        "cases": kept_of(store.engine, conversation),
    }


def require(store: ConversationStore, conversation: str) -> None:
    """Make sure that a conversation is kept.

    Raises:
        StoreError: It is not.
    """
    if not store.holds(conversation):
        raise StoreError(
            "HELSE_STORE or HELSE_DATABASE",
            f"it holds no conversation '{conversation}'; the id is the part of the "
            "token before the first dot",
        )
