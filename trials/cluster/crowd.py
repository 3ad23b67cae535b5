"""Many people who talk at the same time, and what befalls the cluster meanwhile."""

import collections
import dataclasses
import itertools
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from bot.knowledge import load_knowledge
from trials.cluster.accounts import Account, account_of, total
from trials.cluster.cluster import Cluster
from trials.cluster.disturbances import Disturbance, Event
from trials.cluster.talking import Talk

# Between two messages of somebody, at most.
_SECONDS_TO_THINK = 0.8
_MESSAGES_OF_A_TALK = 25
_PAUSE = 0.05


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How it went.

    Attributes:
        account: What went wrong with messages.
        events: How each disturbance went.
        resent: How many messages had to be sent more than once.
        slowest: The most seconds that a message took.
    """

    account: Account
    events: Sequence[Event]
    resent: int
    slowest: float

    def __str__(self) -> str:
        return f"{self.account}; {self.resent} sent again, at most {self.slowest:.1f} s"


class Crowd:
    """People who each hold one conversation after the other."""

    def __init__(self, cluster: Cluster, people: int, messages: int) -> None:
        """Say who takes part.

        Args:
            cluster: What they talk to.
            people: How many they are.
            messages: How many they send, all together.
        """
        self._cluster = cluster
        self._people = people
        self._each = messages // people
        self._talks: list[Talk] = []
        base = load_knowledge()
        asked = (base.wording["nb"].topics[it].ask for it in base.content.starters)
        self._questions = [question for question in asked if question]

    def talk(
        self, disturbances: Sequence[Disturbance], say: Callable[[str], None]
    ) -> Outcome:
        """Have them talk, and each disturbance happen in turn meanwhile.

        Args:
            disturbances: What happens.
            say: Is told how each went.

        Raises:
            TrialError: Somebody lost patience.
        """
        with ThreadPoolExecutor(self._people) as pool:
            people = [pool.submit(self._talk, name) for name in range(self._people)]
            events = []
            for event in self._disturb(disturbances, people):
                events.append(event)
                say(str(event))
            for person in people:
                person.result()
        accounts = [account_of(talk.said, talk.turns()) for talk in self._talks]
        said = [each for talk in self._talks for each in talk.said]
        return Outcome(
            account=total(accounts, self._cluster.times_stored()),
            events=events,
            resent=sum(each.tries > 1 for each in said),
            slowest=max(each.seconds for each in said),
        )

    def _talk(self, name: int) -> None:
        """Be one of them."""
        thinking = random.Random(name)
        questions = itertools.cycle(self._questions)
        for number in range(self._each):
            if number % _MESSAGES_OF_A_TALK == 0:
                talk = Talk(self._cluster.proxy.url, self._cluster.proxy.certificate)
                self._talks.append(talk)
            # No two texts are alike, so that a stray one is known.
            talk.say(f"{next(questions)} ({name}-{number})")
            time.sleep(thinking.uniform(0, _SECONDS_TO_THINK))

    def _disturb(
        self, disturbances: Sequence[Disturbance], people: Sequence[Future[None]]
    ) -> Iterator[Event]:
        """Do each when its share of the messages has been acknowledged."""
        step = self._each * self._people // (len(disturbances) + 1)
        for number, disturbance in enumerate(disturbances, start=1):
            while self._count() < step * number and not _is_over(people):
                time.sleep(_PAUSE)
            first, before, began = self._count(), self._refusals(), time.monotonic()
            disturbance(self._cluster)
            self._cluster.proxy.kept.wait()
            yield Event(
                disturbance.__name__,
                time.monotonic() - began,
                first,
                self._count(),
                self._refusals() - before,
            )

    def _count(self) -> int:
        return sum(len(talk.said) for talk in list(self._talks))

    def _refusals(self) -> collections.Counter[str]:
        counts = (talk.refusals for talk in list(self._talks))
        return sum(counts, collections.Counter())


def _is_over(people: Sequence[Future[None]]) -> bool:
    """Tell whether somebody has ended: all messages are sent, or it went wrong."""
    return bool(wait(people, timeout=0).done)
