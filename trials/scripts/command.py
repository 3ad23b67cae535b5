"""The command `conversations`: read, choose, run, tell."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.errors import BotError, RunError
from bot.knowledge import load_knowledge
from trials.scripts.coverage import coverage
from trials.scripts.junit import junit_xml
from trials.scripts.loading import conversations_dir, find_files, read_files
from trials.scripts.promises import Promises
from trials.scripts.results import Run
from trials.scripts.runner import run_all
from trials.scripts.script import Conversation
from trials.scripts.selection import select
from trials.scripts.serving import server
from trials.scripts.telling import Progress, report, summary
from trials.scripts.transcript import transcript
from trials.scripts.vocabulary import Vocabulary, load_vocabulary

PASSED, FAILED, COULD_NOT_RUN = 0, 1, 2


def run_conversations(args: argparse.Namespace) -> int:
    """Run the command `conversations`.

    Returns:
        The exit status: 0 all passed, 1 some failed, 2 they could not be run.
    """
    return guarded(lambda: _run(args))


def guarded(work: Callable[[], int]) -> int:
    """Do the work of a command, and tell in one line why it could not be done.

    Returns:
        What the work returns, or 2 when it could not be done or was stopped.
    """
    # A polite end of this process, too, ends the server that it has started.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return work()
    except BotError as error:
        say(f"{type(error).__name__}: {error}")
    except KeyboardInterrupt:
        say("Stopped before the end.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return COULD_NOT_RUN


def say(line: str) -> None:
    """Tell on standard error what is being done."""
    print(line, file=sys.stderr, flush=True)


def _run(args: argparse.Namespace) -> int:
    vocabulary = load_vocabulary()
    paths = args.paths or [conversations_dir()]
    chosen = select(_read(paths, vocabulary), args.expression)
    with server(args.url, say) as url:
        run = asyncio.run(
            run_all(
                chosen,
                url,
                Promises(load_knowledge()),
                jobs=args.jobs,
                fail_fast=args.fail_fast,
                listener=Progress(sys.stdout, len(chosen)),
            )
        )
    _tell(run, args, vocabulary)
    return FAILED if run.failed else PASSED


def _read(paths: Sequence[Path], vocabulary: Vocabulary) -> list[Conversation]:
    """Return the conversations at some paths; every fault is told.

    Raises:
        ScriptError: A file cannot be used; the fault that is told last.
    """
    conversations, faults = read_files(find_files(paths))
    for conversation in conversations:
        faults += vocabulary.faults(conversation)
    faults.sort(key=lambda fault: (fault.file, fault.line))
    for fault in faults[:-1]:
        say(f"{type(fault).__name__}: {fault}")
    if faults:
        raise faults[-1]
    return conversations


def _tell(run: Run, args: argparse.Namespace, vocabulary: Vocabulary) -> None:
    for result in run.failed:
        print(f"\n{report(result)}")
    if run.failed:
        print()
    if args.coverage:
        for part in coverage(run.results, vocabulary):
            print(part)
    if args.junit:
        _write(args.junit, junit_xml(run))
    if args.html:
        _write(args.html, transcript(run).encode())
    print(summary(run))


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise RunError(f"cannot write {file} ({error.strerror})") from error
