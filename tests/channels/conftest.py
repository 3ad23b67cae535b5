"""Fixtures of the channels' tests."""

import pytest
from rest_client import Server
from web_client import WebClient


@pytest.fixture
def web(server: Server) -> WebClient:
    """A new conversation on the web channel."""
    return WebClient(server.url)
