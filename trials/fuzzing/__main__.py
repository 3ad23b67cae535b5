"""Asks odd messages, in this process and over HTTP: `python -m trials.fuzzing`."""

import argparse
import sys
from collections.abc import Iterable, Sequence

from bot.settings import read_settings
from bot.training import trained
from trials.commands import run, say
from trials.fuzzing.bodies import any_requests
from trials.fuzzing.in_process import InProcess, without_one_reply
from trials.fuzzing.messages import SEED, Odd, any_messages
from trials.fuzzing.over_http import sender

_MOST_TOLD = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask as many as the command line says; return 1 if the assistant fails at one."""
    parser = argparse.ArgumentParser(prog="trials.fuzzing", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many messages")
    parser.add_argument("--bodies", type=int, default=200_000, help="how many bodies")
    parser.add_argument("--seed", type=int, default=SEED, help="which of them")
    args = parser.parse_args(arguments)
    failed: list[str] = []
    status = run(lambda: failed.extend(_failures(args)), "Stopped.")
    for line in failed[:_MOST_TOLD]:
        say(line)
    return status or int(bool(failed))


def _failures(args: argparse.Namespace) -> list[str]:
    longest = read_settings().longest_message
    trained(say)

    def messages() -> Iterable[Odd]:
        return any_messages(args.count, longest, args.seed)

    here = [
        f"{kind}: {text!r}" for kind, text in without_one_reply(InProcess(), messages())
    ]
    say(f"{args.count} messages in this process: {len(here)} without one payload")
    with sender(say) as sending:
        there = list(sending.failed_messages(messages()))
        say(f"{args.count} messages on each of two channels: {len(there)} failed")
        bodies = list(sending.failed_requests(any_requests(args.bodies, args.seed)))
        say(f"{args.bodies} bodies: {len(bodies)} that the server failed at")
        logged = [] if sending.is_quiet() else ["the log holds what was sent"]
        say("Nothing of it in the log" if not logged else logged[0])
    return [*here, *there, *bodies, *logged]


if __name__ == "__main__":
    sys.exit(main())
