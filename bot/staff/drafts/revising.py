"""What a person makes of a draft: answers chosen, changed, left out and moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from bot.staff.assistant import Assistant
from bot.staff.drafts.composing import Paragraph
from bot.staff.drafts.items import Draft, Item


@dataclasses.dataclass(frozen=True)
class Revision:
    """What somebody has made of the items of a draft, each by its key.

    Attributes:
        order: The keys in the order that somebody has put them in.
        kept: Those that stand in the letter.
        texts: What the letter says to each.
        chosen: The topic or gap that was chosen of the alternatives of each.
        texts_of: What was chosen when the texts were written.
    """

    order: Sequence[str]
    kept: Collection[str]
    texts: Mapping[str, str]
    chosen: Mapping[str, str]
    texts_of: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Row:
    """An item as it is worked on.

    Attributes:
        item: It, or it as it is with another question chosen.
        text: What the letter says to it.
        kept: Whether it stands in the letter.
        chosen: The topic or gap that was chosen; empty where none was.
    """

    item: Item
    text: str
    kept: bool
    chosen: str = ""

    def paragraph(self) -> Paragraph:
        """Return what the letter says to it."""
        item = self.item
        if item.kind in ("answer", "not_stated"):
            return Paragraph(item.sentence, item.kind, self.text, item.sources)
        # What staff write themselves is an answer, and has no proof here.
        return Paragraph(item.sentence, "answer", self.text)


def rows_of(draft: Draft) -> list[Row]:
    """Return the items of a draft as nobody has worked on them."""
    return [Row(item, _text_of(item), item.is_in_draft) for item in draft.items]


def revised(draft: Draft, revision: Revision, assistant: Assistant) -> list[Row]:
    """Return the items of a draft as somebody has left them.

    Args:
        draft: The draft of the same e-mail.
        revision: What was made of it; what it says of other items counts for nothing.
        assistant: Tells what is said to a question that was chosen.
    """
    by_key = {row.item.key: row for row in rows_of(draft)}
    order = [key for key in dict.fromkeys(revision.order) if key in by_key]
    order += [key for key in by_key if key not in order]
    return [_revised(by_key[key], draft, revision, assistant) for key in order]


def moved(rows: Sequence[Row], key: str, by: int) -> list[Row]:
    """Return rows with one of them so many places further down, as far as there are."""
    places = [place for place, row in enumerate(rows) if row.item.key == key]
    rest = [row for row in rows if row.item.key != key]
    for place in places:
        rest.insert(min(max(place + by, 0), len(rest)), rows[place])
    return rest


def letter_of(rows: Sequence[Row]) -> list[Paragraph]:
    """Return the paragraphs of the letter that rows make."""
    return [row.paragraph() for row in rows if row.kept and row.text.strip()]


def _revised(row: Row, draft: Draft, revision: Revision, assistant: Assistant) -> Row:
    key = row.item.key
    if key not in revision.texts:
        return row
    offered = {alternative.topic for alternative in row.item.alternatives}
    chosen = revision.chosen.get(key, "")
    chosen = chosen if chosen in offered else ""
    item = row.item
    if chosen:
        item = item.chosen(chosen, draft.language, assistant)
    if chosen != revision.texts_of.get(key, ""):
        # Another question brings its own answer, which somebody wants to have.
        return Row(item, _text_of(item), bool(chosen), chosen)
    return Row(item, revision.texts[key], key in revision.kept, chosen)


def _text_of(item: Item) -> str:
    """Return what the letter says to an item; nothing where it was not understood."""
    return item.text if item.kind in ("answer", "not_stated") else ""
