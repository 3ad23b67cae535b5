"""Takes sentences of forgotten conversations out of proposals that hold others' too.

Such a proposal says in its content which sentences came of which conversation
(`bot/staff/proposals/records.py`). Where one was written anew since, nobody can tell
what of it is whose, and the proposal goes whole.
"""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from bot.store.staff_tables import LIVE, PROPOSALS

_SENDERS = "senders"


def take_out(connection: sa.engine.Connection, conversations: Iterable[str]) -> None:
    """Take what came of conversations out of the proposals of several.

    What is live stays, as its sentences stand in the content; only where they came
    from is forgotten.
    """
    gone = set(conversations)
    several = PROPOSALS.c.content.contains(f'"{_SENDERS}"')
    for row in connection.execute(sa.select(PROPOSALS).where(several)).all():
        content = json.loads(row.content)
        senders: dict[str, list[str]] = content.get(_SENDERS, {})
        theirs = gone & senders.keys()
        if not theirs:
            continue
        texts = {text for sender in theirs for text in senders.pop(sender)}
        this = PROPOSALS.c.id == row.id
        if row.status == LIVE:
            values: dict[str, Any] = {"content": json.dumps(content)}
        elif senders and _take_out(content["changes"], texts):
            left = content["changes"]["examples"]
            values = {
                "content": json.dumps(content),
                "title": left[0]["text"],
                # What was tried holds them.
                "trial": None,
                "content_before": None,
                "status": "draft" if row.status == "draft" else "open",
                # None of the others is what it came of.
                "changed_at": row.changed_at + 1e-4,
            }
        else:
            connection.execute(PROPOSALS.delete().where(this))
            continue
        if row.sender_id in theirs:
            values |= {"sender_id": next(iter(senders), None), "message_id": None}
        connection.execute(PROPOSALS.update().where(this).values(values))


def _take_out(changes: dict[str, Any], texts: set[str]) -> bool:
    """Take sentences out; tell whether all were there, and others are left."""
    examples, conversations = changes["examples"], changes["conversations"]
    found = {it["text"] for it in examples} | {
        step["user"] for each in conversations for step in each["steps"]
    }
    changes["examples"] = [it for it in examples if it["text"] not in texts]
    changes["conversations"] = [
        each
        for each in conversations
        if not any(step["user"] in texts for step in each["steps"])
    ]
    return texts <= found and bool(changes["examples"])
