"""Gaps that the content does not have yet: those of proposals, and new ones."""

import re
from collections.abc import Mapping

from bot.knowledge import KnowledgeBase
from bot.reading.spelling import fold
from bot.staff.proposals.changes import NewGap
from bot.staff.proposals.records import JOINABLE, Proposals
from bot.staff.proposals.refusals import RefusedError
from bot.store import ConversationStore

_WORD = re.compile(r"[a-z]+")
_WORDS_OF_A_NAME = 4


def draft_gaps(store: ConversationStore) -> tuple[NewGap, ...]:
    """Return the new gaps of the proposals that more sentences can be added to."""
    found = {
        each.changes.gap.id: each.changes.gap
        for each in Proposals(store).all()
        if each.changes.gap and each.status in JOINABLE
    }
    return tuple(found.values())


def gap_called(
    base: KnowledgeBase,
    questions: Mapping[str, str],
    words: Mapping[str, str],
    nearby: str,
) -> NewGap:
    """Return a new gap, named after the first of its questions that has letters.

    Args:
        base: The knowledge base, whose names are taken.
        questions: What is asked, by language.
        words: What the announcement does not say, by language.
        nearby: The topic that is told instead.

    Raises:
        RefusedError: No question has a letter, or the name is taken.
    """
    lists = (_WORD.findall(fold(question)) for question in questions.values())
    name = "_".join(next(filter(None, lists), [])[:_WORDS_OF_A_NAME])
    gap = NewGap(
        id=f"gap.{name}",
        nearby=nearby,
        intent=f"ask_{name}",
        words=words,
        questions={language: asked for language, asked in questions.items() if asked},
    )
    if not name:
        raise RefusedError("empty")
    if gap.id in base.gaps:
        raise RefusedError("gap_there", id=gap.id)
    return gap
