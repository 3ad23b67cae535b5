"""What can go wrong in a benchmark."""

from pathlib import Path

from bot.errors import BotError

_LAST_LINES = 12


class BenchmarkError(BotError):
    """A step of the benchmark failed or took too long; the message says which."""


def last_lines(log: Path) -> str:
    """Return how a log ends, without progress bars, to show with an error."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    lines = [line.rsplit("\r", 1)[-1] for line in text.split("\n")]
    kept = [line for line in lines if line.strip()][-_LAST_LINES:]
    return "\n".join(kept) or "(it wrote nothing)"
