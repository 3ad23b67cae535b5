"""What must not be kept of what people write: personal numbers and addresses."""

from bot.privacy.masking import (
    ACCOUNT_NUMBER,
    CARD_NUMBER,
    EMAIL_ADDRESS,
    IDENTITY_NUMBER,
    PASSPORT_NUMBER,
    PHONE_NUMBER,
    PLACEHOLDERS,
    is_personal,
    masked,
    placeholders_in,
    without_placeholders,
)

__all__ = [
    "ACCOUNT_NUMBER",
    "CARD_NUMBER",
    "EMAIL_ADDRESS",
    "IDENTITY_NUMBER",
    "PASSPORT_NUMBER",
    "PHONE_NUMBER",
    "PLACEHOLDERS",
    "is_personal",
    "masked",
    "placeholders_in",
    "without_placeholders",
]
