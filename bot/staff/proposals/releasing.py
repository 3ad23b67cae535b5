"""Approves proposals and takes them back: two people, and only what is green."""

from pathlib import Path

from bot.aside import clear, folder_of, forget_answers
from bot.releases import FileEdit, ReleaseError, Releases
from bot.staff.proposals.records import Proposal, Proposals
from bot.staff.proposals.refusals import RefusedError
from bot.store import ConversationStore
from bot.training import MODELS_DIR


def approve(
    store: ConversationStore, number: int, person: str, models: Path = MODELS_DIR
) -> Proposal:
    """Put a green proposal in force, which running servers notice by themselves.

    Args:
        store: Keeps it.
        number: The proposal.
        person: The id of who approves it.
        models: Where models and releases are kept.

    Raises:
        RefusedError: It is not green, the person made it or changed it at any time, or
            the content is no longer what it was tried on. Nothing was changed.
    """
    proposals = Proposals(store)
    proposal = proposals.get(number)
    if not person:
        raise RefusedError("nobody")
    trial = proposal.trial
    if proposal.status != "green" or trial is None:
        raise RefusedError("not_green")
    if proposal.is_work_of(person):
        raise RefusedError("own_proposal", person=person)
    releases = Releases(models=models)
    releases.recover()
    if releases.digest() != trial["digest"]:
        raise RefusedError("tried_on_other")
    if not Path(trial["model"]).exists():
        raise RefusedError("model_gone")
    edits = [FileEdit(**edit) for edit in trial["edits"]]
    # Whoever comes first has it; the other is told.
    claimed = proposals.save(proposal, status="live", approver=person)
    try:
        release = releases.put_in_force(edits, Path(trial["model"]), trial["digest"])
    except (ReleaseError, OSError) as error:
        proposals.save(claimed, status="green", approver=None)
        raise _refused(error) from error
    done = {"number": release.number, "previous": release.previous}
    clear(folder_of(number, models))
    return proposals.save(claimed, release={**done, "edits": trial["edits"]})


def undo(
    store: ConversationStore, number: int, person: str, models: Path = MODELS_DIR
) -> Proposal:
    """Take the latest release back: files and model are as they were before it.

    Raises:
        RefusedError: Another release came after it, a file was changed since, or the
            model of then is gone. Nothing was changed.
    """
    proposals = Proposals(store)
    proposal = proposals.get(number)
    if not person:
        raise RefusedError("nobody")
    if proposal.status != "live" or proposal.release is None:
        raise RefusedError("wrong_status", status=proposal.status)
    releases = Releases(models=models)
    releases.recover()
    latest = releases.latest()
    if latest is None or latest.number != proposal.release["number"]:
        raise RefusedError("not_latest")
    previous = proposal.release["previous"]
    if not (releases.models / previous).exists():
        raise RefusedError("no_model", model=previous, folder=releases.models.name)
    edits = [FileEdit(**edit) for edit in proposal.release["edits"]]
    claimed = proposals.save(proposal, status="undone")
    try:
        releases.take_back(edits, previous)
    except (ReleaseError, OSError) as error:
        proposals.save(claimed, status="live")
        raise _refused(error) from error
    forget_answers(models)
    return claimed


def can_undo(proposal: Proposal, models: Path = MODELS_DIR) -> bool:
    """Tell whether a proposal is the release that came last."""
    latest = Releases(models=models).latest()
    return bool(
        proposal.status == "live"
        and proposal.release
        and latest
        and latest.number == proposal.release["number"]
    )


def _refused(error: Exception) -> RefusedError:
    """Return why a release was not made, as the pages can tell it."""
    if isinstance(error, ReleaseError) and error.files:
        return RefusedError("file_changed", files=", ".join(error.files))
    return RefusedError("release_failed", why=str(error))
