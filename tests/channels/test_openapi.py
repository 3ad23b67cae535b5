"""The server does what docs/openapi.yml says, and nothing that it does not say."""

import pytest
import schemathesis
from hypothesis import settings
from rest_client import Server
from web_client import WebClient

from bot.settings import PROJECT_DIR

SCHEMA = schemathesis.openapi.from_path(PROJECT_DIR / "docs" / "openapi.yml")


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    """The token of one conversation, in which everything is tried."""
    return WebClient(server.url).token


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None)
def test_whatever_is_sent_the_answer_is_as_described(
    case: schemathesis.Case, server: Server, token: str
) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    case.call_and_validate(base_url=server.url, headers=headers)
