"""What is said as blocks: paragraphs, lists, sums and the proof, ready for JSON.

`docs/http-api.md` tells what each kind of block holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answering.pieces import Listing, Saying, Sum, Words
from bot.knowledge import KnowledgeBase, Source
from bot.knowledge.passages import Passage, passages

Block = dict[str, Any]
_Part = dict[str, Any]


def blocks_of(
    sayings: Sequence[Saying], base: KnowledgeBase, sources: Sequence[Source]
) -> tuple[Block, ...]:
    """Return the blocks of a reply.

    Args:
        sayings: What is said to each question.
        base: The knowledge base.
        sources: The passages that prove it.
    """
    blocks: list[Block] = []
    for said in sayings:
        blocks += _Paragraphs(said).blocks
    if sources:
        proof = [_passage(base, passage) for passage in passages(base, sources)]
        blocks.append({"type": "quote", "passages": proof})
    return tuple(blocks)


class _Paragraphs:
    """The blocks of one saying."""

    def __init__(self, said: Saying) -> None:
        self.blocks: list[Block] = []
        self._parts: list[_Part] = []
        # What ends the sentence of a list or sum in running text is left out.
        self._after_block = False
        for place, piece in enumerate(said):
            if isinstance(piece, Words):
                self._add(piece)
            elif _ends_sentence(said[place + 1 :]):
                self._introduce()
                shown = _list(piece) if isinstance(piece, Listing) else _sum(piece)
                self.blocks.append(shown)
                self._after_block = True
            else:
                self._add(Words(piece.text))
        self._close()

    def _add(self, words: Words) -> None:
        if words.aside:
            return
        text = words.text
        if self._after_block:
            text = text.removeprefix(".").lstrip()
            self._after_block = not text
        first, *lines = text.split("\n")
        self._put(first, words)
        for line in lines:
            self._close()
            self._put(line, words)

    def _put(self, text: str, words: Words) -> None:
        if not text:
            return
        if words.url:
            self._parts.append({"text": text, "url": words.url})
        elif words.figure:
            self._parts.append({"text": text, "figure": True})
        elif self._parts and len(self._parts[-1]) == 1:
            self._parts[-1]["text"] += text
        else:
            self._parts.append({"text": text})

    def _introduce(self) -> None:
        """End the words before a list with a colon, unless they end already."""
        self._close()
        if self.blocks and self.blocks[-1]["type"] == "text":
            parts = self.blocks[-1]["parts"]
            if parts[-1]["text"][-1] not in ".:!?":
                self._parts = parts
                self._put(":", Words(""))
                self._parts = []

    def _close(self) -> None:
        """End a paragraph."""
        parts, self._parts = self._parts, []
        if parts:
            parts[0]["text"] = parts[0]["text"].lstrip()
            parts[-1]["text"] = parts[-1]["text"].rstrip()
        parts = [part for part in parts if part["text"]]
        if parts:
            self.blocks.append({"type": "text", "parts": parts})


def _ends_sentence(following: Saying) -> bool:
    """Tell whether a sentence, list or sum ends before what follows."""
    for piece in following:
        if not isinstance(piece, Words):
            return True
        if not piece.aside:
            return piece.text[0] in ".\n"
    return True


def _list(listing: Listing) -> Block:
    items = [
        {"text": item.text, "detail": item.detail}
        if item.detail
        else {"text": item.text}
        for item in listing.items
    ]
    block: Block = {"type": "list", "items": items}
    if listing.ordered:
        block["ordered"] = True
    if listing.summary:
        block["summary"] = listing.summary
    return block


def _sum(worked_out: Sum) -> Block:
    return {
        "type": "sum",
        "terms": [term._asdict() for term in worked_out.terms],
        "operator": worked_out.operator,
        "equals": worked_out.equals,
        "result": worked_out.result._asdict(),
    }


def _passage(base: KnowledgeBase, passage: Passage) -> dict[str, Any]:
    parts: list[_Part] = []
    at = passage.start
    for start, end in passage.marks:
        if at < start:
            parts.append({"text": base.announcement[at:start]})
        parts.append({"text": base.announcement[start:end], "marked": True})
        at = end
    if at < passage.end:
        parts.append({"text": base.announcement[at : passage.end]})
    return {"start": passage.start, "end": passage.end, "parts": parts}
