"""Prints the figures: `python -m bot.cli figures`."""

import argparse
import json
import sys

# The times that `bot/staff/figures/summary.py` tells of; it takes a while to import.
_DAYS = (1, 7, 30)


def add_figures(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the command to those of the command line."""
    command = commands.add_parser(
        "figures", help="print how much was asked, and how it was answered"
    )
    command.add_argument(
        "--days",
        type=int,
        choices=_DAYS,
        default=7,
        help="of how many days; 1 is the last 24 hours (default: %(default)s)",
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--csv", action="store_true", help="as CSV, for a spreadsheet")
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> None:
    from bot.server import open_store
    from bot.settings import read_settings
    from bot.staff.figures.files import as_json, lines, write_csv
    from bot.staff.figures.summary import figures

    store = open_store(read_settings())
    store.fill_in()
    told = figures(store, args.days)
    if args.csv:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        write_csv(told, sys.stdout)
    elif args.json:
        print(json.dumps(as_json(told), indent=2), flush=True)
    else:
        for line in lines(told):
            print(line, flush=True)
