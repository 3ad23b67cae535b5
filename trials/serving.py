"""Serves a pipeline that has been trained, until it has been asked enough."""

import contextlib
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from trials.client import Client
from trials.errors import TrialError
from trials.pipelines import Pipeline
from trials.processes import LOOPBACK, Process, free_port, last_lines, running, wait

# What a server is asked to find out whether it answers.
_FIRST = "Hei!"


def stopped(pipeline: Pipeline, error: TrialError, log: Path) -> TrialError:
    """Return the error of a server that no longer answers, with what it wrote."""
    return TrialError(
        f"{pipeline.name} stopped answering ({error}); its server wrote\n"
        f"{last_lines(log)}"
    )


@contextlib.contextmanager
def served(pipeline: Pipeline, log: Path) -> Iterator[tuple[list[Process], str, float]]:
    """Serve a pipeline; yield its processes, its address and the seconds to an answer.

    Raises:
        TrialError: It does not start.
    """
    port, actions_port = free_port(), free_port()
    url = f"http://{LOOPBACK}:{port}"

    def is_up() -> bool:
        with contextlib.suppress(TrialError):
            return Client(url).is_answered(uuid.uuid4().hex, _FIRST)
        return False

    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(running(command, pipeline.folder, log))
            for command in pipeline.serving(port, actions_port)
        ]
        wait(processes, is_up, log, "a server")
        yield processes, url, time.monotonic() - began
