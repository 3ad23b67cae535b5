"""Verdicts of the evaluation, made up."""

from typing import Any

from trials.questions.grading import Verdict


def verdict(**changes: Any) -> Verdict:
    """Return a right answer, changed; what is expected is all that is accepted."""
    usual = {
        "case": "made-up-1",
        "number": 1,
        "turns": 1,
        "set": "held_out",
        "file": "nb",
        "language": "nb",
        "style": "plain",
        "asked": "Hvor mange søkte om penger?",
        "expected": "answer",
        "accepted": (changes.get("expected", "answer"),),
        "given": "answer",
        "replied_in": "nb",
        "intent": "ask_applicant_count",
        "confidence": 0.9,
        "faults": (),
        "told": "Det var 43 søkere.",
        "milliseconds": 10.0,
    }
    return Verdict(**{**usual, **changes})
