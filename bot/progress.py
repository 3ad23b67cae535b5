"""How far the training has come: told by whoever works, shown by whoever listens."""

from __future__ import annotations

import time
from collections.abc import Callable

# How long each step takes, as a share of the whole, measured on two cores; in the order
# in which Rasa trains the components, which is not that of config.yml.
_SHARES = {
    "data": 0.14,
    "language": 0.15,
    "familiar": 0.05,
    "classifier": 0.53,
    "scope": 0.04,
    "names": 0.09,
}
_CALLED = {
    "data": "reading the examples",
    "names": "learning common words",
    "language": "learning to tell languages apart",
    "classifier": "learning to tell questions apart",
    "scope": "learning which words belong",
    "familiar": "learning which words go together",
}
# A line is shown each time so much more (0-1) is done.
_LEAST = 0.05

Tell = Callable[[float], None]
"""Is told which share (0-1) of a step is done."""


class Progress:
    """Shows the step, the percentage and the time left as lines of text."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Take who is told the lines."""
        self._say = say
        self._began = time.monotonic()
        self._step = ""
        self._shown = 0.0

    def report(self, step: str, share: float) -> None:
        """Show that a share (0-1) of a step is done, if that is news."""
        steps = list(_SHARES)
        before = sum(_SHARES[earlier] for earlier in steps[: steps.index(step)])
        done = before + share * _SHARES[step]
        if step == self._step and done < self._shown + _LEAST:
            return
        self._step, self._shown = step, done
        self._say(f"  {done:4.0%} {_CALLED[step]}{self._left(done)}")

    def _left(self, done: float) -> str:
        if done < _LEAST:
            return ""
        seconds = (time.monotonic() - self._began) * (1 - done) / done
        return f", about {seconds:.0f} s left"


_listener: Progress | None = None


def listen(progress: Progress | None) -> None:
    """Let somebody be told of the training in this process, or nobody."""
    # Rasa makes the components, so nothing can be handed to them.
    global _listener
    _listener = progress


def report(step: str, share: float) -> None:
    """Tell that a share (0-1) of a step is done."""
    if _listener is not None:
        _listener.report(step, share)


def part_of(step: str, start: float, end: float) -> Tell:
    """Return who is told of a part of a step, from one share (0-1) of it to another."""
    return lambda share: report(step, start + share * (end - start))
