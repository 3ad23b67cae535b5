"""Hands what a person writes to the one who answers them, in place of the robot."""

import dataclasses
import time
from typing import Any

import sqlalchemy as sa

from bot.cases.records import ANSWERED, CITIZEN
from bot.cases.rules import CaseRules
from bot.cases.writing import ADD_LINE, ITS, NOTE_LINE
from bot.engine.relaying import NotAnsweredError
from bot.store import ConversationStore
from bot.store.case_tables import CASES
from bot.store.store import Beside, Connection, id_of

RELAYED = "relayed"
"""The kind of the payload, and its intent: nothing was understood."""
_IS_ANSWERED = CASES.c.state == sa.bindparam("answered")
_CASE = sa.select(CASES.c.id, CASES.c.language).where(
    CASES.c.sender_id == sa.bindparam("sender"), _IS_ANSWERED
)
_HOLD = (
    CASES.update()
    .where(ITS, _IS_ANSWERED)
    .values(changed_at=sa.bindparam("now"), citizen_typed_at=sa.null())
)


@dataclasses.dataclass(frozen=True)
class Relayed:
    """What becomes of a message that is handed on.

    Attributes:
        payload: What its sender gets for it.
        write: Writes it as a line of the case, in the transaction of its turn, and puts
            the line's id into the payload. It raises `NotAnsweredError` where the case
            is not answered any more.
    """

    payload: dict[str, Any]
    write: Beside


class Relay:
    """Tells which messages are handed on."""

    def __init__(self, store: ConversationStore, rules: CaseRules) -> None:
        """Take what it looks into.

        Args:
            store: Where conversations and cases are kept.
            rules: The rules of cases.
        """
        self._store = store
        self._is_on = rules.are_on

    async def relayed(self, sender: str, message: str, text: str) -> Relayed | None:
        """Return what becomes of a message, or None where the robot answers it.

        Args:
            sender: The conversation.
            message: The id of the message.
            text: What the person sees as their message.
        """
        if not self._is_on:
            return None
        its = {"sender": sender, "answered": ANSWERED}
        found = await self._store.read(self._store.first_row, _CASE, its)
        if found is None:
            return None
        case, language = found
        payload: dict[str, Any] = {
            "kind": RELAYED,
            "language": language,
            "facts": [],
            "sources": [],
            "intent": RELAYED,
            "confidence": 1.0,
            "links": [],
        }

        def write(connection: Connection) -> None:
            now = time.time()
            held = {"its": case, "answered": ANSWERED, "now": now}
            if not connection.execute(_HOLD, held).rowcount:
                raise NotAnsweredError
            line = {
                "case_id": case,
                "sender_id": sender,
                "at": now,
                "author": CITIZEN,
                "text": text,
                "message_id": message,
            }
            payload["relayed"] = id_of(connection.execute(ADD_LINE, line))
            named = {"its": case, "line": payload["relayed"]}
            connection.execute(NOTE_LINE, named)

        return Relayed(payload, write)
