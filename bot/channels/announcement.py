"""The announcement as clients of the API get it, to show a passage in its place."""

import hashlib
import json
from typing import NamedTuple

from bot.knowledge import KnowledgeBase


class ShownBlock(NamedTuple):
    """A line of the announcement as it is shown: its role, offset and words."""

    role: str
    start: int
    text: str


class Announcement:
    """What `GET /api/announcement` returns."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        """Write it out.

        Args:
            knowledge: Whose announcement it is.
        """
        blocks = [block._asdict() for block in shown_blocks(knowledge)]
        told = {"title": knowledge.title, "blocks": blocks}
        self.body = json.dumps(told, ensure_ascii=False)
        digest = hashlib.sha256(self.body.encode()).hexdigest()
        # Weak: compressed or not, it is the same.
        self.tag = f'W/"{digest[:32]}"'


def shown_blocks(knowledge: KnowledgeBase) -> list[ShownBlock]:
    """Return the lines that are shown, in the announcement's order."""
    return [
        ShownBlock(block.role, block.start, knowledge.text_of(block))
        for block in knowledge.blocks()
    ]
