"""The assistant's verdicts on claims made from the facts: no yes or no without ground.

Judged by the first word of each reply of the real server.
"""

import collections
import concurrent.futures

import pytest
from mutations import Claim, first_word_verdict, generate_claims
from rest_client import Client

# Silence is no way out: so many of the claims have to get their verdict.
LEAST_YES = 0.95
LEAST_NO = 0.90
AT_ONCE = 4

Judged = list[tuple[Claim, str | None]]


@pytest.fixture(scope="module")
def judged(client: Client) -> Judged:
    """Every claim, each in a conversation of its own, with the verdict that it got."""
    claims = generate_claims()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        replies = pool.map(lambda claim: client.ask(claim.text).text, claims)
        return [
            (claim, first_word_verdict(text))
            for claim, text in zip(claims, replies, strict=True)
        ]


def given(judged: Judged, expected: str, verdict: str) -> list[str]:
    """Return the claims of one kind that got a verdict."""
    return [
        f"{claim.id}: {claim.text}"
        for claim, got in judged
        if claim.expected == expected and got == verdict
    ]


def test_there_are_claims_enough(judged: Judged) -> None:
    kinds = collections.Counter(claim.expected for claim, _ in judged)
    assert len(judged) >= 1000
    assert min(kinds[kind] for kind in ("yes", "no", "none")) >= 300


@pytest.mark.parametrize("expected", ["no", "none"])
def test_no_claim_is_affirmed_that_the_announcement_does_not_bear_out(
    judged: Judged, expected: str
) -> None:
    assert not given(judged, expected, "yes")


@pytest.mark.parametrize("expected", ["yes", "none"])
def test_no_claim_is_denied_that_the_announcement_does_not_contradict(
    judged: Judged, expected: str
) -> None:
    assert not given(judged, expected, "no")


@pytest.mark.parametrize(("expected", "least"), [("yes", LEAST_YES), ("no", LEAST_NO)])
def test_most_claims_that_are_settled_get_their_verdict(
    judged: Judged, expected: str, least: float
) -> None:
    settled = [claim for claim, _ in judged if claim.expected == expected]
    assert len(given(judged, expected, expected)) >= least * len(settled)
