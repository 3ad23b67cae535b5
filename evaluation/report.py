"""Writes the verdicts as a page and as JSON."""

import dataclasses
import json
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from benchmark.circumstances import Circumstances
from bot.knowledge import KnowledgeBase
from bot.languages import LANGUAGES
from evaluation.figures import (
    BINS,
    GROUPS,
    LEAST_WORDS_FOR_LANGUAGE,
    calibration,
    calibration_error,
    grouped,
    languages,
    latency,
    right_conversations,
    right_turns,
    words_of_answers,
    worst,
    wrongly_answered,
)
from evaluation.grading import Verdict
from evaluation.intents import FOLDS, Intents
from evaluation.scan import offenders

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


def page(
    asked: Sequence[Asked],
    intents: Intents,
    base: KnowledgeBase,
    circumstances: Circumstances,
) -> str:
    """Return the report as Markdown."""
    assistant = asked[0].verdicts
    notes = "\n".join(f"- {each.name}: {each.note}" for each in asked)
    before, after = circumstances.load
    return f"""# Evaluation

Questions that do not stand in the training data, asked of the assistant and of
baselines, each case in a conversation of its own, and judged by one grader. Written by
`make evaluate`.

{_overview(asked, base)}

## Right turns by group

{_groups(asked)}

## Kinds

Turns of each expected kind, the darker the larger their share of the row.

![Kinds that were expected and given](evaluation-kinds.png)

## Confidence

The confidence is that of the intent; a turn is right when the whole reply is.

![Confidence of right and of wrong turns](evaluation-confidence.png)

{_calibration(assistant)}

## Language of the reply

First messages of at least {LEAST_WORDS_FOR_LANGUAGE} words, by the language that they \
are in and the one that the payload names.

{_languages(languages(assistant))}

## Intents

The training data in {FOLDS} folds, with the trained classifier's features: of \
{len(intents.right)} examples, {intents.accuracy:.1%} have their intent found by a \
classifier that did not learn from them. By topic folder of `data/nlu/`:

![Topic folders of the intents and of those found](evaluation-intents.png)

{_pairs(intents)}

## Stated without support

Figures, times and names in the text of answers and of replies of kind `not_stated`
that stand neither in the knowledge base nor in what the person wrote.

{_offenders(assistant, base)}

## Wrong turns

{_worst(assistant)}

## How it was measured

Run of {circumstances.date}, {circumstances.minutes:.0f} minutes. \
{circumstances.machine}. {circumstances.versions}. Processes that wanted a processor: \
{before:.1f} on average in the minutes before the run, {after:.1f} in the last ones.

{notes}
"""


def as_json(
    asked: Sequence[Asked],
    intents: Intents,
    base: KnowledgeBase,
    circumstances: Circumstances,
) -> str:
    """Return every verdict and the figures of each system as JSON."""
    systems = {
        each.key: {
            "name": each.name,
            "note": each.note,
            "right": right_turns(each.verdicts).value,
            "right_conversations": right_conversations(each.verdicts).value,
            "answered_wrongly": wrongly_answered(each.verdicts).some,
            "calibration_error": calibration_error(each.verdicts),
            "unsupported": [
                {"case": verdict.case, "turn": verdict.number, "stated": stray}
                for verdict, stray in offenders(each.verdicts, base)
            ],
            "turns": [dataclasses.asdict(verdict) for verdict in each.verdicts],
        }
        for each in asked
    }
    content = {
        "circumstances": dataclasses.asdict(circumstances),
        "intent_accuracy": intents.accuracy,
        "systems": systems,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a table for a page."""
    rule = ["---"] * len(headings)
    return "\n".join(f"| {' | '.join(line)} |" for line in [headings, rule, *lines])


def cell(text: str) -> str:
    """Return text on one line, cut where it is long, that breaks no table."""
    line = " ".join(text.split()).replace("|", "\\|")
    return f"{line[: _LONGEST_CELL - 1]}…" if len(line) > _LONGEST_CELL else line


def _overview(asked: Sequence[Asked], base: KnowledgeBase) -> str:
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


def _groups(asked: Sequence[Asked]) -> str:
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


def _calibration(verdicts: Verdicts) -> str:
    lines = [
        [
            f"{each.least:.1f}–{each.least + 1 / BINS:.1f}",
            str(each.turns),
            f"{each.confidence:.1%}",
            f"{each.right:.1%}",
        ]
        for each in calibration(verdicts)
    ]
    return table(["Confidence", "Turns", "Mean confidence", "Right"], lines)


def _languages(counts: Counter[tuple[str, str]]) -> str:
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


def _pairs(intents: Intents) -> str:
    pairs = intents.mistaken()[:_MOST_PAIRS]
    lines = [[f"`{a}`", f"`{b}`", str(count)] for (a, b), count in pairs]
    return table(["Intent", "Taken for", "Examples"], lines)


def _offenders(verdicts: Verdicts, base: KnowledgeBase) -> str:
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


def _worst(verdicts: Verdicts) -> str:
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
