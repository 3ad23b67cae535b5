"""Has made-up people talk with the assistant: `python -m trials.demo`."""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.settings import read_settings
from trials.commands import run, say, whole_number
from trials.errors import TrialError

_COUNT = 400
_SEED = 20190125


def main(arguments: Sequence[str] | None = None) -> int:
    """Write made-up conversations into the store of the settings, or remove them."""
    parser = argparse.ArgumentParser(
        prog="python -m trials.demo",
        description="Writes made-up conversations of the last 30 days into the store, "
        "marked as such, for the staff console to show.",
    )
    parser.add_argument(
        "--count",
        type=whole_number(1),
        default=_COUNT,
        help="how many conversations; what is more than %(default)s is said again",
    )
    parser.add_argument(
        "--beside-real",
        action="store_true",
        help="write them into a store that holds people's conversations",
    )
    parser.add_argument(
        "--remove", action="store_true", help="delete all made-up conversations"
    )
    args = parser.parse_args(arguments)
    return run(lambda: _remove() if args.remove else _make(args), "Stopped.")


def _remove() -> None:
    from bot.server import open_store
    from trials.demo.writing import remove

    count = remove(open_store(read_settings()))
    say(f"{count} made-up conversations are gone.")


def _make(args: argparse.Namespace) -> None:
    from bot.server import open_store
    from bot.store import ConversationStore
    from bot.training import trained
    from trials.demo.recordings import read_recordings
    from trials.demo.talking import Talker
    from trials.demo.writing import holds_real, write

    settings = read_settings()
    store = open_store(settings)
    store.fill_in()
    if holds_real(store) and not args.beside_real:
        raise TrialError(
            "the store holds people's conversations, whose figures would be mixed with "
            "made-up ones: name another in HELSE_STORE, or say --beside-real"
        )
    rng = random.Random(_SEED)
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        aside = ConversationStore.in_file(Path(folder) / "conversations.db")
        model = trained(say)
        said = min(args.count, _COUNT)
        say(f"Asking the assistant in {said} conversations ...")
        Talker(model, aside, rng).hold(said)
        say(f"Writing {args.count} conversations ...")
        write(store, read_recordings(aside), args.count, rng)
    say("Done. They are marked as made up; ARGS=--remove takes them out again.")


if __name__ == "__main__":
    sys.exit(main())
