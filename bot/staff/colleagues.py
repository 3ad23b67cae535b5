"""Who of the staff a conversation can be given to, and what they are called."""

import sqlalchemy as sa

from bot.staff.people import SEES_TEXTS
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


def name_of(people: dict[str, str], person: str) -> str:
    """Return what somebody is called; who is no more among the people, by their id."""
    return people.get(person) or person.partition(":")[2] or person


def _seen(store: ConversationStore) -> list[tuple[str, str]]:
    latest = sa.select(sa.func.max(AUDIT.c.id)).group_by(AUDIT.c.person)
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(AUDIT).where(AUDIT.c.id.in_(latest))).all()
    return [
        (row.person, row.name) for row in rows if SEES_TEXTS & set(row.roles.split())
    ]
