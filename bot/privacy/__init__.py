"""What must not be kept of what people write: personal numbers and addresses."""

from bot.privacy.masking import (
    PLACEHOLDERS,
    is_personal,
    masked,
    placeholders_in,
    without_placeholders,
)

__all__ = [
    "PLACEHOLDERS",
    "is_personal",
    "masked",
    "placeholders_in",
    "without_placeholders",
]
