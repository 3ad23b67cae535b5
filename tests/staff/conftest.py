"""What the tests of the staff's work share: the assistant, loaded once."""

import pytest

from bot.settings import Settings
from bot.staff.assistant import Assistant


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The assistant, with the model of today's data."""
    return Assistant(Settings())
