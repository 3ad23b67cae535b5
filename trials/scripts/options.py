"""The options of the commands `conversations` and `record`."""

import argparse
from pathlib import Path
from typing import Any

Commands = Any
"""What `add_subparsers` returns; argparse has no public name for it."""


def add_commands(commands: Commands) -> None:
    """Add both commands to the command line."""
    _add_conversations(commands.add_parser("conversations", help="test conversations"))
    _add_record(commands.add_parser("record", help="write a conversation down"))


def _add_conversations(parser: argparse.ArgumentParser) -> None:
    parser.description = "Runs scripted conversations and judges every reply."
    parser.add_argument(
        "paths",
        nargs="*",
        type=_path,
        metavar="PATH",
        help="files or folders (tests/conversations)",
    )
    parser.add_argument(
        "--url",
        type=_url,
        help="the server (default: the one on this machine at PORT, or else one that "
        "is started for the run)",
    )
    parser.add_argument("--junit", type=_path, metavar="FILE", help="write JUnit XML")
    parser.add_argument(
        "--html", type=_path, metavar="FILE", help="write all that was said as a page"
    )
    parser.add_argument(
        "-k", dest="expression", default="", metavar="EXPR", help="which to run"
    )
    parser.add_argument(
        "--jobs", type=_jobs, default=4, metavar="N", help="how many at once (4)"
    )
    parser.add_argument(
        "--fail-fast", action="store_true", help="stop at the first that fails"
    )
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="tell which intents, facts and actions no conversation touches",
    )
    parser.set_defaults(run=_run_conversations)


def _add_record(parser: argparse.ArgumentParser) -> None:
    parser.description = "Writes a conversation down as a test, to be edited."
    parser.add_argument(
        "file",
        nargs="?",
        type=_path,
        metavar="FILE",
        help="where to write (tests/conversations/recorded.yml); a file that is there "
        "gets one conversation more",
    )
    parser.add_argument("--url", type=_url, help="the server, as for conversations")
    parser.add_argument(
        "--from-conversation",
        metavar="ID",
        help="take a conversation from the store in place of talking",
    )
    parser.set_defaults(run=_run_record)


# The commands are imported when they are run: they take longer than all options.
def _run_conversations(args: argparse.Namespace) -> int:
    from trials.scripts.command import run_conversations

    return run_conversations(args)


def _run_record(args: argparse.Namespace) -> int:
    from trials.scripts.record_command import run_record

    return run_record(args)


def _path(written: str) -> Path:
    """Return a path as it is meant where the command was typed."""
    return Path(written).absolute()


def _url(written: str) -> str:
    """Return an address with http:// before it where that was left out."""
    return written if "://" in written or not written else f"http://{written}"


def _jobs(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"'{written}' is not 1 or more")
    return int(written)
