"""Who of the staff saw or changed what: noted as it happens, and never with a text."""

import dataclasses
import datetime
import time
from collections.abc import Iterator
from typing import Literal, get_args

import sqlalchemy as sa

from bot.staff.people import Person
from bot.store.staff_tables import AUDIT

Action = Literal[
    "signed_in",
    "signed_out",
    "refused",
    "opened_conversation",
    "deleted_conversation",
    "marked_conversation",
    "made_test",
    "made_draft",
    "opened_case",
    "took_case",
    "transferred_case",
    "put_back_case",
    "closed_case",
    "noted_case",
    "made_proposal",
    "changed_proposal",
    "tried_proposal",
    "approved_proposal",
    "undid_release",
    "ignored_entry",
    "exported_figures",
    "exported_audit",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
_LONGEST_SUBJECT = 255


@dataclasses.dataclass(frozen=True)
class Entry:
    """One thing that somebody did.

    Attributes:
        id: Counts the entries up.
        at: When, in seconds since 1970.
        person: The person's id.
        name: What they were called then.
        roles: The roles they had then.
        action: What they did.
        subject: The id of what they did it to; empty where there is none.
    """

    id: int
    at: float
    person: str
    name: str
    roles: tuple[str, ...]
    action: str
    subject: str

    @property
    def moment(self) -> datetime.datetime:
        """When, in the time of this machine."""
        return datetime.datetime.fromtimestamp(self.at).astimezone()


@dataclasses.dataclass(frozen=True)
class Filter:
    """Which entries are looked for; what is empty does not matter.

    Attributes:
        person: The id of a person.
        action: An action.
        since: Only from that moment on, in seconds since 1970.
        until: Only before that moment.
    """

    person: str = ""
    action: str = ""
    since: float | None = None
    until: float | None = None


class Audit:
    """The audit log of a store."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        """Take the connections to the store's database."""
        self._engine = engine

    def note(self, person: Person, action: Action, subject: str = "") -> None:
        """Keep that somebody did something.

        Args:
            person: Who.
            action: What.
            subject: The id of what they did it to, or the page; never a text.
        """
        row = {
            "at": time.time(),
            "person": person.id,
            "name": person.name,
            "roles": " ".join(sorted(person.roles)),
            "action": action,
            "subject": subject[:_LONGEST_SUBJECT],
        }
        with self._engine.begin() as connection:
            connection.execute(AUDIT.insert(), row)

    def holds(self, action: Action, subject: str) -> bool:
        """Return whether an action was done to something."""
        there = sa.select(AUDIT.c.id).where(
            AUDIT.c.action == action, AUDIT.c.subject == subject
        )
        with self._engine.connect() as connection:
            return connection.execute(there.limit(1)).first() is not None

    def entries(
        self, wanted: Filter, most: int, before: int | None = None
    ) -> tuple[tuple[Entry, ...], bool]:
        """Return the latest entries, the latest first, and whether there are earlier.

        Args:
            wanted: Which.
            most: How many at most.
            before: Only those before the entry with this id.
        """
        query = _query(wanted).limit(most + 1)
        if before is not None:
            query = query.where(AUDIT.c.id < before)
        with self._engine.connect() as connection:
            found = [_entry(row) for row in connection.execute(query)]
        return tuple(found[:most]), len(found) > most

    def all_entries(self, wanted: Filter) -> Iterator[Entry]:
        """Yield all entries that are looked for, the latest first."""
        with self._engine.connect() as connection:
            for row in connection.execute(_query(wanted)):
                yield _entry(row)

    def people(self) -> tuple[tuple[str, str], ...]:
        """Return the id and the latest name of everybody who stands in the log."""
        latest = sa.select(sa.func.max(AUDIT.c.id)).group_by(AUDIT.c.person)
        query = sa.select(AUDIT.c.person, AUDIT.c.name).where(AUDIT.c.id.in_(latest))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(AUDIT.c.name, AUDIT.c.person))
            return tuple((row.person, row.name) for row in rows)


def _query(wanted: Filter) -> sa.sql.Select:
    query = sa.select(AUDIT).order_by(AUDIT.c.id.desc())
    if wanted.person:
        query = query.where(AUDIT.c.person == wanted.person)
    if wanted.action:
        query = query.where(AUDIT.c.action == wanted.action)
    if wanted.since is not None:
        query = query.where(AUDIT.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AUDIT.c.at < wanted.until)
    return query


def _entry(row: sa.engine.Row) -> Entry:
    return Entry(
        row.id,
        row.at,
        row.person,
        row.name,
        tuple(row.roles.split()),
        row.action,
        row.subject,
    )
