"""What is said as pieces: words, figures, links, lists and sums, told apart.

Each piece knows how it stands in running text, so that a text is its pieces one after
the other, and what it is, so that it can be shown as that.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.links import linked


class Words(NamedTuple):
    """Running text.

    Attributes:
        text: The words.
        facts: Ids of the facts that they put in, if any.
        figure: Whether they are an amount, a count or a share.
        url: Where they lead, if they are the address of something.
        aside: Whether only running text needs them, as the `and` between two sums.
    """

    text: str
    facts: tuple[str, ...] = ()
    figure: bool = False
    url: str = ""
    aside: bool = False


class Item(NamedTuple):
    """One of a list, and what is told of it."""

    text: str
    detail: str = ""


class Listing(NamedTuple):
    """Several things.

    Attributes:
        text: How they stand in running text.
        facts: Ids of the facts that they state.
        items: The things one by one.
        of: The id of the fact that this lists in full, if it does.
        summary: What the list is called where it was told before.
        ordered: Whether the items are numbered.
    """

    text: str
    facts: tuple[str, ...]
    items: tuple[Item, ...]
    of: str = ""
    summary: str = ""
    ordered: bool = False


class Term(NamedTuple):
    """A figure in a sum, and what it is."""

    value: str
    label: str


class Sum(NamedTuple):
    """The arithmetic of a figure.

    Attributes:
        text: How it stands in running text.
        facts: The id of the figure.
        terms: What it is worked out from.
        operator: What stands between them.
        equals: What stands before the result.
        result: The figure.
    """

    text: str
    facts: tuple[str, ...]
    terms: tuple[Term, ...]
    operator: str
    equals: str
    result: Term


Piece = Words | Listing | Sum
Saying = tuple[Piece, ...]


def text_of(saying: Saying) -> str:
    """Return what is said as running text."""
    return "".join([piece.text for piece in saying])


def facts_of(saying: Saying) -> frozenset[str]:
    """Return the ids of the facts that are put in."""
    return frozenset(fact for piece in saying for fact in piece.facts)


def capitalised(saying: Saying) -> Saying:
    """Return it with a capital letter at its beginning."""
    if not saying:
        return saying
    first, *rest = saying
    begun = first._replace(text=_capital(first.text))
    if isinstance(begun, Listing):
        item, *items = begun.items
        item = item._replace(text=_capital(item.text))
        begun = begun._replace(items=(item, *items))
    return (begun, *rest)


def between(saying: Saying, start: int, end: int) -> Saying:
    """Return what stands between two places of its running text."""
    kept: list[Piece] = []
    at = 0
    for piece in saying:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        if first == 0 and last == len(piece.text):
            kept.append(piece)
        elif first < last:
            words = piece if isinstance(piece, Words) else Words("", piece.facts)
            kept.append(words._replace(text=piece.text[first:last]))
        at += len(piece.text)
    return tuple(kept)


def addressed(contact: str) -> Saying:
    """Return a contact, with each address in it as a link."""
    return tuple(Words(text, url=url or "") for text, url in linked(contact))


def folded(saying: Saying, fact: str, same: str) -> Saying:
    """Return it with the list of a fact as one that was told before.

    Args:
        saying: What is said.
        fact: The id of the fact.
        same: What the list is called then.
    """
    return tuple(
        piece._replace(summary=same)
        if isinstance(piece, Listing) and piece.of == fact
        else piece
        for piece in saying
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
