"""Talks, or takes a conversation from the store, and writes it as a test.

Run as `python -m trials.scripts.record`, called by `make record`.
"""

import argparse
import contextlib
import shlex
import shutil
import sys
import textwrap
import uuid
from collections.abc import Iterator, Sequence

from bot.settings import read_settings
from trials.client import Client, NoReplyError
from trials.commands import a_path, run, say
from trials.reply import Reply
from trials.scripts.loading import conversations_dir
from trials.scripts.script import shown
from trials.scripts.stored import read_stored
from trials.scripts.writing import Said, write_down
from trials.server import AUTO, server_at

with contextlib.suppress(ImportError):  # Windows has none
    # Gives `input` arrow keys and the lines typed before.
    import readline  # noqa: F401

_PROMPT = "> "
_HOW = (
    "Write to the assistant. A number presses that button. An empty line ends it, and "
    "the conversation is written to {file}."
)
_MOST_DIGITS_OF_A_BUTTON = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Talk and write it down.

    Returns:
        The exit status: 0 written, 1 a fault that the message explains.
    """
    parser = argparse.ArgumentParser(
        prog="python -m trials.scripts.record",
        description="Writes a conversation down as a test, to be edited.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=a_path,
        metavar="FILE",
        help="where to write (tests/conversations/recorded.yml); a file that is there "
        "gets one conversation more",
    )
    parser.add_argument("--url", metavar="ADDRESS", help="the server to talk to")
    parser.add_argument(
        "--from-conversation",
        metavar="ID",
        help="take a conversation from the store in place of talking",
    )
    args = parser.parse_args(arguments)
    return run(lambda: _record(args), "Stopped: nothing was written.")


def _record(args: argparse.Namespace) -> None:
    path = args.file or conversations_dir() / "recorded.yml"
    file = shown(path)
    if args.from_conversation:
        said = read_stored(read_settings(), args.from_conversation)
    else:
        with server_at(args.url or AUTO, say) as url:
            say(_wrapped(_HOW.format(file=file)))
            said = _talk(url)
    added = "Added to" if path.exists() else "Wrote"
    name = write_down(path, said)
    address = ["--url", args.url] if args.url else []
    undecided = sum(it.is_wrong for it in said)
    if undecided:
        say(
            f"Of {undecided} replies that got a thumb down nothing is asserted: decide "
            "what is right where the file says so."
        )
    say(f"{added} {file}: «{name}». Edit it, then run it:")
    say(
        "    "
        + shlex.join(["make", "conversations", f"ARGS={shlex.join([file, *address])}"])
    )


def _talk(url: str) -> list[Said]:
    """Talk at the terminal until an empty line, the end of the input or Ctrl-C."""
    said: list[Said] = []
    try:
        for turn in _turns(url):
            said.append(turn)
            print(_readable(turn.reply), flush=True)
    except KeyboardInterrupt:
        say("\nStopped. What was said so far is kept.")
    return said


def _turns(url: str) -> Iterator[Said]:
    sender = f"recording-{uuid.uuid4().hex}"
    buttons: list[str] = []
    for line in _typed():
        message = _meant(line, buttons)
        if message is None:
            say(f"There is no button {line}; there are 1 to {len(buttons)}.")
            continue
        try:
            # A connection of its own: the server closes one that rests.
            reply = Reply(**Client(url).trace(sender, message))
        except NoReplyError as error:
            say(f"No reply, so this is not written down: {error}")
            continue
        buttons = [button["payload"] for button in reply.buttons]
        yield Said(message, reply)


def _meant(line: str, buttons: list[str]) -> str | None:
    """Return the message that a line stands for; None for a button that is not there.

    A number is a message of its own where there are no buttons, or it has more digits
    than a button's.
    """
    presses = line.isdecimal() and len(line) <= _MOST_DIGITS_OF_A_BUTTON
    if not buttons or not presses:
        return line
    return buttons[int(line) - 1] if 1 <= int(line) <= len(buttons) else None


def _typed() -> Iterator[str]:
    while True:
        try:
            line = input(_PROMPT).strip()
        except EOFError:
            line = ""
        if not line:
            print()
            return
        yield line


def _readable(reply: Reply) -> str:
    """Return a reply for the terminal: text, sources and numbered buttons."""
    lines = [_wrapped(line) for line in reply.text.splitlines()]
    lines += [_wrapped(f"«{source['quote']}»", "    ") for source in reply.sources]
    lines += [
        _wrapped(f"{number} {button['title']}", "  ")
        for number, button in enumerate(reply.buttons, 1)
    ]
    return "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> str:
    """Return a text in lines that the terminal has room for, broken between words."""
    return textwrap.fill(
        text,
        shutil.get_terminal_size().columns,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


if __name__ == "__main__":
    sys.exit(main())
