"""Writes made-up conversations among others, and takes them out again."""

import itertools
import random
import time
import uuid
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from bot.store import ConversationStore
from bot.store.tables import EVENTS, FEEDBACK, MESSAGES, STANDINGS
from trials.demo.moments import moments, pauses
from trials.demo.recordings import Copy, Recording, copied
from trials.demo.talking import ORIGIN

# Conversations are written in parts, lest a message wait for all of them.
_AT_ONCE = 200
_REAL = ("web", "rest")


def holds_real(store: ConversationStore) -> bool:
    """Tell whether a store holds conversations that are not made up, nor tests."""
    real = sa.select(MESSAGES.c.event_id).where(MESSAGES.c.origin.in_(_REAL))
    with store.engine.connect() as connection:
        return connection.execute(real.limit(1)).first() is not None


def write(
    store: ConversationStore,
    recordings: Sequence[Recording],
    count: int,
    rng: random.Random,
) -> None:
    """Write conversations, spread over the last days.

    Args:
        store: Where they are written.
        recordings: What was said; each is written once before any is written again,
            and again with nothing but messages and replies.
        count: How many conversations are written.
        rng: Decides when they were held.
    """
    spread = moments(rng, count, time.time())
    again = itertools.cycle([it.shortened() for it in recordings])
    held = list(itertools.islice(itertools.chain(recordings, again), count))
    rng.shuffle(held)
    to_write = iter(list(zip(spread, held, strict=True)))
    while part := list(itertools.islice(to_write, _AT_ONCE)):
        with store.engine.begin() as connection:
            ids = _new_ids(connection, sum(len(it.events) for _, it in part))
            copies = [_copy(rng, begin, recording, ids) for begin, recording in part]
            _insert(connection, copies)


def _copy(
    rng: random.Random, begin: float, recording: Recording, ids: Iterator[int]
) -> Copy:
    first, *_ = [next(ids) for _ in recording.events]
    begins = [begin + it for it in pauses(rng, len(recording.messages))]
    return copied(recording, f"{ORIGIN}-{uuid.uuid4().hex}", begins, first)


def _insert(connection: sa.engine.Connection, copies: Sequence[Copy]) -> None:
    for table, rows in (
        (EVENTS, [row for copy in copies for row in copy.events]),
        (MESSAGES, [row for copy in copies for row in copy.messages]),
        (FEEDBACK, [row for copy in copies for row in copy.feedback]),
        (STANDINGS, [copy.standing for copy in copies]),
    ):
        if rows:
            connection.execute(table.insert(), rows)


def _new_ids(connection: sa.engine.Connection, count: int) -> Iterator[int]:
    """Return ids for events that nobody else takes."""
    if connection.dialect.name == "sqlite":
        # Nobody else writes until this is done.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        last = connection.execute(sa.select(sa.func.max(EVENTS.c.id))).scalar() or 0
        return iter(range(last + 1, last + count + 1))
    taken = sa.text("SELECT nextval('events_id_seq') FROM generate_series(1, :count)")
    return iter([it for (it,) in connection.execute(taken, {"count": count})])


def remove(store: ConversationStore) -> int:
    """Delete all made-up conversations, and return how many there were."""
    made_up = sa.select(MESSAGES.c.sender_id).where(
        MESSAGES.c.origin == ORIGIN, MESSAGES.c.sender_id.like(f"{ORIGIN}-%")
    )
    with store.engine.connect() as connection:
        conversations = [it for (it,) in connection.execute(made_up.distinct())]
    store.forget_all(conversations)
    return len(conversations)
