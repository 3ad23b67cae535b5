"""Finds the answers that state something without support in the knowledge base."""

from collections.abc import Iterable

from bot.knowledge import KnowledgeBase
from trials.questions.grading import Verdict
from trials.unsupported import Scanner

SCANNED = ("answer", "not_stated")


def offenders(
    verdicts: Iterable[Verdict], base: KnowledgeBase
) -> list[tuple[Verdict, list[str]]]:
    """Return the answers that state something without support, and what that is."""
    scanner = Scanner(base)
    asked: dict[str, str] = {}
    found = []
    for verdict in verdicts:
        asked[verdict.case] = f"{asked.get(verdict.case, '')}\n{verdict.asked}"
        if verdict.given in SCANNED:
            stray = scanner.unsupported(verdict.told, asked[verdict.case])
            if stray:
                found.append((verdict, stray))
    return found
