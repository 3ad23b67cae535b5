"""The parts of the report's page on asking back and on turning away."""

from collections.abc import Sequence

from trials.pages import table
from trials.questions.costs import (
    NEEDLESS,
    OTHER_WRONG,
    OUTSIDE,
    WRONG_ANSWER,
    cheapest,
    choices,
    is_outsider,
    is_question,
    mean_cost,
    share_asked_back,
    share_given,
)
from trials.questions.grading import ASKED_BACK, Verdict
from trials.questions.shares import GROUPS, grouped

_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_DIALECT = "dialect"
_COLUMNS = {
    "Answered": ("answer",),
    "Turned away": (OUTSIDE,),
    "Asked back": (ASKED_BACK,),
    "Turned away or asked back": (OUTSIDE, ASKED_BACK),
}


def when_to_ask_back(verdicts: Sequence[Verdict], threshold: float) -> str:
    """Return what thresholds cost, and how many turns they ask back.

    Args:
        verdicts: Of the assistant.
        threshold: The one in force (0-1).
    """
    turns = choices(verdicts)
    questions = [turn for turn in turns if is_question(turn.verdict)]
    outsiders = [turn for turn in turns if is_outsider(turn.verdict)]
    least = cheapest(turns)
    lines = [
        [
            f"{each:.1f}",
            f"{mean_cost(turns, each):.3f}",
            str(share_asked_back(questions, each)),
            str(share_asked_back(outsiders, each)),
        ]
        for each in _THRESHOLDS
    ]
    headings = [
        "Threshold",
        "Cost a turn",
        "Questions asked back",
        "Outsiders asked back",
    ]
    return f"""The assistant asks back where it is less sure than {threshold:.2f}, the \
threshold of `FallbackClassifier` in `config.yml`. This costs \
{mean_cost(turns, threshold):.3f} a turn. The cheapest threshold, {least:.2f}, costs \
{mean_cost(turns, least):.3f}.

A wrong answer costs {WRONG_ANSWER}. Any other wrong reply, such as a question turned \
away, costs {OTHER_WRONG}. Asking back costs {NEEDLESS} where the likeliest question \
would have been answered right, and nothing elsewhere. For each threshold, all turns \
of less confidence count as asked back, and all others as answered at once. Where the \
assistant did ask back, its first button was pressed to learn the answer. Left out are \
{len(verdicts) - len(turns)} of {len(verdicts)} turns: they name no confidence, or \
asked back without a button or amid a conversation.

![Cost a turn by threshold](evaluation-cost.png)

{table(headings, lines)}"""


def outsiders_and_questions(verdicts: Sequence[Verdict]) -> str:
    """Return what becomes of outsiders and of questions, by written form.

    Dialect is written in either form of Norwegian and told apart.
    """
    questions = [verdict for verdict in verdicts if is_question(verdict)]
    rows = {
        "Outsiders": [verdict for verdict in verdicts if is_outsider(verdict)],
        "Questions": questions,
    }
    for language, asked in grouped(questions, GROUPS["language"]).items():
        rows[f"Questions in `{language or '–'}`"] = asked
    dialect = [verdict for verdict in questions if verdict.style == _DIALECT]
    if dialect:
        rows["Questions in dialect"] = dialect
    lines = [
        [name, *(_share(asked, kinds) for kinds in _COLUMNS.values())]
        for name, asked in rows.items()
    ]
    return table(["Turns", *_COLUMNS], lines)


def _share(verdicts: Sequence[Verdict], kinds: Sequence[str]) -> str:
    share = share_given(verdicts, *kinds)
    low, high = share.interval
    return f"{share}, {low:.1%} to {high:.1%}" if share.all else str(share)
