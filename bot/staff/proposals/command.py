"""Proposals from the command line: `python -m bot.cli propose`.

It is for whoever has the machine. Who acts is named by `--person`: one of the console's
editors, for whom the rule of the two people holds here too.
"""

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from bot.staff.people import Person
    from bot.staff.proposals.records import Proposal
    from bot.store import ConversationStore

Run: TypeAlias = Callable[[argparse.Namespace], int | None]

_SECONDS_BETWEEN_LOOKS = 2.0


def add_propose(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the command."""
    propose = commands.add_parser(
        "propose", help="list, show, make, try, approve and undo proposals"
    )
    does = propose.add_subparsers(required=True, metavar="WHAT")

    def add(name: str, help_: str, run: Run) -> argparse.ArgumentParser:
        command = does.add_parser(name, help=help_)
        command.add_argument("number", type=int)
        command.set_defaults(run=run)
        return command

    does.add_parser("list", help="list all").set_defaults(run=_list)
    add("show", "show what it changes, and what trying it found", _show)
    new = does.add_parser("new", help="make one of a sentence")
    new.add_argument("--topic", help="the topic or gap that answers it")
    new.add_argument("--intent", help="what it asks; else what leads to the topic")
    new.add_argument("--example", required=True, help="the sentence to learn from")
    new.add_argument("--test", required=True, help="the same in other words")
    new.add_argument("--language", choices=LANGUAGES, default="nb")
    new.add_argument("--person", required=True, help="who makes it")
    new.set_defaults(run=_new)
    for name, help_, run in (
        ("try", "try it, and wait for what is found", _try),
        ("stop", "stop trying it", _stop),
        ("approve", "put it in force; somebody else than its author", _approve),
        ("undo", "take the latest release back", _undo),
    ):
        command = add(name, help_, run)
        command.add_argument("--person", required=True, help="who does it")
    reject = add("reject", "turn it down", _reject)
    reject.add_argument("--person", required=True, help="who does it")
    reject.add_argument("--reason", required=True)


def _store() -> "ConversationStore":
    from bot.server import open_store
    from bot.settings import read_settings

    return open_store(read_settings())


def _person(args: argparse.Namespace) -> "Person":
    """Return whoever acts: an editor, by the name or id that they have in the console.

    Raises:
        ConfigError: No editor is called so; another name would make a second person of
            one, who could approve what they made.
    """
    from bot.staff.conversations.colleagues import editor_named
    from bot.staff.settings import read_staff_settings

    return editor_named(_store(), read_staff_settings(), str(args.person))


def _note(store: "ConversationStore", args: argparse.Namespace, action: str) -> None:
    """Keep in the audit log who did it."""
    from bot.staff.audit import ACTIONS, Audit

    noted = next(each for each in ACTIONS if each == action)
    Audit(store.engine).note(_person(args), noted, str(args.number))


def _list(_: argparse.Namespace) -> None:
    from bot.staff.proposals.records import Proposals
    from bot.staff.proposals.trying import Trials

    store = _store()
    Trials(store).collect()
    for each in Proposals(store).all():
        print(f"{each.id:>5}  {each.status:<8}  {each.author}  {each.title}")


def _show(args: argparse.Namespace) -> None:
    from bot.knowledge import load_knowledge
    from bot.settings import content_dir
    from bot.staff.proposals.checking import problems
    from bot.staff.proposals.records import Proposals
    from bot.staff.proposals.trying import Trials

    store = _store()
    Trials(store).collect()
    proposal = Proposals(store).get(args.number)
    print(f"{proposal.id}: {proposal.title} ({proposal.status})")
    print(f"made by {proposal.author}, last changed by {proposal.changed_by}")
    if proposal.status == "draft":
        for problem in problems(content_dir(), load_knowledge(), proposal.changes):
            print(f"- {problem}")
    _print_diff(proposal)
    _print_trial(proposal)


def _print_diff(proposal: "Proposal") -> None:
    from bot.staff.proposals.diffs import as_text, diffs
    from bot.staff.proposals.records import edits_shown
    from bot.staff.proposals.refusals import RefusedError

    try:
        edits = edits_shown(proposal)
    except RefusedError as error:
        print(error)
        return
    for line in as_text(diffs(edits)):
        print(line)


def _print_trial(proposal: "Proposal") -> None:
    trial = proposal.trial or {}
    if "verdict" not in trial:
        return
    print(
        f"{trial['verdict']} {' '.join(trial['reasons'])}, {trial['seconds']['all']} s"
    )
    if "counts" not in trial:
        print(trial.get("said", ""))
        return
    for kind, count in trial["counts"].items():
        told = "{asked} asked, {right_before} right before, {right_after} after"
        print(f"{kind}: {told.format(**count)}")
    for turn in trial["new"]:
        print(f"new, {'right' if turn['right'] else 'wrong'}: {turn['message']}")
    for each in trial["changes"]:
        was, now = (
            "right" if each[of] else "wrong" for of in ("was_right", "is_right")
        )
        print(f"{each['message']} ({each['where']}), {was} before, {now} after")
        print(f"  before: {each['before']}")
        print(f"  after:  {each['after']}")


def _new(args: argparse.Namespace) -> None:
    from bot.staff.proposals.making import make_proposal

    store = _store()
    args.number = make_proposal(
        store,
        author=_person(args).id,
        sender_id=None,
        message_id=None,
        example=args.example,
        test_sentence=args.test,
        language=args.language,
        topic=args.topic,
        intent=args.intent,
    )
    _note(store, args, "made_proposal")
    print(args.number)


def _try(args: argparse.Namespace) -> int:
    from bot.staff.proposals.records import Proposals
    from bot.staff.proposals.trying import Trials

    store = _store()
    trials = Trials(store)
    proposal = trials.begin(args.number, _person(args).id)
    _note(store, args, "tried_proposal")
    shown = ""
    while proposal.status == "trying":
        progress = trials.progress(proposal)
        line = f"{progress.share:4.0%} {progress.step}"
        if line != shown:
            print(line, flush=True)
        shown = line
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        trials.collect()
        proposal = Proposals(store).get(args.number)
    if (proposal.trial or {}).get("broken_off"):
        print("The trial was broken off; try again.")
    _print_trial(proposal)
    return 0 if proposal.status == "green" else 1


def _stop(args: argparse.Namespace) -> None:
    from bot.staff.proposals.trying import Trials

    store = _store()
    Trials(store).stop(args.number, _person(args).id)
    _note(store, args, "changed_proposal")


def _approve(args: argparse.Namespace) -> None:
    from bot.staff.proposals.releasing import approve

    store = _store()
    approve(store, args.number, _person(args).id)
    _note(store, args, "approved_proposal")
    print("Running servers go over to it within some seconds.")


def _undo(args: argparse.Namespace) -> None:
    from bot.staff.proposals.releasing import undo

    store = _store()
    undo(store, args.number, _person(args).id)
    _note(store, args, "undid_release")
    print("Running servers go back within some seconds.")


def _reject(args: argparse.Namespace) -> None:
    from bot.staff.proposals.making import reject

    store = _store()
    reject(store, args.number, _person(args).id, args.reason)
    _note(store, args, "changed_proposal")
