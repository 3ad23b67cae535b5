"""Who of the staff is present, and whether people can be reached now."""

import datetime
import time

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.cases.reading import Reading
from bot.cases.records import Presence, Reach, Somebody
from bot.store.case_tables import PRESENCE

_SECONDS_PRESENT = 30.0
# Less than a third of that; a page asks far more often.
_SECONDS_BETWEEN_NOTES = 5.0


class Attendance(Reading):
    """Notes who of the staff has the console open."""

    def reach(self, now: datetime.datetime | None = None) -> Reach:
        """Return whether people can be reached at a moment; now when left out."""
        now = now or datetime.datetime.now(datetime.timezone.utc)
        if not self.rules.are_on:
            return Reach("off")
        if not self.rules.hours.are_open(now):
            return Reach("closed", self.rules.hours.next_opening(now))
        return Reach("open" if self._is_anybody_present() else "away")

    def present(self) -> tuple[Presence, ...]:
        """Return who has the console open, whether away or not."""
        seen = PRESENCE.c.seen_at > time.time() - _SECONDS_PRESENT
        present = sa.select(PRESENCE).where(seen).order_by(PRESENCE.c.name)
        with self.engine.connect() as connection:
            return tuple(Presence(**row) for row in connection.execute(present))

    def is_away(self, person: str) -> bool:
        """Tell whether somebody has set that they take no cases."""
        away = sa.select(PRESENCE.c.is_away).where(PRESENCE.c.person == person)
        with self.engine.connect() as connection:
            return bool(connection.execute(away).scalar())

    def ping(self, who: Somebody) -> None:
        """Note that somebody has the console open; ask as often as you like."""
        now = time.time()
        noted = PRESENCE.c.seen_at > now - _SECONDS_BETWEEN_NOTES
        lately = sa.select(PRESENCE.c.person).where(PRESENCE.c.person == who.id, noted)
        with self.engine.connect() as connection:
            if connection.execute(lately).first():
                return
        self._note(who, seen_at=now, name=who.name)

    def set_away(self, who: Somebody, away: bool) -> None:
        """Note that somebody takes no cases, or takes some again."""
        self._note(who, is_away=away)

    def _is_anybody_present(self) -> bool:
        seen = PRESENCE.c.seen_at > time.time() - _SECONDS_PRESENT
        there = sa.select(PRESENCE.c.person).where(seen, ~PRESENCE.c.is_away)
        with self.engine.connect() as connection:
            return connection.execute(there.limit(1)).first() is not None

    def _note(self, who: Somebody, **values: float | str | bool) -> None:
        theirs = PRESENCE.update().where(PRESENCE.c.person == who.id).values(values)
        with self.engine.begin() as connection:
            if connection.execute(theirs).rowcount:
                return
        row = {"name": who.name, "seen_at": time.time(), "is_away": False}
        try:
            with self.engine.begin() as connection:
                new = {**row, **values, "person": who.id}
                connection.execute(PRESENCE.insert(), new)
        except IntegrityError:  # Another page of theirs was first.
            with self.engine.begin() as connection:
                connection.execute(theirs)
