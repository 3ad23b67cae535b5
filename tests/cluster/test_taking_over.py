"""What a hundred people and five of the staff say arrives once, and soon."""

import os
from collections.abc import Callable, Iterator

import pytest
from browser.browsers import launch
from playwright.sync_api import Browser, Playwright

from trials.cases.console import Console
from trials.cases.crowd import Crowd, counter
from trials.cases.outcomes import figures, percentile
from trials.cluster.cluster import Cluster
from trials.cluster.disturbances import kill_a_worker, restart_in_turn

PEOPLE = 100
IN_BROWSERS = 2
MESSAGES_OF_EACH = 4
SECONDS = 1.0


@pytest.fixture
def served() -> Iterator[tuple[Cluster, Console]]:
    """A server of two processes, and the staff console beside it."""
    with counter() as started:
        yield started


def chromium(playwright: Playwright) -> Browser:
    return launch(playwright, "chromium")


def test_nothing_is_lost_doubled_or_crossed_and_all_of_it_comes_within_a_second(
    served: tuple[Cluster, Console], say: Callable[[str], None]
) -> None:
    # What else the machine does makes it slow, and loses nothing.
    is_calm = os.getloadavg()[0] < (os.cpu_count() or 1)
    crowd = Crowd(
        *served,
        chromium,
        people=PEOPLE,
        in_browsers=IN_BROWSERS,
        messages=MESSAGES_OF_EACH,
    )
    outcome = crowd.talk([kill_a_worker, restart_in_turn], say)
    for line in outcome.lines():
        say(line)
    assert outcome.is_clean, outcome
    assert outcome.citizens.acknowledged > PEOPLE * MESSAGES_OF_EACH * 0.9
    pushed = outcome.pushed()
    say(f"shown on the other side, undisturbed: {figures(pushed)}")
    assert percentile(pushed, 50) <= SECONDS
    if is_calm:
        assert percentile(pushed, 95) <= SECONDS
