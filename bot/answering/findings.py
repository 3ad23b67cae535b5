"""What becomes of the things that a question claims."""

from __future__ import annotations

import dataclasses
from typing import Literal

Strength = Literal["weak", "plain", "firm"]
Sort = Literal["supports", "contradicts", "unsettles", "unproven", "unexplained"]

# What a finding is of, where it is of no name, value, figure or word.
THE_LIST = "the list"
THE_ORDER = "the order"
ONLY = "only"
ALL = "all"
EVERYTHING = "everything"
A_CONTRAST = "a contrast"
A_COMPARISON = "a comparison"


@dataclasses.dataclass(frozen=True)
class Finding:
    """What became of one thing that is claimed.

    Attributes:
        sort: Whether the facts bear it out. A word is `unproven` that right claims
            hold, but about something else: it stands in the way of a yes alone.
        what: The name, value, figure or word, or one of the constants above.
        fact: The id of the fact that it was held up to, if there is one.
        strength: How a contradiction stands beside words that are not borne out: a
            `weak` one gives a no only where every other word is proven, a `plain` one
            where every other is explained, and a `firm` one whatever the others are.
    """

    sort: Sort
    what: str
    fact: str | None = None
    strength: Strength = "plain"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether a claim holds.

    Attributes:
        holds: True for yes, False for no, None for neither.
        findings: What became of each thing that is claimed.
    """

    holds: bool | None
    findings: tuple[Finding, ...] = ()

    def described(self) -> str:
        """Return it in one line, for maintainers."""
        verdict = {True: "yes", False: "no", None: "no verdict"}[self.holds]
        found = ", ".join(f"{f.what} {f.sort}" for f in self.findings)
        return f"{verdict} ({found})" if found else verdict

    @property
    def leaves_open(self) -> bool:
        """Whether the claim may be of something that the facts say nothing about."""
        sorts = {finding.sort for finding in self.findings}
        doubts = not sorts.isdisjoint(("unsettles", "unexplained"))
        return self.holds is None and doubts and "contradicts" not in sorts

    @property
    def contradicted(self) -> str | None:
        """The fact that contradicts the claim, if one does."""
        against = (f.fact for f in self.findings if f.sort == "contradicts" and f.fact)
        return next(against, None)
