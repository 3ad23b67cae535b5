"""The fixtures that several folders of tests share."""

from collections.abc import Iterator

import pytest
from rest_client import Client, Server

from bot.training import train
from trials.commands import say
from trials.processes import free_port
from trials.server import server_at

# Runs the scripted conversations in tests/conversations/.
pytest_plugins = ["trials.scripts.pytest_plugin"]

# A site that the shared server lets embed the widget.
OTHER_SITE = f"http://localhost:{free_port()}"


@pytest.fixture(scope="session")
def model() -> None:
    """A trained model of the present data; made at once where there is one already."""
    train(print)


@pytest.fixture(scope="session")
def server(
    model: None,  # noqa: ARG001 - it has to be there before the server starts
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    """The one server that most tests talk to, with a conversation store of its own."""
    folder = tmp_path_factory.mktemp("server")
    running = Server(
        folder,
        store=folder / "conversations.db",
        # The tests ask more often than people do.
        HELSE_RATE_ADDRESS="1000000/minute",
        HELSE_RATE_CONVERSATION="1000000/minute",
        HELSE_RATE_OPENING="1000000/minute",
        HELSE_ORIGINS=OTHER_SITE,
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def other_site() -> str:
    """The origin of a site that the server lets embed the widget."""
    return OTHER_SITE


@pytest.fixture(scope="session")
def client(server: Server) -> Client:
    """Talks to that server."""
    return server.client


@pytest.fixture(scope="session")
def conversation_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the server that the scripted conversations are held with.

    It is the shared one, unless the command line names another.
    """
    url: str | None = request.config.getoption("url")
    if url:
        with server_at(url, say) as address:
            yield address
    else:
        server: Server = request.getfixturevalue("server")
        yield server.url
