"""A copy of the second content, with what tests say of it."""

import shutil
from pathlib import Path
from typing import Any

from bot.releases import FileEdit, digest_of
from bot.settings import PROJECT_DIR
from bot.staff.proposals.edits import edits_of
from bot.staff.proposals.making import make_proposal
from bot.staff.proposals.records import Proposal, Proposals
from bot.store import ConversationStore

SECOND = PROJECT_DIR / "tests" / "second_content"
EXAMPLE = "Hvor mange kilowattimer er det vi kan regne med?"
TEST = "Hvor mange kilowattimer kan vi vente oss?"
TOPIC = "grant.energy"
INTENT = "ask_power"
FILE = "data/nlu/questions/ask_power.yml"
AUTHOR, OTHER = "local:Eva", "local:Erik"


def copy_of_content(folder: Path) -> Path:
    """Return a content that may be changed."""
    copy = folder / "content"
    shutil.copytree(SECOND, copy)
    return copy


def made(store: ConversationStore, **other: Any) -> int:
    """Make an ordinary proposal, or one that differs in something."""
    ordinary: dict[str, Any] = {
        "author": AUTHOR,
        "sender_id": "web-1",
        "message_id": "message-1",
        "example": EXAMPLE,
        "test_sentence": TEST,
        "language": "nb",
        "topic": TOPIC,
    }
    return make_proposal(store, **{**ordinary, **other})


def found_green(
    store: ConversationStore, number: int, content: Path, model: Path
) -> Proposal:
    """Note that a proposal was tried, and that nothing got worse."""
    proposals = Proposals(store)
    proposal = proposals.get(number)
    edits = edits_of(content, proposal.changes)
    return proposals.save(
        proposal,
        status="green",
        trial={
            "verdict": "green",
            "reasons": [],
            "digest": digest_of(content),
            "edits": [vars(edit) for edit in edits],
            "model": str(model),
            "counts": {},
            "changes": [],
            "new": [],
            "seconds": {"all": 1.0},
        },
    )


def found_red(
    store: ConversationStore, number: int, content: Path, model: Path
) -> Proposal:
    """Note that a proposal was tried, and that a reply that was right became wrong."""
    green = found_green(store, number, content, model)
    change = {
        "where": "held_out/round.jsonl",
        "message": "Hva koster det?",
        "before": "Svaret før",
        "after": "Svaret etter",
        "was_right": True,
        "is_right": False,
        "faults": ["kind clarify instead of answer"],
    }
    counts = {"asked": 1, "right_before": 1, "right_after": 0}
    found = {"verdict": "red", "reasons": ["worse"], "changes": [change]}
    found |= {"counts": {"questions": counts, "conversations": counts}}
    found |= {"changed": 1, "better": 0, "worse": 1}
    trial = {**(green.trial or {}), **found}
    return Proposals(store).save(green, status="red", trial=trial)


def written(content: Path, edit: FileEdit) -> str | None:
    """Return what a file holds by now."""
    file = content / edit.file
    return file.read_text("utf-8") if file.exists() else None
