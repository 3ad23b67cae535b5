"""The assistant in this process, with its model loaded once."""

from collections.abc import Iterator

import pytest

from trials.fuzzing.in_process import InProcess


@pytest.fixture(scope="package")
def assistant(model: None) -> Iterator[InProcess]:  # noqa: ARG001 - trained before
    loaded = InProcess()
    yield loaded
    loaded.close()
