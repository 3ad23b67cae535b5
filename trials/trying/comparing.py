"""Holds what was said before a change against what is said after it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal, TypeAlias

from trials.trying.asking import Asked, Turn

Reason: TypeAlias = Literal["validation", "training", "worse", "new_fails"]

# More than anybody reads; the counts tell of all.
_MOST_SHOWN = 200


def judged(before: Asked, after: Asked, new: Collection[str]) -> dict[str, Any]:
    """Return the verdict of a trial, and what it rests on.

    Args:
        before: What the model in force says.
        after: What the new one says.
        new: The names of the conversations that the proposal adds.
    """
    changes = sorted(_changes(before, after), key=_worst_first)
    added = [turn for turn in after["conversations"].values() if _is_new(turn, new)]
    reasons: list[Reason] = []
    if any(change["was_right"] and not change["is_right"] for change in changes):
        reasons.append("worse")
    if not all(turn["right"] for turn in added):
        reasons.append("new_fails")
    return {
        "verdict": "red" if reasons else "green",
        "reasons": reasons,
        "counts": {
            "questions": _counts(before["questions"], after["questions"]),
            "conversations": _counts(before["conversations"], after["conversations"]),
        },
        "changed": len(changes),
        "better": sum(not c["was_right"] and c["is_right"] for c in changes),
        "worse": sum(c["was_right"] and not c["is_right"] for c in changes),
        "changes": changes[:_MOST_SHOWN],
        "new": added,
    }


def _changes(before: Asked, after: Asked) -> Iterator[dict[str, Any]]:
    """Yield each message of both that gets another reply, or another verdict."""
    for was, now in (
        (before["questions"], after["questions"]),
        (before["conversations"], after["conversations"]),
    ):
        # One that is not held to the end any more got worse where it ends.
        for key, old in was.items():
            new = now.get(key)
            if new is None and old["right"]:
                yield _change(old, {**old, "reply": "", "right": False, "faults": []})
            elif new and (old["reply"], old["right"]) != (new["reply"], new["right"]):
                yield _change(old, new)


def _change(old: Turn, new: Turn) -> dict[str, Any]:
    return {
        "where": old["where"],
        "message": old["message"],
        "before": old["reply"],
        "after": new["reply"],
        "was_right": old["right"],
        "is_right": new["right"],
        "faults": new["faults"] if not new["right"] else [],
    }


def _worst_first(change: Mapping[str, Any]) -> int:
    was, is_now = change["was_right"], change["is_right"]
    return 0 if was and not is_now else 1 if is_now and not was else 2


def _is_new(turn: Turn, new: Collection[str]) -> bool:
    return turn["where"].partition(": ")[2] in new


def _counts(before: Mapping[str, Turn], after: Mapping[str, Turn]) -> dict[str, int]:
    return {
        "asked": len(before),
        "right_before": sum(turn["right"] for turn in before.values()),
        "right_after": sum(after[k]["right"] for k in before if k in after),
    }
