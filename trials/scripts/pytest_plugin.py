"""Runs scripted conversations as tests of pytest, one test a conversation.

The project that uses it defines a session fixture `conversation_server`, which gives
the address of a server. When the whole folder is run, a last test makes sure that every
intent, fact and action is touched by some conversation.
"""

import asyncio
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from trials.scripts.client import Client
from trials.scripts.coverage import coverage
from trials.scripts.loading import find_files, read_files
from trials.scripts.promises import Promises
from trials.scripts.results import Result
from trials.scripts.runner import run_one
from trials.scripts.script import Conversation
from trials.scripts.telling import report
from trials.scripts.vocabulary import load_vocabulary

_FOLDER = "conversations"
_ENDINGS = (".yml", ".yaml")
_COVERAGE = "every intent, fact and action is touched by some conversation"
_RESULTS = pytest.StashKey[list[Result]]()

_vocabulary = functools.cache(load_vocabulary)


class ConversationError(AssertionError):
    """A conversation did not pass; the message is the report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting that names the folder."""
    parser.addini(
        _FOLDER,
        "folder of scripted conversations, seen from the project's",
        default="tests/conversations",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the results."""
    config.stash[_RESULTS] = []


def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> "ConversationFile | None":
    """Take the YAML files of the folder."""
    if file_path.suffix in _ENDINGS and _folder(parent.config) in file_path.parents:
        return ConversationFile.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put the test of the coverage last, when no conversation is left out."""
    collected = [item for item in items if isinstance(item, ConversationItem)]
    if collected and _are_all(collected, _folder(config)):
        items.append(CoverageItem.from_parent(session, name=_COVERAGE))


def _folder(config: pytest.Config) -> Path:
    return config.rootpath / str(config.getini(_FOLDER))


def _are_all(items: Sequence[pytest.Item], folder: Path) -> bool:
    conversations, faults = read_files(find_files([folder]))
    return not faults and len(items) == len(conversations)


class ConversationFile(pytest.File):
    """A file of conversations."""

    def collect(self) -> Iterator["ConversationItem"]:
        """Return a test for each conversation.

        Raises:
            CollectError: The file cannot be used.
        """
        conversations, faults = read_files([self.path])
        for conversation in conversations:
            faults += _vocabulary().faults(conversation)
        if faults:
            raise self.CollectError("\n".join(map(str, faults)))
        for conversation in conversations:
            yield ConversationItem.from_parent(
                self, name=conversation.name, callobj=self._test_of(conversation)
            )

    def _test_of(self, conversation: Conversation):  # type: ignore[no-untyped-def]
        results: list[Result] = self.config.stash[_RESULTS]

        def test(conversation_server: str) -> None:
            result = asyncio.run(_run(conversation, conversation_server))
            results.append(result)
            if not result.passed:
                raise ConversationError(report(result))

        return test


class ConversationItem(pytest.Function):
    """One conversation. It is a test function, so that it can have a fixture."""

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None
    ) -> str:
        """Return the report, without a traceback through the runner."""
        del style
        if isinstance(excinfo.value, ConversationError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))


class CoverageItem(pytest.Item):
    """The test that the conversations leave nothing untouched."""

    def runtest(self) -> None:
        """Hold what was touched against what there is."""
        results: list[Result] = self.config.stash[_RESULTS]
        parts = coverage(results, _vocabulary())
        missing = [str(part) for part in parts if part.untouched]
        if missing:
            raise ConversationError("\n".join(missing))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None
    ) -> str:
        """Return what is untouched."""
        del style
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where the test belongs."""
        return _folder(self.config), None, self.name


@functools.cache
def _promises() -> Promises:
    return Promises(load_knowledge())


async def _run(conversation: Conversation, url: str) -> Result:
    async with Client(url) as client:
        return await run_one(conversation, client, _promises())
