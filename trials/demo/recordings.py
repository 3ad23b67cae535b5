"""Conversations as they stand in a store, ready to be written at another time."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store import ConversationStore
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS
from bot.store.turns import MESSAGE, REPLY

_SPOKEN = (MESSAGE, REPLY)
_KEPT = ("type_name", "intent_name", "action_name")


class Recorded(NamedTuple):
    """An event: its row, the turn it belongs to, and its JSON cut where it changes.

    Attributes:
        row: Its columns, without the data.
        turn: The number of its turn, from 0; of what comes before the first, too.
        offset: Seconds from the first message of the turn to it.
        before: Its JSON as far as its moment.
        after: Its JSON from there on.
    """

    row: Mapping[str, Any]
    turn: int
    offset: float
    before: str
    after: str


class Recording(NamedTuple):
    """A conversation.

    Attributes:
        events: What happened, in order.
        messages: The rows of its messages, one for each turn.
        feedback: The rows of what was rated.
        slots: The slots in the end, as JSON.
    """

    events: Sequence[Recorded]
    messages: Sequence[Mapping[str, Any]]
    feedback: Sequence[Mapping[str, Any]]
    slots: str

    def shortened(self) -> Recording:
        """Return the conversation with no other events than messages and replies."""
        spoken = [it for it in self.events if it.row["type_name"] in _SPOKEN]
        return self._replace(events=spoken)


def read_recordings(store: ConversationStore) -> list[Recording]:
    """Return all conversations of a store."""
    with store.engine.connect() as connection:
        standings = connection.execute(sa.select(STANDINGS)).all()
        return [_recording(connection, row.sender_id, row.slots) for row in standings]


def _recording(connection: sa.engine.Connection, sender: str, slots: str) -> Recording:
    def rows(table: sa.Table, *order: sa.Column) -> list[dict[str, Any]]:
        found = sa.select(table).where(table.c.sender_id == sender).order_by(*order)
        return [dict(row) for row in connection.execute(found).mappings()]

    events = rows(EVENTS, EVENTS.c.id)
    messages = rows(MESSAGES, MESSAGES.c.event_id)
    return Recording(list(_cut(events)), messages, rows(FEEDBACK), slots)


def _cut(events: Sequence[dict[str, Any]]) -> Iterator[Recorded]:
    said = next(it for it in events if it["type_name"] == MESSAGE)
    turn, began = -1, said["timestamp"]
    for event in events:
        if event["type_name"] == MESSAGE:
            turn, began = turn + 1, event["timestamp"]
        data = json.loads(event.pop("data"))
        moment = json.dumps(data["timestamp"])
        before, _, after = json.dumps(data).partition(f'"timestamp": {moment}')
        row = {name: event[name] for name in _KEPT}
        offset = event["timestamp"] - began
        yield Recorded(row, max(turn, 0), offset, f'{before}"timestamp": ', after)


class Copy(NamedTuple):
    """The rows of one copy of a conversation, for each table."""

    events: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    feedback: list[dict[str, Any]]
    standing: dict[str, Any]


def copied(
    recording: Recording, sender: str, begins: Sequence[float], first: int
) -> Copy:
    """Return a copy of a conversation, as if it had been held at another time.

    Args:
        recording: The conversation.
        sender: The id of the copy.
        begins: When each of its turns begins.
        first: The id of its first event; the others follow.
    """
    its = {"sender_id": sender}
    renamed = {it["message_id"]: str(uuid.uuid4()) for it in recording.messages}
    names = [(it["message_id"], renamed[it["message_id"]]) for it in recording.messages]
    events, places = [], []
    for place, event in enumerate(recording.events, first):
        moment = begins[event.turn] + event.offset
        after = event.after
        if event.row["type_name"] == MESSAGE:
            places.append(place)
            after = after.replace(*names[event.turn])
        data = f"{event.before}{moment!r}{after}"
        row = {**event.row, **its, "id": place, "timestamp": moment, "data": data}
        events.append(row)
    rated = {it["message_id"]: begins[n] for n, it in enumerate(recording.messages)}
    return Copy(
        events,
        [
            {
                **message,
                **its,
                "event_id": places[number],
                "message_id": renamed[message["message_id"]],
                "said_at": begins[number],
            }
            for number, message in enumerate(recording.messages)
        ],
        [
            {
                **given,
                **its,
                "message_id": renamed[given["message_id"]],
                "timestamp": rated[given["message_id"]],
            }
            for given in recording.feedback
        ],
        {**its, "slots": recording.slots, "said_at": begins[len(places) - 1]},
    )
