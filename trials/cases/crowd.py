"""A crowd of citizens and a few of the staff, and what befalls the server meanwhile."""

import contextlib
import functools
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from trials.cases.book import Book, now
from trials.cases.browsers import Browsers, Launch
from trials.cases.citizens import Citizen
from trials.cases.console import Console, Tab
from trials.cases.outcomes import Outcome, outcome_of, stored_in
from trials.cases.staff import Employee
from trials.cluster.cluster import Cluster, shared_cluster
from trials.cluster.disturbances import Disturbance

NAMES = ("Kari", "Ola", "Berit", "Nils", "Siri")
"""The staff; those in browsers come last."""
# Those without a browser have most of the work.
_MOST, _MOST_IN_BROWSER = 100, 6
_EACH_ASKS = 10
_SECONDS_BETWEEN_ARRIVALS = 0.08
_SECONDS_TO_RECONNECT = 2
_SECONDS_TO_SEE = 15
_PAUSE = 0.05
_SETTINGS = {
    "HELSE_CASES": "on",
    "HELSE_HOURS": "man-søn,helligdag 00:00-24:00",
    "HELSE_RATE_CASES": "100000/hour",
}


@contextlib.contextmanager
def counter() -> Iterator[tuple[Cluster, Console]]:
    """Give a server of two processes, and a console beside it.

    Raises:
        TrialError: Something of it does not start.
    """
    with shared_cluster(count=1, WORKERS="2", **_SETTINGS) as cluster:
        own = {"HELSE_DATABASE": cluster.store, "HELSE_SECRET": secrets.token_hex(16)}
        console = Console(cluster.folder, NAMES, {**own, **_SETTINGS})
        try:
            console.kept.wait()
            yield cluster, console
        finally:
            console.kept.let_go()


class Crowd:
    """Those who talk.

    Attributes:
        book: What was said and seen.
    """

    def __init__(
        self,
        cluster: Cluster,
        console: Console,
        launch: Launch,
        *,
        people: int,
        in_browsers: int,
        messages: int,
    ) -> None:
        """Say who takes part.

        Args:
            cluster: What the citizens talk to.
            console: What the staff work with.
            launch: Starts a browser.
            people: How many citizens there are.
            in_browsers: How many of the citizens, and of the staff, use a browser.
            messages: How many messages each citizen has for a person.
        """
        self.book = Book()
        self._cluster, self._console = cluster, console
        self._people, self._messages = people - in_browsers, messages
        self._total = people * messages
        links = console.links()
        split = len(NAMES) - in_browsers
        self._staff = [self._employee(name, links[name]) for name in NAMES[:split]]
        self._browsers = Browsers(
            launch,
            self.book,
            url=cluster.proxy.url,
            people=range(self._people, people),
            messages=messages,
            links=[(name, links[name]) for name in NAMES[split:]],
            most=_MOST_IN_BROWSER,
        )
        self._citizens: list[Citizen] = []
        self._over, self._begun = threading.Event(), threading.Event()

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
        with ThreadPoolExecutor(self._people + len(NAMES) + 1) as pool:
            try:
                working = [pool.submit(it.work, self._over) for it in self._staff]
                working.append(pool.submit(self._browsers.run, self._begun, self._over))
                _until(self._browsers.are_there.is_set, working)
                self._begun.set()
                talking = []
                for person in range(self._people):
                    talking.append(pool.submit(self._be, person))
                    time.sleep(_SECONDS_BETWEEN_ARRIVALS)
                everybody = [*working, *talking]
                disturbed = list(self._disturb(disturbances, everybody, say))
                _until(lambda: all(it.done() for it in talking), everybody)
                _until(lambda: self._browsers.are_done, working)
                self._wait_until_seen(working)
            finally:
                self._over.set()
        for it in everybody:
            it.result()
        return self._outcome(disturbed)

    def _employee(self, name: str, link: str) -> Employee:
        return Employee(Tab(self._console.url, link), name, self.book, _MOST)

    def _be(self, person: int) -> None:
        """Be one of the citizens."""
        proxy = self._cluster.proxy
        citizen = Citizen(
            proxy.url,
            proxy.certificate,
            self.book,
            person,
            messages=self._messages,
            asks=person % _EACH_ASKS == 0,
        )
        self._citizens.append(citizen)
        citizen.talk(self._over)

    def _disturb(
        self,
        disturbances: Sequence[Disturbance],
        everybody: Sequence[Future[None]],
        say: Callable[[str], None],
    ) -> Iterator[tuple[float, float]]:
        """Do each when its share was said; yield from when until when it was felt."""
        for number, disturbance in enumerate(disturbances, 1):
            share = self._total * number // (len(disturbances) + 1)
            _until(functools.partial(self._has_said, share), everybody)
            began = now()
            disturbance(self._cluster)
            self._cluster.proxy.kept.wait()
            say(f"{disturbance.__name__} after message {share}: {now() - began:.1f} s")
            yield began, now() + _SECONDS_TO_RECONNECT

    def _wait_until_seen(self, working: Sequence[Future[None]]) -> None:
        """Wait until all that was said was seen, but not for ever."""
        deadline = time.monotonic() + _SECONDS_TO_SEE
        while self._unseen() and time.monotonic() < deadline:
            _until(lambda: True, working)
            time.sleep(_PAUSE)

    def _has_said(self, least: int) -> bool:
        return self.book.count >= least

    def _unseen(self) -> set[str]:
        shown = {it.text for it in list(self.book.seen)}
        return {it.text for it in list(self.book.said) if it.relayed} - shown

    def _outcome(self, disturbed: Sequence[tuple[float, float]]) -> Outcome:
        stored = stored_in(self._cluster.store)
        unseen = self._unseen()
        # What came while a case was closed is seen by whoever opens it again.
        left = {it.where for it in self.book.said if it.text in unseen}
        cases = [it for it, sender in stored.conversations.items() if sender in left]
        self._staff[0].look_into(cases)
        return outcome_of(
            self.book,
            stored,
            afterwards=len(unseen - self._unseen()),
            disturbed=disturbed,
            faults=[
                *(fault for it in self._citizens for fault in it.faults),
                *self._browsers.faults,
            ],
        )


def _until(is_so: Callable[[], bool], people: Sequence[Future[None]]) -> None:
    """Wait until something is so.

    Raises:
        TrialError: Somebody of those who take part has given up.
    """
    while True:
        for it in wait(people, timeout=0, return_when=FIRST_EXCEPTION).done:
            it.result()
        if is_so():
            return
        time.sleep(_PAUSE)
