"""Asks odd messages of the assistant in this process: `python -m trials.fuzzing`."""

import argparse
import sys

from bot.settings import read_settings
from trials.fuzzing.in_process import InProcess, without_one_reply
from trials.fuzzing.messages import SEED, any_messages


def main() -> int:
    """Ask as many as the command line says; return 1 if one gets no single payload."""
    parser = argparse.ArgumentParser(prog="trials.fuzzing", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many messages")
    parser.add_argument("--seed", type=int, default=SEED, help="which messages")
    arguments = parser.parse_args()
    longest = read_settings().longest_message
    messages = any_messages(arguments.count, longest, arguments.seed)
    failed = without_one_reply(InProcess(), messages)
    for kind, text in failed:
        print(f"{kind}: {text!r}")
    print(f"{arguments.count} messages, {len(failed)} without exactly one payload")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
