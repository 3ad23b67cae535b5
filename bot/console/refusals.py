"""Says why a proposal is refused, in the language of the page."""

from bot.console.pages import texts
from bot.staff.refusals import RefusedError


def told(error: RefusedError) -> str:
    """Return why something cannot be done with a proposal."""
    reasons = texts()["proposals"]["refusals"]
    return str(reasons[error.reason].format(**error.values))
