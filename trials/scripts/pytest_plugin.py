"""Holds scripted conversations as tests of pytest, one test a conversation.

pytest chooses (`-k`, by name, file and metadata), stops (`-x`) and reports
(`--junitxml`). When the whole folder is run, a last test makes sure that every intent,
fact and action is touched by some conversation.
"""

import functools
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.knowledge import load_knowledge
from trials.client import Client
from trials.commands import a_path, say
from trials.scripts.coverage import coverage
from trials.scripts.loading import find_files, read_files
from trials.scripts.promises import Promises
from trials.scripts.results import Result
from trials.scripts.runner import hold
from trials.scripts.script import Conversation
from trials.scripts.telling import report
from trials.scripts.transcript import transcript
from trials.scripts.vocabulary import load_vocabulary
from trials.server import AUTO, server_at

_FOLDER = "conversations"
_ENDINGS = (".yml", ".yaml")
_COVERAGE = "every intent, fact and action is touched by some conversation"
_RESULTS = pytest.StashKey[list[Result]]()

_vocabulary = functools.cache(load_vocabulary)


class ConversationError(AssertionError):
    """A conversation did not pass; the message is the report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting that names the folder, and the options."""
    parser.addini(
        _FOLDER,
        "folder of scripted conversations, seen from the project's",
        default="tests/conversations",
    )
    options = parser.getgroup("scripted conversations")
    options.addoption(
        "--url",
        metavar="ADDRESS",
        help="the server to talk to; auto: the one at PORT, or else one of its own",
    )
    options.addoption(
        "--transcript",
        type=a_path,
        metavar="FILE",
        help="write all that was said as a page",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the results."""
    config.stash[_RESULTS] = []


def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> "ConversationFile | None":
    """Take the YAML files of the folder, and those that are named."""
    named = str(file_path) in map(_file_of, parent.config.args)
    inside = _folder(parent.config) in file_path.parents
    if file_path.suffix in _ENDINGS and (inside or named):
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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the page of all that was said, where that is asked for."""
    file: Path | None = session.config.getoption("transcript")
    if file is None:
        return
    results: list[Result] = session.config.stash[_RESULTS]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(transcript(results), "utf-8")
    except OSError as error:
        session.exitstatus = pytest.ExitCode.USAGE_ERROR
        warnings.warn(f"cannot write {file} ({error.strerror})", stacklevel=1)


@pytest.fixture(scope="session")
def conversation_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the server that the conversations are held with."""
    with server_at(request.config.getoption("url") or AUTO, say) as url:
        yield url


def _file_of(argument: str) -> str:
    return str(a_path(argument.split("::")[0]))


def _folder(config: pytest.Config) -> Path:
    return config.rootpath / str(config.getini(_FOLDER))


def _are_all(items: Sequence[pytest.Item], folder: Path) -> bool:
    if not folder.exists():
        return False
    conversations, faults = read_files(find_files([folder]))
    inside = [item for item in items if folder in item.path.parents]
    return not faults and len(inside) == len(conversations)


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
            item = ConversationItem.from_parent(
                self, name=conversation.name, callobj=self._test_of(conversation)
            )
            item.extra_keyword_matches.update(map(str, conversation.labels))
            yield item

    def _test_of(self, conversation: Conversation):  # type: ignore[no-untyped-def]
        results: list[Result] = self.config.stash[_RESULTS]

        def test(conversation_server: str) -> None:
            result = hold(conversation, _client(conversation_server), _promises())
            results.append(result)
            if not result.passed:
                raise ConversationError(report(result))

        return test


class _Reporting:
    """Shows what was found, without a traceback through the plug-in."""

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: str | None = None
    ) -> str:
        """Return the report."""
        if isinstance(excinfo.value, ConversationError | BotError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))  # type: ignore[misc]


class ConversationItem(_Reporting, pytest.Function):
    """One conversation. It is a test function, so that it can have a fixture."""


class CoverageItem(_Reporting, pytest.Item):
    """The test that the conversations leave nothing untouched."""

    def runtest(self) -> None:
        """Hold what was touched against what there is."""
        results: list[Result] = self.config.stash[_RESULTS]
        parts = coverage(results, _vocabulary())
        missing = [str(part) for part in parts if part.untouched]
        if missing:
            raise ConversationError("\n".join(missing))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where the test belongs."""
        return _folder(self.config), None, self.name


@functools.cache
def _promises() -> Promises:
    return Promises(load_knowledge())


@functools.cache
def _client(url: str) -> Client:
    return Client(url)
