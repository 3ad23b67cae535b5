"""The command `record`: talk, or take a conversation from the store, and write it."""

import argparse
import asyncio
import sys
import uuid
from collections.abc import Iterator, Sequence

from bot.settings import read_settings
from conversations.client import Client, NoReplyError
from conversations.command import PASSED, guarded, say
from conversations.reply import Reply
from conversations.script import shown
from conversations.serving import server
from conversations.stored import read_stored
from conversations.writing import Said, write_down

_PROMPT = "> "
_HOW = (
    "Write to the assistant. A number presses that button. An empty line ends it, and "
    "the conversation is written to {file}."
)


def run_record(args: argparse.Namespace) -> int:
    """Run the command `record`.

    Returns:
        The exit status: 0 written, 2 it could not be.
    """
    return guarded(lambda: _record(args))


def _record(args: argparse.Namespace) -> int:
    file = shown(args.file)
    if args.from_conversation:
        said = read_stored(read_settings().store, args.from_conversation)
    else:
        with server(args.url, say) as url:
            say(_HOW.format(file=file))
            said = _talk(url)
    added = "Added to" if args.file.exists() else "Wrote"
    name = write_down(args.file, said)
    say(f"{added} {file}: «{name}». Edit it, then: python -m bot.cli conversations")
    return PASSED


def _talk(url: str) -> list[Said]:
    """Talk at the terminal until an empty line or the end of the input."""
    sender = f"recording-{uuid.uuid4().hex}"
    said: list[Said] = []
    buttons: Sequence[str] = ()
    for line in _typed():
        pressed = line.isdecimal() and 1 <= int(line) <= len(buttons)
        message = buttons[int(line) - 1] if pressed else line
        try:
            reply = asyncio.run(_say(url, sender, message))
        except NoReplyError as error:
            say(f"No reply, so this is not written down: {error}")
            continue
        said.append((message, reply))
        buttons = [button["payload"] for button in reply.buttons]
        print(_readable(reply), flush=True)
    return said


async def _say(url: str, sender: str, message: str) -> Reply:
    # A connection of its own: the server closes one that rests while somebody types.
    async with Client(url) as client:
        return await client.say(sender, message)


def _typed() -> Iterator[str]:
    while True:
        print(_PROMPT, end="", flush=True)
        line = sys.stdin.readline().strip()
        if not line:
            print()
            return
        yield line


def _readable(reply: Reply) -> str:
    """Return a reply for the terminal: text, sources and numbered buttons."""
    lines = [reply.text]
    lines += [f"    «{source['quote']}»" for source in reply.sources]
    lines += [f"  {n} {b['title']}" for n, b in enumerate(reply.buttons, 1)]
    return "\n".join(lines)
