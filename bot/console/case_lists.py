"""The lists of the page Kø: who waits, whom one answers, and what is done."""

import dataclasses
import time
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from bot.cases import Case, Cases
from bot.cases.noting import LONGEST_LINE
from bot.console.access import person
from bot.console.cookies import keys_are_on
from bot.console.formats import moment
from bot.console.opening_hours import reach_told
from bot.console.pages import language, texts
from bot.knowledge import KnowledgeBase, load_knowledge
from bot.staff.titles import topic_title

KEYS_OFF = "case_keys"
"""The cookie that says that keys of this page do nothing."""
_MINUTE, _HOUR = 60, 60 * 60


@dataclasses.dataclass(frozen=True)
class Row:
    """A case in a list.

    Attributes:
        case: The case.
        topic: What the person was told of last, in words; empty where nothing.
        waited: How long they have waited, in words; empty where they do not.
        needs_reply: Whether the person has the last word.
    """

    case: Case
    topic: str
    waited: str
    needs_reply: bool


@dataclasses.dataclass(frozen=True)
class CaseList:
    """Cases that belong together.

    Attributes:
        name: The key of its words.
        rows: The cases, in order.
    """

    name: str
    rows: tuple[Row, ...]

    @property
    def version(self) -> str:
        """Changes with what is shown."""
        return "|".join(
            f"{it.case.id} {it.case.state} {it.case.taken_by} {it.waited} "
            f"{it.needs_reply} {it.case.citizen_types}"
            for it in self.rows
        )


@dataclasses.dataclass(frozen=True)
class Lists:
    """All lists of one of the staff; those of open cases, in the order of the page."""

    waiting: CaseList
    mine: CaseList
    messages: CaseList
    others: CaseList

    @property
    def all(self) -> tuple[CaseList, ...]:
        """The lists."""
        return self.waiting, self.mine, self.messages, self.others

    @property
    def calls(self) -> int:
        """How many cases wait for an answer: in the queue, and one's own."""
        mine = sum(row.needs_reply for row in self.mine.rows)
        return len(self.waiting.rows) + mine


def lists_of(cases: Cases, person: str) -> Lists:
    """Return the open cases as one of the staff sees them."""
    answered, messages = cases.answered(), cases.messages()
    mine = [it for it in (*answered, *messages) if it.taken_by == person]
    unanswered, base = cases.unanswered(mine), load_knowledge()
    return Lists(
        waiting=CaseList("waiting", _rows(base, cases.waiting())),
        mine=CaseList("mine", _rows(base, mine, unanswered)),
        messages=CaseList("messages", _rows(base, _not_of(person, messages))),
        others=CaseList("others", _rows(base, _not_of(person, answered))),
    )


def frame(cases: Cases) -> dict[str, Any]:
    """Return what stands on every page of the queue: the lists, and who is there.

    Whoever opens one is there.
    """
    somebody = person()
    cases.ping(somebody)
    lists, present = lists_of(cases, somebody.id), cases.present()
    reach = cases.reach()
    there = [f"{it.person} {it.is_away}" for it in present]
    return {
        "lists": lists,
        "present": present,
        "is_away": cases.is_away(somebody.id),
        "reach": reach_told(reach),
        "presence": "|".join([reach.state, *there]),
        "keys": keys_are_on(KEYS_OFF),
        "longest": LONGEST_LINE,
        "moment": moment,
        "new_id": lambda: uuid4().hex,
    }


def done_cases(cases: Cases) -> CaseList:
    """Return the cases that were closed last."""
    return CaseList("done", _rows(load_knowledge(), cases.done()))


def waited(seconds: float) -> str:
    """Return a time in words, in whole minutes."""
    t = texts()["cases"]["time"]
    hours, rest = divmod(int(seconds), _HOUR)
    minutes = rest // _MINUTE
    if hours:
        return str(t["hours"].format(hours=hours, minutes=minutes))
    return str(t["minutes"].format(minutes=minutes) if minutes else t["moment"])


def _not_of(person: str, cases: Iterable[Case]) -> list[Case]:
    return [it for it in cases if it.taken_by != person]


def _rows(
    base: KnowledgeBase,
    cases: Iterable[Case],
    unanswered: frozenset[int] = frozenset(),
) -> tuple[Row, ...]:
    now, spoken = time.time(), language()
    return tuple(
        Row(
            case=it,
            topic=topic_title(base, spoken, it.topic) if it.topic else "",
            waited=waited(now - _since(it)) if _waits(it) else "",
            needs_reply=it.last_line in unanswered,
        )
        for it in cases
    )


def _waits(case: Case) -> bool:
    return case.state in ("waiting", "message")


def _since(case: Case) -> float:
    return case.waiting_since or case.opened_at
