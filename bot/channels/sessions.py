"""Tokens of conversations: the server makes the id and signs it.

Nobody can thus guess or make up the token of somebody else's conversation.
"""

import datetime
import secrets
from collections.abc import Awaitable, Callable

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from bot.channels.faults import Fault
from bot.settings import Settings
from bot.store import secret_of

# Begins the ids of the web channel's conversations, which no other channel may go on
# with.
WEB_PREFIX = "web-"


class Sessions:
    """Opens conversations and recognises their tokens."""

    def __init__(
        self, settings: Settings, is_kept: Callable[[str], Awaitable[bool]]
    ) -> None:
        """Take the secret of the settings, or the one kept beside the store.

        Args:
            settings: The settings.
            is_kept: Tells whether anything of a conversation is kept.
        """
        self._signer = TimestampSigner(secret_of(settings), salt="conversation")
        kept = datetime.timedelta(days=settings.kept_days)
        self._seconds = int(kept.total_seconds())
        self._is_kept = is_kept

    def open(self) -> str:
        """Return the token of a new conversation."""
        return self._signer.sign(WEB_PREFIX + secrets.token_hex(16)).decode()

    async def conversation(self, authorization: str) -> str:
        """Return the id of the conversation that a request is about.

        Args:
            authorization: The header of that name: "Bearer " and the token.

        Raises:
            Fault: There is no token, or it is not one of this server's; or the
                conversation was opened too long ago and nothing is left of it.
        """
        scheme, _, token = authorization.partition(" ")
        try:
            if scheme.lower() == "bearer":
                return await self._unsign(token)
        except (BadSignature, UnicodeError):
            pass
        raise Fault(
            401,
            "no_session",
            "There is no token of this server in the header Authorization. Send "
            "'Bearer ' and the token that POST /api/conversations returned.",
        )

    async def _unsign(self, token: str) -> str:
        conversation = self._signer.unsign(token).decode()
        try:
            self._signer.unsign(token, self._seconds)
        except SignatureExpired as error:
            # What goes on is kept from its last message on.
            if not await self._is_kept(conversation):
                raise Fault(
                    401,
                    "session_expired",
                    "The conversation is no longer kept. Open a new one with "
                    "POST /api/conversations.",
                ) from error
        return conversation
