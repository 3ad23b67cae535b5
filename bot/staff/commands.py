"""What the staff do from the command line: `python -m bot.cli`."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from bot.staff.drafts.command import add_draft
from bot.staff.figures.command import add_figures
from bot.staff.proposals.command import add_propose
from bot.staff.review.command import add_review

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

# Each adds a command, whose `run` takes the arguments and returns the exit status.
COMMANDS: tuple[Callable[[Commands], None], ...] = (
    add_draft,
    add_review,
    add_propose,
    add_figures,
)


def add_commands(commands: Commands) -> None:
    """Add the commands of the staff to those of the command line."""
    for add in (_add_sign_in, *COMMANDS):
        add(commands)


def _add_sign_in(commands: Commands) -> None:
    sign_in = commands.add_parser(
        "sign-in", help="print a link by which one of the staff signs in"
    )
    sign_in.add_argument("name", help="who, as HELSE_STAFF names them")
    sign_in.set_defaults(run=_sign_in)


def _sign_in(args: argparse.Namespace) -> None:
    from bot.server import open_store
    from bot.settings import read_settings
    from bot.staff.audit import Audit
    from bot.staff.links import Links, link_to, person_named
    from bot.staff.settings import read_staff_settings
    from bot.store import secret_of

    settings, staff = read_settings(), read_staff_settings()
    person = person_named(staff, args.name)
    audit = Audit(open_store(settings).engine)
    links = Links(secret_of(settings), staff.people, audit)
    print(link_to(staff, links.token_for(person)), flush=True)
