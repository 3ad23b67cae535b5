"""What a case is: its states, what is said in it, and why something is refused."""

import dataclasses
import datetime
from typing import Literal, Protocol, get_args

import sqlalchemy as sa

WAITING, ANSWERED, MESSAGE, CLOSED = "waiting", "answered", "message", "closed"
"""The states: in the queue, with somebody of the staff, to be answered elsewhere."""
CITIZEN, STAFF, NOTICE = "citizen", "staff", "notice"
"""The authors of lines."""

Reason = Literal["asked", "clarify", "not_stated", "thumbs"]
"""Why somebody wanted a human being."""
REASONS: tuple[Reason, ...] = get_args(Reason)
Code = Literal[
    "opened",
    "taken",
    "transferred",
    "queued",
    "handed_back",
    "closed",
    "became_message",
]
"""What a notice tells."""
Refusal = Literal[
    "nobody_there",
    "being_answered",
    "no_case",
    "taken",
    "gone",
    "closed",
    "not_yours",
]
"""Why something cannot be done: the first three are told to people."""
# Whoever types says so every few seconds.
_SECONDS_OF_TYPING = 6.0


class Somebody(Protocol):
    """One of the staff."""

    @property
    def id(self) -> str:
        """Names them for good."""

    @property
    def name(self) -> str:
        """What they are called."""


class CaseRefusedError(Exception):
    """Something cannot be done with a case as it stands."""

    def __init__(self, code: Refusal, by: str = "") -> None:
        """Say why.

        Args:
            code: Why.
            by: Of a case that somebody has taken, who has.
        """
        super().__init__(code)
        self.code = code
        self.by = by


@dataclasses.dataclass(frozen=True)
class Case:
    """One stretch in which somebody wants a human being, or has one.

    Attributes:
        id: Its number among all.
        sender_id: The conversation.
        number: The number that the person is told.
        state: `waiting`, `answered`, `message` or `closed`.
        reason: Why they wanted a human being.
        language: The language that they speak there.
        topic: The topic that was told last when it was opened.
        opened_at: When it was, in seconds since 1970, as all moments here.
        waiting_since: Since when it has its place in the queue.
        taken_at: When somebody of the staff first took it.
        taken_by: Id of who has it.
        taken_name: What they are called.
        closed_at: When it was closed.
        closed_by: `citizen`, `staff` or `time`.
        reach: How the person wants to be reached; empty where they did not say.
        changed_at: When something was said or changed last.
        last_line: Id of the latest line, or 0.
        citizen_types: Whether the person is writing.
        staff_types: Whether who has it is writing.
        place: Its place in the queue, from 1; None where it does not wait.
    """

    id: int
    sender_id: str
    number: int
    state: str
    reason: str
    language: str
    topic: str | None
    opened_at: float
    waiting_since: float | None
    taken_at: float | None
    taken_by: str | None
    taken_name: str | None
    closed_at: float | None
    closed_by: str | None
    reach: str
    changed_at: float
    last_line: int
    citizen_types: bool
    staff_types: bool
    place: int | None = None


@dataclasses.dataclass(frozen=True)
class Line:
    """One thing that was said in a case, or that became of it.

    Attributes:
        id: Counts lines up; of one conversation in the order of what happened.
        case_id: The case.
        at: When.
        author: `citizen`, `staff` or `notice`.
        text: What was said; empty for a notice.
        code: What a notice tells.
        message: Id of the person's message, or of the call that made it.
        person: Id of who of the staff it was.
        name: What they were called.
    """

    id: int
    case_id: int
    at: float
    author: str
    text: str
    code: str | None
    message: str | None
    person: str | None
    name: str | None


@dataclasses.dataclass(frozen=True)
class Note:
    """What one of the staff noted of a case, for the others."""

    id: int
    case_id: int
    at: float
    person: str
    name: str
    text: str


@dataclasses.dataclass(frozen=True)
class Presence:
    """One of the staff who has the console open."""

    person: str
    name: str
    seen_at: float
    is_away: bool


@dataclasses.dataclass(frozen=True)
class Reach:
    """Whether people can be reached now.

    Attributes:
        state: `open`, `away` (in opening hours, but nobody is present), `closed` (out
            of them) or `off` (there are no cases).
        opens_at: When it opens next, where it is closed and will open.
    """

    state: Literal["open", "away", "closed", "off"]
    opens_at: datetime.datetime | None = None


def case_of(row: sa.engine.Row, now: float, place: int | None = None) -> Case:
    """Return the case that a row holds."""
    columns = dict(row)
    typed = (columns.pop("citizen_typed_at"), columns.pop("staff_typed_at"))
    citizen, staff = ((it or 0) > now - _SECONDS_OF_TYPING for it in typed)
    columns["reach"] = columns["reach"] or ""
    return Case(**columns, citizen_types=citizen, staff_types=staff, place=place)


def line_of(row: sa.engine.Row) -> Line:
    """Return the line that a row holds."""
    columns = dict(row)
    del columns["sender_id"]
    return Line(message=columns.pop("message_id"), **columns)


def note_of(row: sa.engine.Row) -> Note:
    """Return the note that a row holds."""
    columns = dict(row)
    del columns["sender_id"]
    return Note(**columns)
