"""What the commands of all trials share: how they begin, end and tell of faults."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

from bot.errors import BotError
from bot.quiet import silence_third_parties
from bot.settings import PROJECT_DIR

DONE, FAULT, STOPPED = 0, 1, 130


def run(work: Callable[[], None], stopped: str) -> int:
    """Do the work of a command in the project's folder.

    Args:
        work: What to do.
        stopped: What to tell when it is stopped before its end.

    Returns:
        The exit status: 0 done, 1 a fault that the message explains, 130 stopped.
    """
    # A polite end of this process, too, ends what it has started.
    before = signal.signal(signal.SIGTERM, _end)
    os.chdir(PROJECT_DIR)
    silence_third_parties()
    try:
        work()
    except BotError as error:
        say(f"{type(error).__name__}: {error}")
        return FAULT
    except KeyboardInterrupt:
        say(stopped)
        return STOPPED
    finally:
        signal.signal(signal.SIGTERM, before)
    return DONE


def _end(*_: int | FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def say(line: str) -> None:
    """Tell on standard error what is being done."""
    print(line, file=sys.stderr, flush=True)


def a_path(written: str) -> Path:
    """Return a path as it is meant where the command was typed."""
    return Path(written).absolute()


def whole_number(least: int) -> Callable[[str], int]:
    """Return what reads a whole number of an option, from `least` up."""

    def read(written: str) -> int:
        if not written.isdecimal() or int(written) < least:
            raise argparse.ArgumentTypeError(
                f"'{written}' is not a whole number from {least} up"
            )
        return int(written)

    return read
