"""Fills in what is known of messages that an older server has written."""

import json
import operator
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from bot.store.columns import KNOWN, SESSION, SLOT, TOPIC_SLOT, known_of
from bot.store.tables import EVENTS, MESSAGES
from bot.store.turns import MESSAGE, REPLY

# Conversations are filled in in parts, lest a message wait for all of them.
_AT_ONCE = 50
_EMPTY = MESSAGES.c.said_at.is_(None)
# Of a message whose event is gone there is nothing to tell.
_NOTHING = dict.fromkeys(KNOWN, None) | {"said_at": 0.0}
_FILL = (
    MESSAGES.update()
    .where(MESSAGES.c.event_id == sa.bindparam("place"), _EMPTY)
    .values({name: sa.bindparam(name) for name in KNOWN})
)


class Filling:
    """Fills in the columns of messages.

    Attributes:
        engine: Connects to the database.
    """

    engine: sa.engine.Engine

    def fill_in(self) -> int:
        """Fill in what is known of the messages that have come without it.

        How long their replies took is not known any more.

        Returns:
            How many conversations they were in.
        """
        filled = 0
        while senders := self._unfilled():
            rows = [row for sender in senders for row in self._known_in(sender)]
            # All servers in one order, lest two of them wait for each other.
            rows.sort(key=operator.itemgetter("place"))
            with self.engine.begin() as connection:
                connection.execute(_FILL, rows)
            filled += len(senders)
        return filled

    def _unfilled(self) -> list[str]:
        senders = sa.select(MESSAGES.c.sender_id).where(_EMPTY).distinct()
        with self.engine.connect() as connection:
            return [it for (it,) in connection.execute(senders.limit(_AT_ONCE))]

    def _known_in(self, sender: str) -> list[dict[str, Any]]:
        """Return what is known of the messages of a conversation, with their places."""
        of_topics = sa.and_(
            EVENTS.c.type_name == SLOT, EVENTS.c.action_name == TOPIC_SLOT
        )
        told = sa.or_(EVENTS.c.type_name.in_((MESSAGE, REPLY, SESSION)), of_topics)
        events = sa.select(EVENTS.c.id, EVENTS.c.type_name, EVENTS.c.data).where(
            EVENTS.c.sender_id == sender, told
        )
        unfilled = sa.select(MESSAGES.c.event_id).where(
            MESSAGES.c.sender_id == sender, _EMPTY
        )
        with self.engine.connect() as connection:
            rows = connection.execute(events.order_by(EVENTS.c.id)).all()
            places = [place for (place,) in connection.execute(unfilled)]
        known = _by_place(rows)
        return [{"place": place, **known.get(place, _NOTHING)} for place in places]


def _by_place(rows: Sequence[sa.engine.Row]) -> dict[int, dict[str, Any]]:
    messages = [row.id for row in rows if row.type_name == MESSAGE]
    known: Iterable[dict[str, Any]] = known_of(json.loads(row.data) for row in rows)
    return dict(zip(messages, known, strict=True))
