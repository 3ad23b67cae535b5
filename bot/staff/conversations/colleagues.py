"""Who of the staff a conversation can be given to, and what they are called."""

from typing import Any

import sqlalchemy as sa

from bot.errors import ConfigError
from bot.staff.people import SEES_TEXTS, Person, same_person
from bot.staff.settings import StaffSettings
from bot.store import ConversationStore
from bot.store.staff_tables import AUDIT


def colleagues(store: ConversationStore, staff: StaffSettings) -> dict[str, str]:
    """Return the names of those who may see texts, by id, in the order of their names.

    Where a provider signs people in, they are those who have been in the console.
    """
    if staff.provider is None:
        people = {it.id: it.name for it in staff.people if it.roles & SEES_TEXTS}
    else:
        people = dict(_seen(store))
    return dict(sorted(people.items(), key=lambda it: it[1].casefold()))


def editor_named(store: ConversationStore, staff: StaffSettings, name: str) -> Person:
    """Return the editor of a name or id, whatever its case and spaces.

    Raises:
        ConfigError: There is none, or there are several.
    """
    if staff.provider is None:
        people = [it for it in staff.people if "editor" in it.roles]
        source = "HELSE_STAFF"
    else:
        latest = _latest(store)
        people = [
            Person(row.person, row.name, frozenset({"editor"}))
            for row in latest
            if "editor" in row.roles.split()
        ]
        source = "HELSE_OIDC_ISSUER"
    found = [it for it in people if same_person(it.id, name)]
    found = found or [it for it in people if same_person(it.name, name)]
    if len(found) != 1:
        told = ", ".join(f"{it.name} ({it.id})" for it in people) or "nobody yet"
        raise ConfigError(source, f"'{name}' is not one of its editors: {told}")
    return found[0]


def name_of(people: dict[str, str], person: str) -> str:
    """Return what somebody is called; who is no more among the people, by their id."""
    return people.get(person) or person.partition(":")[2] or person


def _seen(store: ConversationStore) -> list[tuple[str, str]]:
    return [
        (row.person, row.name)
        for row in _latest(store)
        if SEES_TEXTS & set(row.roles.split())
    ]


def _latest(store: ConversationStore) -> list[Any]:
    """Return the latest entry in the audit log of everybody who stands there."""
    latest = sa.select(sa.func.max(AUDIT.c.id)).group_by(AUDIT.c.person)
    with store.engine.connect() as connection:
        return list(
            connection.execute(sa.select(AUDIT).where(AUDIT.c.id.in_(latest)))
        )
