"""Links that sign somebody in, once, where no provider tells who the staff are."""

import secrets
import threading
from collections.abc import Sequence

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.errors import ConfigError
from bot.staff.audit import Audit
from bot.staff.people import Person
from bot.staff.settings import StaffSettings

MINUTES = 60
"""How long a link holds that nobody uses."""


class Links:
    """Makes links and recognises them.

    A link is signed, so nobody can make one up, and its comparison takes as long
    whatever is wrong in it. That it was used stands in the audit log, so it holds for
    no second time after a restart either.
    """

    def __init__(self, secret: str, people: Sequence[Person], audit: Audit) -> None:
        """Take what links are signed with, and whom they sign in.

        Args:
            secret: The secret of the installation.
            people: Who may sign in.
            audit: Where it is noted that one did.
        """
        self._signer = URLSafeTimedSerializer(secret, salt="sign-in")
        self._people = {person.id: person for person in people}
        self._audit = audit
        self._one_at_a_time = threading.Lock()

    def token_for(self, person: Person) -> str:
        """Return the end of a new link for somebody."""
        return str(self._signer.dumps([person.id, secrets.token_hex(16)]))

    def person_of(self, token: str) -> Person | None:
        """Return whom a link signs in; None if it is forged, too old, or used."""
        person, _ = self._read(token)
        return person

    def use(self, token: str) -> Person | None:
        """Return whom a link signs in, for the only time, and note that they did."""
        with self._one_at_a_time:
            person, number = self._read(token)
            if person:
                self._audit.note(person, "signed_in", number)
            return person

    def _read(self, token: str) -> tuple[Person | None, str]:
        try:
            person, number = self._signer.loads(token, max_age=MINUTES * 60)
        except BadData:
            return None, ""
        if self._audit.holds("signed_in", number):
            return None, ""
        return self._people.get(person), number


def link_to(settings: StaffSettings, token: str) -> str:
    """Return the address of the page that a token opens."""
    return f"{settings.url}/sign-in/{token}"


def person_named(settings: StaffSettings, name: str) -> Person:
    """Return the one of the staff of that name.

    Raises:
        ConfigError: There is none, or a provider signs people in.
    """
    if settings.provider:
        raise ConfigError(
            "HELSE_OIDC_ISSUER", "the provider signs people in; open the console"
        )
    for person in settings.people:
        if person.name.casefold() == name.casefold():
            return person
    names = ", ".join(person.name for person in settings.people)
    raise ConfigError("HELSE_STAFF", f"{name} is not among them; choose of {names}")
