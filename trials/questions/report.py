"""Writes the verdicts as a page and as JSON."""

import dataclasses
import json
from collections.abc import Sequence

from bot.knowledge import KnowledgeBase
from trials.circumstances import Circumstances
from trials.pages import bullets
from trials.questions.asking_back import outsiders_and_questions, when_to_ask_back
from trials.questions.costs import THRESHOLDS, choices, mean_cost
from trials.questions.grading import Verdict
from trials.questions.intents import FOLDS, Intents
from trials.questions.scan import offenders
from trials.questions.sections import (
    Asked,
    by_group,
    confidences,
    languages_of_replies,
    mistaken_intents,
    overview,
    unsupported,
    wrong_turns,
)
from trials.questions.shares import (
    LEAST_WORDS_FOR_LANGUAGE,
    calibration_error,
    languages,
    right_conversations,
    right_turns,
    wrongly_answered,
)


@dataclasses.dataclass(frozen=True)
class Report:
    """All that was found.

    Attributes:
        asked: The systems and their verdicts, the assistant first.
        intents: Of the cross-validation.
        base: What replies may state.
        circumstances: Of the run.
        threshold: The confidence (0-1) below which the assistant asks back.
    """

    asked: Sequence[Asked]
    intents: Intents
    base: KnowledgeBase
    circumstances: Circumstances
    threshold: float


def page(report: Report) -> str:
    """Return the report as Markdown."""
    asked, intents, base = report.asked, report.intents, report.base
    assistant = asked[0].verdicts
    notes = bullets(f"{each.name}: {each.note}" for each in asked)
    return f"""# Evaluation

Questions that do not stand in the training data, asked of the assistant and of
baselines, each case in a conversation of its own, and judged by one grader. Written by
`make evaluate`.

{overview(asked, base)}

## Right turns by group

{by_group(asked)}

## Kinds

Turns of each expected kind, the darker the larger their share of the row.

![Kinds that were expected and given](evaluation-kinds.png)

## Confidence

The confidence is that of the intent; a turn is right when the whole reply is.

![Confidence of right and of wrong turns](evaluation-confidence.png)

{confidences(assistant)}

## When to ask back

{when_to_ask_back(assistant, report.threshold)}

## Outsiders and questions

Outsiders are turns to which `out_of_scope` is the best reply, questions those to \
which `answer` or `not_stated` is the best and `out_of_scope` would be wrong. With \
95 % intervals (Wilson).

{outsiders_and_questions(assistant)}

## Language of the reply

First messages of at least {LEAST_WORDS_FOR_LANGUAGE} words, by the language that they \
are in and the one that the payload names.

{languages_of_replies(languages(assistant))}

## Intents

The training data in {FOLDS} folds, with the trained classifier's features: of \
{len(intents.right)} examples, {intents.accuracy:.1%} have their intent found by a \
classifier that did not learn from them. By topic folder of `data/nlu/`:

![Topic folders of the intents and of those found](evaluation-intents.png)

{mistaken_intents(intents)}

## Stated without support

Figures, times and names in the text of answers and of replies of kind `not_stated`
that stand neither in the knowledge base nor in what the person wrote.

{unsupported(assistant, base)}

## Wrong turns

{wrong_turns(assistant)}

## How it was measured

Run of {report.circumstances}

{notes}
"""


def as_json(report: Report) -> str:
    """Return every verdict and the figures of each system as JSON."""
    systems = {
        each.key: {
            "name": each.name,
            "note": each.note,
            "right": right_turns(each.verdicts).value,
            "right_conversations": right_conversations(each.verdicts).value,
            "answered_wrongly": wrongly_answered(each.verdicts).some,
            "calibration_error": calibration_error(each.verdicts),
            "cost_by_threshold": _costs(each.verdicts),
            "unsupported": [
                {"case": verdict.case, "turn": verdict.number, "stated": stray}
                for verdict, stray in offenders(each.verdicts, report.base)
            ],
            "turns": [dataclasses.asdict(verdict) for verdict in each.verdicts],
        }
        for each in report.asked
    }
    content = {
        "circumstances": dataclasses.asdict(report.circumstances),
        "intent_accuracy": report.intents.accuracy,
        "threshold": report.threshold,
        "systems": systems,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _costs(verdicts: Sequence[Verdict]) -> dict[str, float]:
    turns = choices(verdicts)
    return {f"{each:.2f}": mean_cost(turns, each) for each in THRESHOLDS}
