"""Proposals of the staff: from what should be learnt to what was released.

A proposal is *draft* while something in it is wrong or missing, and *open* once it can
be tried. A trial leaves it *green* or *red*. A green one that a second person approves
goes *live*, from where one step back leaves it *undone*. Any that is not live can be
*rejected*.
"""

import dataclasses
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import sqlalchemy as sa

from bot.releases import FileEdit
from bot.settings import content_dir
from bot.staff.people import same_person
from bot.staff.proposals.changes import Changes
from bot.staff.proposals.edits import edits_of
from bot.staff.proposals.refusals import RefusedError
from bot.store import ConversationStore
from bot.store.staff_tables import PROPOSALS

Status: TypeAlias = Literal[
    "draft", "open", "trying", "green", "red", "live", "undone", "rejected"
]

CHANGEABLE: tuple[Status, ...] = ("draft", "open", "green", "red", "undone")
"""What may be edited or rejected."""
TRIABLE: tuple[Status, ...] = ("open", "green", "red", "undone")
"""What may be tried."""
JOINABLE: tuple[Status, ...] = ("draft", "open")
"""What more sentences of the same gap may be added to."""


@dataclasses.dataclass(frozen=True)
class Proposal:
    """One proposal.

    Attributes:
        id: Its number.
        sender_id: The conversation that it came of, or None.
        message_id: The message there, or None.
        title: What it is called in the list.
        status: How far it has come.
        author: Who made it.
        changed_by: Who changed it last.
        hands: Everybody who made or changed it.
        senders: Where it came of several conversations: the sentences of each.
        approver: Who approved it, or None.
        created_at: When it was made, in seconds of the epoch.
        changed_at: When anything about it changed last.
        changes: What it would change.
        reason: Why it was rejected; else empty.
        trial: What came of trying it, or None.
        release: What its release replaced, or None.
    """

    id: int
    sender_id: str | None
    message_id: str | None
    title: str
    status: Status
    author: str
    changed_by: str
    approver: str | None
    created_at: float
    changed_at: float
    changes: Changes
    reason: str = ""
    trial: dict[str, Any] | None = None
    release: dict[str, Any] | None = None
    hands: tuple[str, ...] = ()
    senders: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)

    def is_work_of(self, person: str) -> bool:
        """Tell whether somebody made the proposal or changed it at any time."""
        worked = (self.author, self.changed_by, *self.hands)
        return any(same_person(person, other) for other in worked)


class Proposals:
    """The proposals that a store keeps."""

    def __init__(self, store: ConversationStore) -> None:
        """Take the store."""
        self._engine: sa.engine.Engine = store.engine

    def all(self) -> list[Proposal]:
        """Return every proposal, the newest first."""
        query = sa.select(PROPOSALS).order_by(PROPOSALS.c.id.desc())
        with self._engine.connect() as connection:
            return [_read(row) for row in connection.execute(query)]

    def get(self, number: int) -> Proposal:
        """Return a proposal.

        Raises:
            RefusedError: There is none of that number.
        """
        query = sa.select(PROPOSALS).where(PROPOSALS.c.id == number)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise RefusedError("unknown_proposal", number=number)
        return _read(row)

    def add(
        self,
        *,
        author: str,
        title: str,
        changes: Changes,
        status: Status,
        sender_id: str | None = None,
        message_id: str | None = None,
    ) -> int:
        """Keep a new proposal, and return its number."""
        now = time.time()
        row = {
            "sender_id": sender_id,
            "message_id": message_id,
            "title": title,
            "status": status,
            "author": author,
            "created_at": now,
            "changed_at": now,
            "content": _content(changes, author, "", (author,), {}),
        }
        with self._engine.begin() as connection:
            return int(
                connection.execute(PROPOSALS.insert(), row).inserted_primary_key[0]
            )

    def save(self, before: Proposal, **changed: Any) -> Proposal:
        """Keep a proposal with some attributes changed, and return it.

        Raises:
            RefusedError: Somebody else has changed it since it was read.
        """
        now = max(time.time(), before.changed_at + 1e-4)
        after = dataclasses.replace(before, **changed, changed_at=now)
        hands = tuple(dict.fromkeys((*before.hands, before.author, after.changed_by)))
        after = dataclasses.replace(after, hands=hands)
        if not after.author:
            raise RefusedError("nobody")
        values = {
            "title": after.title,
            "status": after.status,
            "approver": after.approver,
            "changed_at": now,
            "content": _content(
                after.changes,
                after.changed_by,
                after.reason,
                after.hands,
                after.senders,
            ),
            "trial": _json(after.trial),
            "content_before": _json(after.release),
        }
        update = PROPOSALS.update().where(
            PROPOSALS.c.id == before.id,
            PROPOSALS.c.changed_at == before.changed_at,
            PROPOSALS.c.status == before.status,
        )
        with self._engine.begin() as connection:
            if not connection.execute(update.values(values)).rowcount:
                raise RefusedError("changed_meanwhile")
        return after


def edits_shown(proposal: Proposal) -> list[FileEdit]:
    """Return what a proposal changes: as it was tried or released, or as of now.

    Raises:
        RefusedError: A file has not the shape that it can be added to.
    """
    kept = proposal.release or proposal.trial or {}
    if "edits" in kept:
        return [FileEdit(**edit) for edit in kept["edits"]]
    return list(edits_of(content_dir(), proposal.changes))


def _content(
    changes: Changes,
    changed_by: str,
    reason: str,
    hands: Sequence[str],
    senders: Mapping[str, Sequence[str]],
) -> str:
    held: dict[str, Any] = {
        "changed_by": changed_by,
        "reason": reason,
        "hands": list(hands),
    }
    if senders:
        # bot/store/letting_go.py finds there what goes with a conversation.
        held["senders"] = {sender: list(texts) for sender, texts in senders.items()}
    return json.dumps({**held, "changes": json.loads(changes.to_json())})


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _read(row: Any) -> Proposal:
    content = json.loads(row.content)
    return Proposal(
        id=row.id,
        sender_id=row.sender_id,
        message_id=row.message_id,
        title=row.title,
        status=row.status,
        author=row.author,
        changed_by=content["changed_by"],
        approver=row.approver,
        created_at=row.created_at,
        changed_at=row.changed_at,
        changes=Changes.from_json(json.dumps(content["changes"])),
        reason=content["reason"],
        hands=tuple(content.get("hands", ())),
        senders=content.get("senders", {}),
        trial=row.trial and json.loads(row.trial),
        release=row.content_before and json.loads(row.content_before),
    )
