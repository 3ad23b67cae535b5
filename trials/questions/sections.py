"""The parts of the report's page, each as Markdown."""

import dataclasses
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from trials.pages import table
from trials.questions.grading import Verdict
from trials.questions.intents import Intents
from trials.questions.scan import offenders
from trials.questions.shares import (
    GROUPS,
    calibration,
    calibration_error,
    grouped,
    latency,
    right_conversations,
    right_turns,
    words_of_answers,
    worst,
    wrongly_answered,
)

MOST_LISTED = 60
_MOST_PAIRS = 10
_LONGEST_CELL = 160

Verdicts = Sequence[Verdict]


@dataclasses.dataclass(frozen=True)
class Asked:
    """One system and how its replies were judged; the first of them is the assistant.

    Attributes:
        key: Its name in the JSON report.
        name: What the page calls it.
        note: What the page tells of it.
        verdicts: Of all turns, in the order in which they were asked.
    """

    key: str
    name: str
    note: str
    verdicts: Verdicts


def cell(text: str) -> str:
    """Return text on one line, cut where it is long, that breaks no table."""
    line = " ".join(text.split()).replace("|", "\\|")
    return f"{line[: _LONGEST_CELL - 1]}…" if len(line) > _LONGEST_CELL else line


def overview(asked: Sequence[Asked], base: KnowledgeBase) -> str:
    """Return the measures of every system, a line each."""
    measures: Mapping[str, Callable[[Verdicts], str]] = {
        "Right turns": lambda verdicts: str(right_turns(verdicts)),
        "Right whole conversations": lambda verdicts: str(
            right_conversations(verdicts)
        ),
        "Answered though it should not have been": lambda verdicts: str(
            wrongly_answered(verdicts)
        ),
        "Replies that state something without support": lambda verdicts: str(
            len(offenders(verdicts, base))
        ),
        "Words in an answer, median; most": _words,
        "Milliseconds to a reply, p50; p95": lambda verdicts: (
            f"{latency(verdicts, 50):.1f}; {latency(verdicts, 95):.1f}"
        ),
        "Expected calibration error": lambda verdicts: _decimal(
            calibration_error(verdicts)
        ),
    }
    lines = [
        [name, *(measure(each.verdicts) for each in asked)]
        for name, measure in measures.items()
    ]
    return table(["Measure", *(each.name for each in asked)], lines)


def _words(verdicts: Verdicts) -> str:
    words = words_of_answers(verdicts)
    return f"{statistics.median(words):.0f}; {max(words)}" if words else "–"


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def by_group(asked: Sequence[Asked]) -> str:
    """Return the share of right turns of every system, by group."""
    lines = []
    for by, group in GROUPS.items():
        of_each = [grouped(each.verdicts, group) for each in asked]
        for name, verdicts in of_each[0].items():
            shares = [
                f"{right_turns(groups[name]).value:.1%}" if name in groups else "–"
                for groups in of_each
            ]
            lines.append([by, cell(name) or "–", str(len(verdicts)), *shares])
    return table(["By", "Group", "Turns", *(each.name for each in asked)], lines)


def confidences(verdicts: Verdicts) -> str:
    """Return the bins of confidence and how many of each are right."""
    lines = [
        [
            f"{each.least:.3f}–{each.most:.3f}",
            str(each.turns),
            f"{each.confidence:.1%}",
            f"{each.right:.1%}",
        ]
        for each in calibration(verdicts)
    ]
    return table(["Confidence", "Turns", "Mean confidence", "Right"], lines)


def languages_of_replies(counts: Counter[tuple[str, str]]) -> str:
    """Return the languages of messages and of the replies to them."""
    lines = []
    for language in LANGUAGES:
        given = [counts[language, replied] for replied in LANGUAGES]
        total = sum(n for (asked, _), n in counts.items() if asked == language)
        accuracy = f"{counts[language, language] / total:.1%}" if total else "–"
        lines.append([f"`{language}`", str(total), *map(str, given), accuracy])
    right = sum(counts[language, language] for language in LANGUAGES)
    total = sum(counts.values())
    lines.append(
        ["all", str(total), *[""] * len(LANGUAGES), f"{right / total:.1%}"]
        if total
        else ["all", "0", *[""] * len(LANGUAGES), "–"]
    )
    named = [f"`{language}`" for language in LANGUAGES]
    return table(["Asked in", "Messages", *named, "Right"], lines)


def mistaken_intents(intents: Intents) -> str:
    """Return the intents that were mixed up most often."""
    pairs = intents.mistaken()[:_MOST_PAIRS]
    lines = [[f"`{a}`", f"`{b}`", str(count)] for (a, b), count in pairs]
    return table(["Intent", "Taken for", "Examples"], lines)


def unsupported(verdicts: Verdicts, base: KnowledgeBase) -> str:
    """Return the replies that state something without support."""
    lines = [
        [
            f"{verdict.case}.{verdict.number}",
            cell(verdict.asked),
            cell(", ".join(stray)),
            cell(verdict.told),
        ]
        for verdict, stray in offenders(verdicts, base)
    ]
    if not lines:
        return "None."
    return table(["Turn", "Asked", "Without support", "Reply"], lines)


def wrong_turns(verdicts: Verdicts) -> str:
    """Return the most confident wrong turns, by class of fault."""
    wrong = sum(not verdict.right for verdict in verdicts)
    if not wrong:
        return "None."
    listed = min(wrong, MOST_LISTED)
    parts = [f"{wrong} turns are wrong; the {listed} most confident are listed."]
    for name, turns in worst(verdicts, MOST_LISTED).items():
        lines = [
            [
                f"{verdict.case}.{verdict.number}",
                _decimal(verdict.confidence),
                f"`{verdict.intent}`",
                cell(verdict.asked),
                cell("; ".join(verdict.faults)),
                cell(verdict.told),
            ]
            for verdict in turns
        ]
        headings = ["Turn", "Confidence", "Intent", "Asked", "Faults", "Reply"]
        parts.append(f"### {name}: {len(turns)}\n\n{table(headings, lines)}")
    return "\n\n".join(parts)
