"""Two servers answer about twice as much as one, and no message costs more."""

import itertools
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from trials.cluster.cluster import Cluster
from trials.cluster.talking import Talk
from trials.measurements.resources import processor_seconds

# As many for each server, so that each has as much to do as one alone has.
PEOPLE = 6
MESSAGES_OF_EACH = 20
# With fewer, those who ask take the cores that the second server would need.
CORES = 4
LEAST_SPEED_UP = 1.8
MOST_COST = 1.1
# The best of them counts: whatever else the machine does makes a round worse.
ROUNDS = 5


def ask(urls: Sequence[str]) -> None:
    """Hold a conversation with some servers, in turn."""
    talk = Talk(urls[0])
    for number, url in zip(
        range(MESSAGES_OF_EACH), itertools.cycle(urls), strict=False
    ):
        talk.url = url
        talk.say(f"Hva er en næringshage? ({number})")


def measure(cluster: Cluster, urls: Sequence[str]) -> tuple[float, float]:
    """Return messages a second, and processor seconds a message."""
    processes = [server.process for server in cluster.servers.values()]
    used = sum(map(processor_seconds, processes))
    began = time.monotonic()
    people = PEOPLE * len(urls)
    with ThreadPoolExecutor(people) as pool:
        begins = [place % len(urls) for place in range(people)]
        list(pool.map(ask, [[*urls[first:], *urls[:first]] for first in begins]))
    count = people * MESSAGES_OF_EACH
    seconds = time.monotonic() - began
    return count / seconds, (sum(map(processor_seconds, processes)) - used) / count


def test_two_servers_answer_more_than_one_at_the_same_cost(
    shared: Cluster, say: Callable[[str], None]
) -> None:
    measure(shared, shared.urls)  # What comes first takes longer.
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(measure(shared, shared.urls[:1]))
        two.append(measure(shared, shared.urls))
    speed_up = max(speed for speed, _ in two) / max(speed for speed, _ in one)
    cost = min(cost for _, cost in two) / min(cost for _, cost in one)
    say(f"two servers answer {speed_up:.2f} times as many messages a second as one")
    say(f"and a message takes {cost:.2f} times the processor time")
    if (os.cpu_count() or 1) >= CORES:
        assert speed_up >= LEAST_SPEED_UP
    assert cost <= MOST_COST
