"""The staff: who they are, and which pages their roles open."""

import dataclasses
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["handler", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Who answers people, who corrects the assistant, and who watches over the console."""
SEES_TEXTS: frozenset[Role] = frozenset({"handler", "editor"})
"""The roles that see what people wrote; nobody has one of them and `admin` too."""

_PERSON = re.compile(r"\s*(?P<name>[^:]*[^:\s])\s*:(?P<roles>\S+)(?=\s|$)")


@dataclasses.dataclass(frozen=True)
class Person:
    """One of the staff.

    Attributes:
        id: Names them for good; `local:` and the name, or `oidc:` and the provider's
            identifier of the person.
        name: What they are called.
        roles: Their roles.
    """

    id: str
    name: str
    roles: frozenset[Role]


def same_person(one: str, other: str) -> bool:
    """Tell whether two ids may name one person: case and spaces tell nobody apart."""
    return _key(one) == _key(other)


def _key(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).casefold()
    return " ".join(plain.replace(":", ": ").split())


class RolesError(ValueError):
    """Roles that there are not, or that nobody may have together."""


def roles_of(written: Iterable[str]) -> frozenset[Role]:
    """Return roles, which may be held together.

    Raises:
        RolesError: One does not exist, or they may not be held together.
    """
    names = set(written)
    roles = frozenset(role for role in ROLES if role in names)
    if unknown := names - roles:
        raise RolesError(f"{', '.join(sorted(unknown))} is none of {', '.join(ROLES)}")
    if "admin" in roles and roles & SEES_TEXTS:
        raise RolesError("admin sees no texts, and goes with no other role")
    return roles


def local_person(name: str, roles: Iterable[str]) -> Person:
    """Return somebody whom the settings name.

    Raises:
        RolesError: Nobody may have these roles.
    """
    return Person(f"local:{name}", name, roles_of(roles))


def people_of(written: str) -> tuple[Person, ...]:
    """Return the people of a list such as `Kari Li:handler Ola:handler+editor`.

    Raises:
        RolesError: It is no such list, names somebody twice, or gives roles that nobody
            may have.
    """
    people: dict[str, Person] = {}
    place = 0
    for found in _PERSON.finditer(written):
        if found.start() != place:
            break
        place = found.end()
        person = local_person(found["name"], found["roles"].split("+"))
        if any(same_person(person.id, other) for other in people):
            raise RolesError(f"{person.name} stands in it twice")
        people[person.id] = person
    if written[place:].strip() or not people:
        raise RolesError("it is no list of names with their roles")
    return tuple(people.values())
